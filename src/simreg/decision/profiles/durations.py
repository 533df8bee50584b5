"""Times as people write them: a whole number and its unit."""

import re

UNITS = {"s": 1, "min": 60, "h": 3600, "days": 86_400, "years": 366 * 86_400}
"""Seconds by unit. A year has 366 days, so that nothing that must be kept goes too early."""

NEVER_WRITTEN = 10_000
"""Larger numbers belong to a larger unit."""

_TOLD = {
    "en": {"s": "second", "min": "minute", "h": "hour", "days": "day", "years": "year"},
    "zh": {"s": "秒", "min": "分钟", "h": "小时", "days": "天", "years": "年"},
}


def parse_duration(text: str) -> int:
    """Seconds of "10 min", "24 h", "1 day"; ValueError for another form or without a unit."""
    found = re.fullmatch(r"([0-9]{1,5}) (s|min|h|days?|years?)", text)
    if found is None or int(found[1]) >= NEVER_WRITTEN:
        raise ValueError(text)
    unit = found[2] if found[2] in UNITS else found[2] + "s"
    return int(found[1]) * UNITS[unit]


def written(seconds: int) -> str:
    """The time as a file has it, in the largest unit that fits: "10 min"."""
    number, unit = _parts(seconds)
    return f"{number} {unit.rstrip('s') if number == 1 and len(unit) > 1 else unit}"


def told(seconds: int, language: str = "en") -> str:
    """The time for a person, in English ("10 minutes") or Chinese (zh)."""
    number, unit = _parts(seconds)
    word = _TOLD[language][unit]
    return f"{number} {word}" if language == "zh" else f"{number} {word}{'' if number == 1 else 's'}"


def _parts(seconds: int) -> tuple[int, str]:
    for unit in reversed(UNITS):
        if seconds and seconds % UNITS[unit] == 0:
            return seconds // UNITS[unit], unit
    return seconds, "s"
