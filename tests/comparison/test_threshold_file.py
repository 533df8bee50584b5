import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.comparison.threshold_file import read_thresholds, write_thresholds
from simreg.comparison.types import Interval, Threshold
from simreg.errors import InputError
from synthetic.engine import synthetic_threshold

ONE = replace(synthetic_threshold(), same_person=0.45)
TWO = replace(ONE, value=0.6, refer_from=0.5, target_fmr=1e-5, fmr=1e-5, fmr_interval=Interval(1e-6, 3e-5))


def table() -> Any:
    return json.loads(write_thresholds([ONE, TWO]))


def refused(text: str) -> InputError:
    with pytest.raises(InputError) as caught:
        read_thresholds(text, "mine.json")
    assert "mine.json" in caught.value.sentence
    assert caught.value.remedy
    return caught.value


def test_what_is_written_is_read_back() -> None:
    assert read_thresholds(write_thresholds([ONE, TWO]), "mine.json") == (ONE, TWO)
    assert read_thresholds(write_thresholds([TWO, ONE]), "mine.json") == (ONE, TWO)
    unmeasured = replace(ONE, same_person=None)
    assert read_thresholds(write_thresholds([unmeasured]), "mine.json") == (unmeasured,)


@pytest.mark.parametrize("text", ["", "{", "\x00\xff", write_thresholds([ONE])[:-20], "[" * 100_000])
def test_what_is_not_json_is_refused(text: str) -> None:
    assert refused(text).code == "threshold-unreadable"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("recogniser", ""),
        ("recogniser", 7),
        ("recogniser", "line\nbreak"),
        ("model_sha256", "5e" * 31),
        ("model_sha256", "5E" * 32),
        ("preprocessing", None),
        ("date", "yesterday"),
        ("date", "2026-13-01"),
        ("same_person", 1.5),
        ("same_person", True),
        ("same_person", "0.4"),
        ("thresholds", []),
        ("thresholds", {}),
        ("thresholds", [7]),
        ("thresholds", [None] * 101),
        ("another", 1),
    ],
)
def test_a_damaged_head_is_refused_by_its_key(key: str, value: Any) -> None:
    error = refused(json.dumps(table() | {key: value}))
    assert error.code == "threshold-damaged"
    assert key in error.sentence or value == [7]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("value", 1.1),
        ("value", "0.5"),
        ("value", True),
        ("value", float("nan")),
        ("refer_from", 0.51),
        ("refer_from", float("-inf")),
        ("target_fmr", 0),
        ("target_fmr", 1),
        ("fmr", -1e-9),
        ("fmr", 10**400),
        ("fmr_interval", [2e-4, 3e-4]),
        ("fmr_interval", [0.5]),
        ("fmr_interval", {"low": 0, "high": 1}),
        ("fnmr_interval", [0.02, 0.005]),
        ("mated", 3.5),
        ("mated", -1),
        ("non_mated", True),
        ("another", 1),
    ],
)
def test_a_damaged_entry_is_refused_by_its_key(key: str, value: Any) -> None:
    damaged = table()
    damaged["thresholds"][0][key] = value
    error = refused(json.dumps(damaged))
    assert error.code == "threshold-damaged"
    assert f"thresholds[0].{key}" in error.sentence


@pytest.mark.parametrize("key", sorted(table()))
def test_a_missing_key_of_the_head_is_named(key: str) -> None:
    damaged = table()
    del damaged[key]
    assert key in refused(json.dumps(damaged)).sentence


@pytest.mark.parametrize("key", sorted(table()["thresholds"][0]))
def test_a_missing_key_of_an_entry_is_named(key: str) -> None:
    damaged = table()
    del damaged["thresholds"][1][key]
    assert f"thresholds[1].{key}" in refused(json.dumps(damaged)).sentence


def test_two_entries_for_one_target_are_refused() -> None:
    assert "each target_fmr" in refused(write_thresholds([ONE, ONE])).sentence


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(table())), st.sampled_from(sorted(table()["thresholds"][0])), anything, st.booleans())
def test_any_damage_is_refused_or_leaves_a_sound_threshold(key: str, entry: str, value: Any, inside: bool) -> None:
    damaged = table()
    if inside:
        damaged["thresholds"][0][entry] = value
    else:
        damaged[key] = value
    assert outcome(json.dumps(damaged)) in {"threshold-damaged", "sound"}


def outcome(text: str) -> str:
    try:
        found = read_thresholds(text, "mine.json")
    except InputError as error:
        return error.code
    return "sound" if all(sound(one) for one in found) else "unsound"


def sound(one: Threshold) -> bool:
    rates = ((one.fmr, one.fmr_interval), (one.fnmr, one.fnmr_interval))
    return (
        -1 <= one.refer_from <= one.value <= 1
        and 0 < one.target_fmr < 1
        and all(0 <= interval.low <= rate <= interval.high <= 1 for rate, interval in rates)
        and min(one.mated, one.non_mated) >= 0
        and len(one.model_sha256) == 64
    )
