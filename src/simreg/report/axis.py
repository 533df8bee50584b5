"""Axes: where a value lies on a length, and round numbers to write beside it."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight map of the values ``low``..``high`` to the places ``start``..``end`` (``low`` < ``high``)."""

    low: float
    high: float
    start: float = 0.0
    end: float = 100.0

    def __call__(self, value: float) -> float:
        """Place of a value; one beyond the ends is put at the end."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + (self.end - self.start) * min(max(share, 0.0), 1.0)


def step(span: float, count: int) -> float:
    """Smallest of 1, 2, 5 times a power of ten that divides ``span`` (> 0) into at most ``count`` (> 0) parts."""
    rough = span / count
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (1.0, 2.0, 5.0):
        if factor * power >= rough * (1 - 1e-9):
            return factor * power
    return 10.0 * power


def ticks(low: float, high: float, count: int) -> tuple[float, ...]:
    """Multiples of one round step from ``low`` to ``high`` (``low`` < ``high``), at most ``count`` + 1 of them."""
    size = step(high - low, count)
    digits = max(0, 1 - math.floor(math.log10(size)))
    first, last = math.ceil(low / size - 1e-9), math.floor(high / size + 1e-9)
    return tuple(round(number * size, digits) + 0.0 for number in range(first, last + 1))


def widened(low: float, high: float, count: int) -> tuple[float, float]:
    """The range ``low``..``high`` (``low`` < ``high``) widened to whole steps of about ``count`` parts."""
    size = step(high - low, count)
    return math.floor(low / size + 1e-9) * size, math.ceil(high / size - 1e-9) * size
