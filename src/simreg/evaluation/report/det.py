"""The detection error trade-off (DET) curve of ISO/IEC 19795-1: both error rates on axes of normal deviates.

Where mated and non-mated similarities are spread as normal distributions the curve is a straight line. Across, places are
in per cent of the drawing's width; down, in pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from markupsafe import Markup

from simreg.comparison.types import Interval
from simreg.report.axis import Scale
from simreg.report.formats import number
from simreg.report.svg import across, tag

HEIGHT, BELOW = 320, 44
STRETCH = 1000
"""Width of the inner drawing of the curve, in its own units."""

RATES = (1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.4)
UPRIGHT = (1e-5, 1e-4, 2e-4, 5e-4, 1e-3, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Rates that are written at the axes."""

_MOST_POINTS = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the curve with the intervals of both rates, and what to write beside it."""

    fmr: float
    fnmr: float
    fmr_interval: Interval
    fnmr_interval: Interval
    name: str


def deviate(rate: float) -> float:
    """The place of a rate (above 0, below 1) on an axis of normal deviates."""
    return NormalDist().inv_cdf(min(max(rate, 1e-9), 1 - 1e-9))


def det_curve(points: Sequence[tuple[float, float]], marks: Sequence[Mark], label: str) -> Markup:
    """The curve through points of FMR and FNMR (each above 0), with some of them marked; nothing without points."""
    inside = [point for point in points if max(point) < RATES[-1]]
    if len(inside) < 2:
        return Markup("")
    right = _axis(RATES, [fmr for fmr, _ in inside], 0.0, 100.0)
    down = _axis(UPRIGHT, [fnmr for _, fnmr in inside], float(HEIGHT), 0.0)
    parts = [
        *(_upright(rate, right) for rate in _held(RATES, right)),
        *(_level(rate, down) for rate in _held(UPRIGHT, down)),
        _curve(inside, right, down),
        *(_mark(mark, right, down) for mark in marks),
        tag("text", "missed (FNMR), %", class_="tick", x="0", y="-8"),
        tag("text", "false matches (FMR), %", class_="tick", x="100%", y=HEIGHT + 38.0, text_anchor="end"),
    ]
    return tag("svg", *parts, class_="chart", role="img", aria_label=label, width="100%", height=float(HEIGHT + BELOW))


def _axis(rates: Sequence[float], held: Sequence[float], start: float, end: float) -> Scale:
    """From the written rate at or below the lowest one to the written rate at or above the highest one."""
    low = max((rate for rate in rates if rate <= min(held)), default=rates[0])
    high = min((rate for rate in rates if rate >= max(held)), default=rates[-1])
    return Scale(deviate(low), deviate(max(high, low * 1.01)), start, end)


def _held(rates: Sequence[float], scale: Scale) -> list[float]:
    return [rate for rate in rates if scale.low - 1e-9 <= deviate(rate) <= scale.high + 1e-9]


def _upright(rate: float, right: Scale) -> Markup:
    place = across(right(deviate(rate)))
    line = tag("line", class_="grid", x1=place, x2=place, y1="0", y2=float(HEIGHT))
    return line + tag("text", number(rate * 100), class_="tick", x=place, y=HEIGHT + 18.0, text_anchor="middle")


def _level(rate: float, down: Scale) -> Markup:
    place = down(deviate(rate))
    line = tag("line", class_="grid", x1="0", x2="100%", y1=place, y2=place)
    return line + tag("text", number(rate * 100), class_="tick", x="-6", y=place + 4, text_anchor="end")


def _curve(points: Sequence[tuple[float, float]], right: Scale, down: Scale) -> Markup:
    wide = Scale(right.low, right.high, 0.0, float(STRETCH))
    thinned = [*points[:: max(1, len(points) // _MOST_POINTS)], points[-1]]
    places = (f"{wide(deviate(fmr)):.1f} {down(deviate(fnmr)):.1f}" for fmr, fnmr in thinned)
    path = tag("path", class_="curve", d="M" + "L".join(places), vector_effect="non-scaling-stroke")
    return tag(
        "svg",
        path,
        class_="stretched",
        width="100%",
        height=float(HEIGHT),
        viewBox=f"0 0 {STRETCH} {HEIGHT}",
        preserveAspectRatio="none",
    )


def _mark(mark: Mark, right: Scale, down: Scale) -> Markup:
    x, y = right(deviate(mark.fmr)), down(deviate(mark.fnmr))
    left, beyond = (across(right(deviate(end))) for end in (mark.fmr_interval.low, mark.fmr_interval.high))
    low, high = (down(deviate(end)) for end in (mark.fnmr_interval.low, mark.fnmr_interval.high))
    aside, anchor = (8.0, "start") if x < 70 else (-8.0, "end")
    up = -8.0 if anchor == "start" else 18.0
    return tag(
        "g",
        tag("line", class_="whisker", x1=left, x2=beyond, y1=y, y2=y),
        tag("line", class_="whisker", x1=across(x), x2=across(x), y1=low, y2=high),
        tag("circle", class_="peak", cx=across(x), cy=y, r=4.0),
        tag("text", mark.name, class_="peak-label", x=across(x), dx=aside, y=y + up, text_anchor=anchor),
    )
