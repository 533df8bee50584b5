"""Rates, intervals and ratios as people read them; a rate that cannot be told as what bounds it."""

from typing import Protocol

from simreg.comparison.types import Interval
from simreg.report.formats import NOTHING, number, percent


class Told(Protocol):
    """A rate: its value, or where no error was seen its bound, and its interval."""

    @property
    def value(self) -> float | None:
        """0..1, or None."""
        ...

    @property
    def at_most(self) -> float | None:
        """What bounds it where there is no value."""
        ...

    @property
    def interval(self) -> Interval:
        """95 %."""
        ...


def rate(one: Told | None) -> str:
    """``2.3 %``, ``≤ 0.08 %`` where none was seen, a dash without trials."""
    if one is None:
        return NOTHING
    return f"≤ {percent(one.at_most)}" if one.value is None and one.at_most is not None else percent(one.value)


def span(interval: Interval | None) -> str:
    """The two ends of an interval of a rate: ``1.6 – 2.9 %``."""
    if interval is None:
        return NOTHING
    return f"{number(interval.low * 100, 2)} – {number(interval.high * 100, 2)} %"


def share(value: float) -> str:
    """A target such as 0.0001 as ``1 in 10,000``."""
    return f"1 in {round(1 / value):,}"


def times(ratio: float | None) -> str:
    """A ratio of two rates: ``1.8 ×``."""
    return NOTHING if ratio is None else f"{number(ratio, 2)} ×"


def ratios(interval: Interval | None) -> str:
    """The two ends of an interval of a ratio: ``0.7 – 2.9 ×``; nothing where it is not known."""
    return "" if interval is None else f"{number(interval.low, 2)} – {number(interval.high, 2)} ×"
