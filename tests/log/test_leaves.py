"""Leaves: written in one way, read strictly, and with no field for what must not be in the log."""

import json
from dataclasses import fields
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from log.samples import ANY, AT, CASE, SOME, attempt, leaves_of
from simreg.decision.reasons import REASONS
from simreg.errors import InputError
from simreg.log.canonical import canonical, parse_canonical
from simreg.log.commitment import commit, commitment_with, opening_key
from simreg.log.fields import BESIDE, MOST_ITEMS, Between, Matches, OneOf, check_of, checks
from simreg.log.leaves import KINDS, MOST_BYTES, Attempt, Consent, Leaf, Review, entry_of, read_entry
from simreg.log.words import Band, By, End, Ended, Result, Role
from simreg.registration.types import Act, State, Way
from simreg.service import access as service

FIELDS = [
    (kind, one.name, get_type_hints(KINDS[kind], include_extras=True)[one.name])
    for kind in sorted(KINDS)
    for one in fields(KINDS[kind])
]
LONGEST_WORD = 48
"""Characters of the longest text that is no hash."""


def bounds(hint: Any) -> list[Any]:
    """What a field's type comes down to."""
    origin, given = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return [given[1]]
    if origin in (Union, UnionType):
        assert given[1] is type(None)
        return bounds(given[0])
    if origin is tuple:
        return bounds(given[0])
    return [hint]


@pytest.mark.parametrize(("kind", "name", "hint"), FIELDS)
def test_every_field_is_a_word_of_a_list_an_id_a_hash_or_a_small_number(kind: str, name: str, hint: Any) -> None:
    (bound,) = bounds(hint)
    if isinstance(bound, Between):
        assert (type(bound.least), type(bound.most)) == (int, int)
        assert bound.least >= 0
    elif isinstance(bound, Matches):
        assert not set("*+.\\?[^") & set(bound.pattern.replace("(-[1-9][0-9]?)?", "").replace("[", "")), "without an end"
    elif isinstance(bound, OneOf):
        assert all(len(word) <= LONGEST_WORD for word in bound.words)
    else:
        assert bound is bool or issubclass(bound, StrEnum)


@given(ANY)
def test_no_leaf_holds_a_text_that_somebody_wrote(leaf: Leaf) -> None:
    for value in json.loads(entry_of(leaf, AT)).values():
        for one in value if isinstance(value, list) else [value]:
            assert isinstance(one, bool | int) or (len(one) <= 64 and not any(c.isspace() for c in one))
            assert isinstance(one, bool | int) or not one.lstrip("+").isdigit() or len(one) in (64, 1, 2, 3, 4)


@given(
    field=st.sampled_from(FIELDS),
    text=st.text() | st.from_regex(r"\+?[0-9]{5,15}", fullmatch=True) | st.floats() | st.binary(max_size=80),
)
def test_nothing_else_gets_in(field: tuple[str, str, Any], text: object) -> None:
    """A name, a phone number, a document's number, a score, a picture: whatever the field."""
    kind, name, hint = field
    check = checks(KINDS[kind])[name]
    (bound,) = bounds(hint)
    known = bound.words if isinstance(bound, OneOf) else [one.value for one in bound] if _is_enum(bound) else []
    if text in known:
        return
    with pytest.raises(ValueError, match=r"^$"):
        check(text)
    with pytest.raises(ValueError, match=r"^$"):
        check([text])


def _is_enum(bound: Any) -> bool:
    return isinstance(bound, type) and issubclass(bound, StrEnum)


@pytest.mark.parametrize("hint", [str, int, float, bytes, dict, list[str], object, Annotated[str, "free"], str | int])
def test_a_field_of_a_type_without_bounds_cannot_be(hint: Any) -> None:
    with pytest.raises(TypeError):
        check_of(hint)


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=20)
@given(data=st.data(), at=st.integers(0, 2**37))
def test_a_leaf_is_read_as_it_was_written(kind: str, data: st.DataObject, at: int) -> None:
    leaf = data.draw(leaves_of(KINDS[kind]))
    entry = entry_of(leaf, at)
    assert read_entry(entry) == (leaf, at)
    assert canonical(json.loads(entry)) == entry
    assert len(entry) <= MOST_BYTES
    assert json.loads(entry)["kind"] == kind


def test_the_largest_leaf_fits() -> None:
    full = attempt(99)
    most = Attempt(
        **{one.name: getattr(full, one.name) for one in fields(full) if one.name not in ("models", "reasons")},
        models=(SOME,) * MOST_ITEMS,
        reasons=(max(REASONS, key=len),) * MOST_ITEMS,
    )
    assert len(entry_of(most, AT)) < MOST_BYTES


@pytest.mark.parametrize("entry", [entry_of(attempt(), AT)])
@given(data=st.data())
def test_a_changed_entry_is_no_leaf_or_another(entry: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entry) - 1))
    changed = bytearray(entry)
    changed[at] ^= data.draw(st.integers(1, 255))
    try:
        leaf, when = read_entry(bytes(changed))
    except InputError:
        return
    assert entry_of(leaf, when) == bytes(changed) != entry


@given(st.binary(max_size=60) | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(str).map(str.encode))
def test_any_bytes_are_a_leaf_or_refused(data: bytes) -> None:
    with pytest.raises(InputError) as raised:
        read_entry(data)
    assert raised.value.code == "leaf-malformed"


@pytest.mark.parametrize(
    "entry",
    [
        b'{"at":1,"kind":"consent","v":1}',
        b"[" * 5000,
        b'{"a":1,"a":1}',
        entry_of(attempt(), AT).replace(b'"v":1', b'"v":2'),
        entry_of(attempt(), AT).replace(b'"number":1', b'"number":1.0'),
        entry_of(attempt(), AT).replace(b'"number":1', b'"number":true'),
        entry_of(attempt(), AT).replace(b'"at":1790000000', b'"at":"1790000000"'),
        entry_of(attempt(), AT).replace(b'"band":"match"', b'"band":"0.71"'),
        entry_of(attempt(), AT).replace(b'{"actions"', b'{"aaa":1,"actions"'),
        entry_of(attempt(), AT).replace(b'"band":"match"', b'"band":null'),
        entry_of(attempt(), AT) + b" ",
    ],
)
def test_what_is_not_in_the_catalogue_is_no_leaf(entry: bytes) -> None:
    with pytest.raises(InputError, match="not a leaf"):
        read_entry(entry)


def test_a_leaf_says_which_field_is_wrong_but_never_its_value() -> None:
    with pytest.raises(InputError) as raised:
        Consent(CASE, "Ada Lovelace", SOME)
    assert raised.value.code == "leaf-field"
    assert "actor" in raised.value.sentence
    assert "Ada" not in str(raised.value)


def test_there_is_no_finer_similarity_than_the_band() -> None:
    assert {one.value for one in Band} == {"match", "near", "non-match", "not-assessed"}
    assert not {name for _, name, _ in FIELDS} & {
        "similarity",
        "score",
        "template",
        "frame",
        "picture",
        "name",
        "document",
    }


def test_the_words_are_those_of_the_other_rooms() -> None:
    assert [one.value for one in By] == [one.value for one in Way]
    assert {one.value for one in service.Role} <= {one.value for one in Role}
    assert {one.value for one in End} <= {one.value for one in State}
    assert {one.value for one in Result} <= {one.value for one in State}
    assert {str(one) for one in Act} >= BESIDE - {"time-out", "restarts-used", "stopped"}
    assert {act.value.removeprefix("attempt-") for act in Act if act.startswith("attempt-")} == {
        one.value for one in Ended
    }


# --- canonical JSON --------------------------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_json_is_read_as_it_was_written(value: object) -> None:
    assert parse_canonical(canonical(value), 10_000) == value


def test_canonical_json_is_written_as_rfc_8785_says() -> None:
    value = {"b": '\u20ac$\u000f\nA\'B"\\\\"/\x7f', "a": [None, True, -5], "": {}}
    assert canonical(value) == b'{"":{},"a":[null,true,-5],"b":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"}'


@pytest.mark.parametrize("value", [1.5, {1: 2}, b"", {"é": 1}, 2**53, -(2**53), "\ud800", object(), [1.0], {"a": {1}}])
def test_what_not_everybody_reads_alike_is_not_written(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        *(b'{"b":1,"a":2}', b'{"a": 1}', b"1.0", b"NaN", b"1e3", b'"\\u0041"', b"9007199254740992", b'{"a":1,"a":1}'),
        *(b"\xff", b'"\\ud800"', b"[" * 3000, b"", b"-0"),
    ],
)
def test_what_is_written_another_way_is_not_read(data: bytes) -> None:
    with pytest.raises(InputError, match="canonical"):
        parse_canonical(data, 10_000)


def test_what_is_too_long_is_not_read() -> None:
    with pytest.raises(InputError, match="more than 3"):
        parse_canonical(b"[1,2]", 3)


# --- commitments -----------------------------------------------------------------------------------------------------


def test_a_commitment_is_recognised_with_its_salt_only() -> None:
    salt, other = bytes(range(32)), bytes(32)
    line = commit(salt, "line", "+8613800000001")
    assert line == commitment_with(opening_key(salt, "line"), "+8613800000001")
    assert len({line, commit(other, "line", "+8613800000001"), commit(salt, "subject", "+8613800000001")}) == 3
    assert Review(CASE, "staff:1", True, line).reason == line
    with pytest.raises(ValueError, match="32 bytes"):
        commit(b"short", "line", "1")
