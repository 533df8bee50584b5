"""Thresholds as JSON: what they are bound to, and one entry for each target FMR.

{"recogniser": "mobilefacenet",      name of the recogniser
 "model_sha256": "...",              digest of its published weights
 "preprocessing": "...",             as the recogniser states it
 "data_set": "...", "date": "2026-11-23", "source": "...",    what was measured, when, and where it is written up
 "same_person": 0.45,                similarity below which two frames of one capture are two persons; or null
 "thresholds": [{"value": 0.4, "refer_from": 0.33, "target_fmr": 0.0001,
                 "fmr": 0.0001, "fmr_interval": [0.00008, 0.00012], "fnmr": 0.024, "fnmr_interval": [0.02, 0.03],
                 "mated": 3422, "non_mated": 7790000}]}
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from simreg.comparison.types import Interval, Threshold
from simreg.errors import InputError

_HEAD = {"recogniser", "model_sha256", "preprocessing", "data_set", "date", "source", "same_person", "thresholds"}
_ENTRY = {
    *("value", "refer_from", "target_fmr", "fmr", "fmr_interval"),
    *("fnmr", "fnmr_interval", "mated", "non_mated"),
}
_MOST = 100


def read_thresholds(text: str, name: str) -> tuple[Threshold, ...]:
    """All thresholds of a file, the lowest target FMR last; ``name`` is what to call the file.

    Raises InputError ``threshold-unreadable`` for what is not JSON and ``threshold-damaged`` for what makes no sense.
    """
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            "threshold-unreadable", f"The threshold file {name} is not JSON: {error}.", "Give it as it was written."
        ) from error
    head = _Reader(name, "", _with_keys(name, "", table, _HEAD))
    entries = head.table["thresholds"]
    if not isinstance(entries, list) or not 0 < len(entries) <= _MOST:
        head.refuse("thresholds", "a list of thresholds")
    found = [_threshold(head, entry, index) for index, entry in enumerate(entries)]
    if len({threshold.target_fmr for threshold in found}) < len(found):
        head.refuse("thresholds", "one entry for each target_fmr")
    return tuple(sorted(found, key=lambda threshold: -threshold.target_fmr))


def write_thresholds(thresholds: Sequence[Threshold]) -> str:
    """The file's text; all of them are of one recogniser and one measurement."""
    first = thresholds[0]
    entries = [{key: _plain(getattr(threshold, key)) for key in _entry_keys()} for threshold in thresholds]
    head = {key: getattr(first, key) for key in _head_keys()}
    return json.dumps(head | {"thresholds": entries}, indent=1) + "\n"


def _threshold(head: "_Reader", entry: Any, index: int) -> Threshold:
    where = f"thresholds[{index}]."
    one = _Reader(head.name, where, _with_keys(head.name, where, entry, _ENTRY))
    fmr, fnmr = one.number("fmr", 0, 1), one.number("fnmr", 0, 1)
    value = one.number("value", -1, 1)
    target = one.number("target_fmr", 0, 1)
    if not 0 < target < 1:
        one.refuse("target_fmr", "a number above 0 and below 1")
    return Threshold(
        value=value,
        refer_from=one.number("refer_from", -1, value),
        target_fmr=target,
        fmr=fmr,
        fmr_interval=one.interval("fmr_interval", fmr),
        fnmr=fnmr,
        fnmr_interval=one.interval("fnmr_interval", fnmr),
        mated=one.count("mated"),
        non_mated=one.count("non_mated"),
        recogniser=head.text("recogniser"),
        model_sha256=head.digest("model_sha256"),
        preprocessing=head.text("preprocessing"),
        data_set=head.text("data_set"),
        date=head.day("date"),
        source=head.text("source"),
        same_person=None if head.table["same_person"] is None else head.number("same_person", -1, 1),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Takes the values out of one table and refuses the ones that make no sense."""

    name: str
    where: str
    table: dict[str, Any]

    def refuse(self, key: str, wanted: str) -> NoReturn:
        _refuse(self.name, f"must have {wanted} as {self.where}{key}")

    def text(self, key: str) -> str:
        value = self.table[key]
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            self.refuse(key, "plain text")
        return value

    def digest(self, key: str) -> str:
        value = self.text(key)
        if not re.fullmatch(r"[0-9a-f]{64}", value):
            self.refuse(key, "64 hexadecimal digits in lower case")
        return value

    def day(self, key: str) -> str:
        value = self.text(key)
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", value):
            self.refuse(key, "a day such as 2026-11-23")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        return self._number(self.table[key], key, low, high)

    def count(self, key: str) -> int:
        value = self.table[key]
        if type(value) is not int or value < 0:
            self.refuse(key, "a whole number from 0")
        return value

    def interval(self, key: str, rate: float) -> Interval:
        value = self.table[key]
        if not isinstance(value, list) or len(value) != 2:
            self.refuse(key, "two numbers")
        return Interval(self._number(value[0], key, 0, rate), self._number(value[1], key, rate, 1))

    def _number(self, value: Any, key: str, low: float, high: float) -> float:
        if type(value) not in (int, float) or not low <= value <= high:
            self.refuse(key, f"a number from {low:g} to {high:g}")
        return float(value)


def _with_keys(name: str, where: str, table: Any, keys: set[str]) -> dict[str, Any]:
    if not isinstance(table, dict):
        _refuse(name, f"must hold an object{' as ' + where.rstrip('.') if where else ''}")
    if missing := sorted(keys - table.keys()):
        _refuse(name, f"lacks {', '.join(where + key for key in missing)}")
    if unknown := sorted(table.keys() - keys):
        _refuse(name, f"has unknown keys: {', '.join(where + key for key in unknown)}")
    return table


def _refuse(name: str, why: str) -> NoReturn:
    raise InputError(
        "threshold-damaged",
        f"The threshold file {name} {why}.",
        "`python -m pydoc simreg.comparison.threshold_file` says what it must hold.",
    )


def _head_keys() -> list[str]:
    return [key for key in Threshold.__slots__ if key in _HEAD]


def _entry_keys() -> list[str]:
    return [key for key in Threshold.__slots__ if key in _ENTRY]


def _plain(value: Any) -> Any:
    return [value.low, value.high] if isinstance(value, Interval) else value
