"""The kinds of values a rule can have: how one is read strictly, told in words, and given as JSON."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any, Protocol

from simreg.decision.profiles.durations import parse_duration, told, written
from simreg.decision.profiles.types import LockOut


class Unfit(Exception):  # noqa: N818 - it never leaves the room
    """A value that does not fit: the code of the error, and what is wanted instead."""

    def __init__(self, code: str, wanted: str) -> None:
        super().__init__(wanted)
        self.code = code
        self.wanted = wanted


class Kind(Protocol):
    """A kind of value."""

    def read(self, value: Any) -> Any:
        """The value as the profile holds it; raises Unfit."""

    def words(self, value: Any) -> str:
        """The value for a person."""

    def plain(self, value: Any) -> Any:
        """The value as JSON."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds; with a word such as "unlimited" for None."""

    low: int
    high: int
    unit: str = ""
    none: str | None = None

    def read(self, value: Any) -> int | None:
        """The number, or None for its word."""
        if self.none is not None and value == self.none:
            return None
        if type(value) is not int:
            raise Unfit("profile-wrong-type", self._wanted())
        if not self.low <= value <= self.high:
            raise Unfit("profile-out-of-range", self._wanted())
        return value

    def _wanted(self) -> str:
        return f"a whole number from {self.low} to {self.high}{_or(self.none)}"

    def words(self, value: int | None) -> str:
        """As "150 pixels"."""
        return str(self.none) if value is None else f"{value:,}{self.unit}"

    def plain(self, value: int | None) -> int | None:
        """The number or null."""
        return value


@dataclass(frozen=True, slots=True)
class Duration:
    """A time, written with its unit; bounds in seconds."""

    low: int
    high: int
    none: str | None = None

    def read(self, value: Any) -> int | None:
        """Seconds, or None for its word."""
        if self.none is not None and value == self.none:
            return None
        wanted = f"a time from “{written(self.low)}” to “{written(self.high)}”{_or(self.none)}"
        try:
            seconds = parse_duration(value) if isinstance(value, str) else None
        except ValueError:
            seconds = None
        if seconds is None:
            raise Unfit("profile-wrong-unit", f"{wanted}, a whole number and its unit: s, min, h, days or years")
        if not self.low <= seconds <= self.high:
            raise Unfit("profile-out-of-range", wanted)
        return seconds

    def words(self, value: int | None) -> str:
        """As "10 minutes"."""
        return str(self.none) if value is None else told(value)

    def plain(self, value: int | None) -> int | None:
        """Seconds or null."""
        return value


@dataclass(frozen=True, slots=True)
class Share:
    """A share between two bounds, written as a number: 0.0001 and not 0.01 %."""

    low: float
    high: float
    unit: str = ""

    def read(self, value: Any) -> float:
        """The share."""
        wanted = f"a share from {self.low:g} to {self.high:g}, written as a number and not in per cent"
        if isinstance(value, str):
            raise Unfit("profile-wrong-unit", wanted)
        if type(value) not in (int, float):
            raise Unfit("profile-wrong-type", wanted)
        if not self.low <= value <= self.high:
            raise Unfit("profile-out-of-range", wanted)
        return float(value)

    def words(self, value: float) -> str:
        """As "0.01 %"."""
        return f"{100 * value:.6g} %{self.unit}"

    def plain(self, value: float) -> float:
        """The share."""
        return value


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word out of a set."""

    words_known: type[StrEnum]

    def read(self, value: Any) -> StrEnum:
        """The word's meaning."""
        known = f"one of {', '.join(self.words_known)}"
        if not isinstance(value, str):
            raise Unfit("profile-wrong-type", known)
        if value not in set(self.words_known):
            raise Unfit("profile-unknown-value", known)
        return self.words_known(value)

    def words(self, value: StrEnum) -> str:
        """The word."""
        return value.value

    def plain(self, value: StrEnum) -> str:
        """The word."""
        return value.value


@dataclass(frozen=True, slots=True)
class SomeOf:
    """One or more different words out of a set, in any order; kept in the set's."""

    words_known: type[StrEnum]

    def read(self, value: Any) -> tuple[StrEnum, ...]:
        """What the words mean."""
        wanted = f"a list, without repeats, of one or more of {', '.join(self.words_known)}"
        if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
            raise Unfit("profile-wrong-type", wanted)
        if set(value) - set(self.words_known) or len(set(value)) < len(value):
            raise Unfit("profile-unknown-value", wanted)
        return tuple(word for word in self.words_known if word in value)

    def words(self, value: tuple[StrEnum, ...]) -> str:
        """The words with commas."""
        return ", ".join(value)

    def plain(self, value: tuple[StrEnum, ...]) -> list[str]:
        """A list of words."""
        return [word.value for word in value]


@dataclass(frozen=True, slots=True)
class Yes:
    """True; false contradicts what holds for every profile, and has its own error."""

    code: str
    why: str

    def read(self, value: Any) -> bool:
        """True."""
        if type(value) is not bool:
            raise Unfit("profile-wrong-type", "true")
        if not value:
            raise Unfit(self.code, f"true: {self.why}")
        return True

    def words(self, value: bool) -> str:
        """Yes."""
        return "yes" if value else "no"

    def plain(self, value: bool) -> bool:
        """True."""
        return value


@dataclass(frozen=True, slots=True)
class Rising:
    """Up to a few whole numbers, each above the one before; or none."""

    low: int
    high: int
    most: int

    def read(self, value: Any) -> tuple[int, ...]:
        """The numbers."""
        wanted = f"at most {self.most} whole numbers from {self.low} to {self.high}, each above the one before"
        if not isinstance(value, list) or not all(type(number) is int for number in value):
            raise Unfit("profile-wrong-type", wanted)
        rising = all(a < b for a, b in pairwise(value))
        if len(value) > self.most or not rising or not all(self.low <= number <= self.high for number in value):
            raise Unfit("profile-out-of-range", wanted)
        return tuple(value)

    def words(self, value: tuple[int, ...]) -> str:
        """As "80,000; 100,000"."""
        return "; ".join(f"{number:,}" for number in value) or "none"

    def plain(self, value: tuple[int, ...]) -> list[int]:
        """A list."""
        return list(value)


@dataclass(frozen=True, slots=True)
class Lock:
    """{ failures = 5, within = "3 min", for = "30 min" }."""

    failures: Whole
    within: Duration
    for_: Duration

    def read(self, value: Any) -> LockOut:
        """The lock-out."""
        if not isinstance(value, dict) or set(value) != {"failures", "within", "for"}:
            raise Unfit("profile-wrong-type", 'a table such as { failures = 5, within = "3 min", for = "30 min" }')
        found: list[Any] = []
        for key, kind in (("failures", self.failures), ("within", self.within), ("for", self.for_)):
            try:
                found.append(kind.read(value[key]))
            except Unfit as unfit:
                raise Unfit(unfit.code, f"with {unfit.wanted} as {key}") from None
        return LockOut(*found)

    def words(self, value: LockOut) -> str:
        """As "5 failures within 3 minutes lock for 30 minutes"."""
        return f"{value.failures} failures within {told(value.within_s)} lock for {told(value.for_s)}"

    def plain(self, value: LockOut) -> dict[str, int]:
        """A table with times in seconds."""
        return {"failures": value.failures, "within_s": value.within_s, "for_s": value.for_s}


def _or(none: str | None) -> str:
    return "" if none is None else f" or “{none}”"
