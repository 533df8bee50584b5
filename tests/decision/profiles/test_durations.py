import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.decision.profiles.durations import NEVER_WRITTEN, UNITS, parse_duration, told, written


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0 s", 0),
        ("20 s", 20),
        ("10 min", 600),
        ("1 h", 3600),
        ("1 day", 86_400),
        ("10 days", 864_000),
        ("1 year", 366 * 86_400),
        ("2 years", 732 * 86_400),
    ],
)
def test_a_time_is_read_with_its_unit(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10",
        "min",
        "10min",
        "10  min",
        "-1 s",
        "1.5 h",
        "10 minutes",
        "10 ms",
        "10 mins",
        "10 MIN",
        "1 m",
        "10000 s",
        "١٠ s",
        "10 s\n",
    ],
)
def test_any_other_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_duration(text)


@given(st.integers(0, NEVER_WRITTEN - 1), st.sampled_from(sorted(UNITS)))
def test_what_is_written_is_read_back(number: int, unit: str) -> None:
    seconds = parse_duration(f"{number} {unit}")
    assert seconds == number * UNITS[unit]
    assert parse_duration(written(seconds)) == seconds


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (0, "0 seconds", "0 秒"),
        (1, "1 second", "1 秒"),
        (90, "90 seconds", "90 秒"),
        (600, "10 minutes", "10 分钟"),
        (3600, "1 hour", "1 小时"),
        (86_400, "1 day", "1 天"),
        (2 * 366 * 86_400, "2 years", "2 年"),
    ],
)
def test_a_time_is_told_in_both_languages(seconds: int, en: str, zh: str) -> None:
    assert (told(seconds), told(seconds, "zh")) == (en, zh)


def test_two_years_are_never_shorter_than_two_calendar_years() -> None:
    assert parse_duration("2 years") >= (365 + 366) * 86_400
