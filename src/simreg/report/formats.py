"""Numbers, rates, times and digests as people read them."""

import math
from typing import TypeGuard

NOTHING = "–"
"""Stands where there is no value."""


def known(value: float | None) -> TypeGuard[float]:
    """Whether there is a value that can be written and drawn."""
    return value is not None and math.isfinite(value)


def number(value: float | None, digits: int = 3) -> str:
    """A value with ``digits`` significant digits, no digit lost before the point, thousands set apart."""
    if value is None or math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value and not 1e-5 <= abs(value) < 1e15:
        return f"{value:.{digits - 1}e}".replace("-", "−")
    places = digits - 1 - math.floor(math.log10(abs(value))) if value else 0
    written = f"{value:,.{max(0, places)}f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written == "-0" else written.replace("-", "−")


def apart(value: float | None, limit: float | None) -> tuple[str, str]:
    """A value and its limit, with as many digits as it takes to tell them apart."""
    pair = number(value), number(limit)
    for digits in range(4, 8):
        if value == limit or pair[0] != pair[1]:
            break
        pair = number(value, digits), number(limit, digits)
    return pair


def percent(rate: float | None) -> str:
    """A rate of 0..1 as per cent with two significant digits."""
    return f"{number(rate * 100, 2)} %" if known(rate) else NOTHING


def one_of(rate: float) -> tuple[str, str]:
    """A rate above 0 as "so many" of "so many": 0.0001 is 1 of 10,000; 0.25 is 25 of 100."""
    if rate >= 0.095:
        return number(rate * 100, 2), "100"
    whole = 1 / rate
    return "1", f"{round(whole, 1 - math.floor(math.log10(whole))):,.0f}"


def seconds(value: float | None) -> str:
    """A time of the capture, to a hundredth of a second."""
    return f"{value:,.2f} s" if known(value) else NOTHING


def milliseconds(value: float | None) -> str:
    """A duration that is given in milliseconds."""
    if not known(value):
        return NOTHING
    return f"{number(value / 1000)} s" if value >= 1000 else f"{number(value)} ms"


def short_digest(digest: str) -> str:
    """The first twelve digits of a digest."""
    return digest if len(digest) <= 12 else f"{digest[:12]}…"


def plain(name: str) -> str:
    """A stable name with dashes or underscores as words."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
