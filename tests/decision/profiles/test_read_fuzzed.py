"""Damaged profiles: refused with a code and a place, or read as a profile that keeps what holds for all."""

import copy
import tomllib
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import simreg.decision.profiles
from decision.profiles.files import MINE, table
from decision.profiles.invariants import broken
from simreg.decision.profiles.read import profile_of, read_profile
from simreg.decision.profiles.shelf import builtin, names
from simreg.errors import InputError

DATA = Path(simreg.decision.profiles.__file__).with_name("data")
TEXTS = [MINE, *((DATA / f"{name}.toml").read_text(encoding="utf-8") for name in names())]
PIECES = [
    *"[]{}=\"'#.,-_\n\\0",
    "true",
    "1e400",
    "nan",
    "-1",
    "[[rules]]",
    "[rules",
    "2026-11-01",
    '"""',
    "value",
    "0 s",
    "人",
]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.sampled_from(["3 min", "shop"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.just("value"), inner, max_size=3),
    max_leaves=5,
)


def check(code: str, sentence: str) -> None:
    assert code.startswith("profile-")
    assert "mine.toml" in sentence


@given(st.sampled_from(TEXTS), st.data())
def test_a_text_with_any_damage_is_refused_or_sound(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.sampled_from([start, start + 1, start + 7, start + 60]))
        text = text[:start] + data.draw(st.sampled_from(PIECES) | st.text(max_size=3) | st.just("")) + text[end:]
    try:
        profile = read_profile(text, "mine.toml", builtin)
    except InputError as error:
        check(error.code, error.sentence)
    else:
        assert broken(profile) == []


def places(found: Any) -> list[tuple[Any, Any]]:
    """Every table with each of its keys."""
    if not isinstance(found, dict):
        return []
    return [(found, key) for key in found] + [place for value in found.values() for place in places(value)]


@given(st.sampled_from([table(), *(tomllib.loads(text) for text in TEXTS)]), st.data())
def test_a_table_with_any_damage_is_refused_or_sound(sound: dict[str, Any], data: st.DataObject) -> None:
    found = copy.deepcopy(sound)
    for _ in range(data.draw(st.integers(1, 2))):
        inner, key = data.draw(st.sampled_from(places(found)))
        match data.draw(st.sampled_from(["change", "drop", "add"])):
            case "change":
                inner[key] = data.draw(anything)
            case "drop":
                del inner[key]
            case "add":
                inner[data.draw(st.text(max_size=5))] = data.draw(anything)
        if not found:
            break
    try:
        profile = profile_of(found, "mine.toml", builtin)
    except InputError as error:
        check(error.code, error.sentence)
    else:
        assert broken(profile) == []


@given(st.binary(max_size=200))
def test_noise_is_refused(noise: bytes) -> None:
    try:
        read_profile(noise.decode("utf-8", "replace"), "mine.toml", builtin)
    except InputError as error:
        check(error.code, error.sentence)
    else:
        raise AssertionError("noise is no profile")
