"""The small scale beside each check: its value against its limit."""

from markupsafe import Markup

from simreg.liveness.types import CheckResult, State
from simreg.report.axis import Scale, widened
from simreg.report.formats import known, number
from simreg.report.svg import across, tag
from simreg.report.texts.types import CheckTexts

MIDDLE, HEIGHT = 13.0, 26.0
"""Pixels: the height at which the scale lies, and that of the drawing."""


def gauge(check: CheckResult, words: CheckTexts) -> Markup:
    """A line that is thick where the check passes, with a tick at the limit and a mark at the value.

    Nothing where there is no limit or no value. The mark is a cross for a value that failed, else a dot.
    """
    value, limit = check.value, check.limit
    if not known(value) or not known(limit):
        return Markup("")
    low, high = window(value, limit)
    scale = Scale(low, high, 1.5, 98.5)
    edge, place = scale(limit), scale(value)
    left, right = (edge, 98.5) if check.above else (1.5, edge)
    parts = [
        _line("track", 1.5, 98.5),
        _line("pass", left, right),
        tag("line", class_="edge", x1=across(edge), x2=across(edge), y1=MIDDLE - 8, y2=MIDDLE + 8),
        _mark(check.state, place),
    ]
    label = words.label.format(value=number(value), low=number(low), high=number(high))
    return tag("svg", *parts, class_="gauge", role="img", aria_label=label, width="100%", height=HEIGHT)


def window(value: float, limit: float) -> tuple[float, float]:
    """A range that holds value and limit: 0..1 where both lie in it, else from 0 to beyond the larger one."""
    low, high = min(value, limit, 0.0), max(value, limit, 0.0)
    if low == 0.0 and high <= 1.0:
        return (0.0, 1.0) if high > 0.1 or high == 0.0 else (0.0, max(high * 1.25, 1e-9))
    if high - low < 1e-9:
        return (-1e-9, 1e-9)
    margin = (high - low) * 0.15
    return widened(low - (margin if low < 0 else 0.0), high + (margin if high > 0 else 0.0), 10)


def _line(kind: str, left: float, right: float) -> Markup:
    return tag("line", class_=kind, x1=across(left), x2=across(right), y1=MIDDLE, y2=MIDDLE)


def _mark(state: State, place: float) -> Markup:
    if state is not State.FAILED:
        return tag("circle", class_=f"mark {state}", cx=across(place), cy=MIDDLE, r=5.0)
    cross = tag("path", class_="mark failed", d=f"M-4.5 {MIDDLE - 4.5}l9 9m0-9l-9 9")
    return tag("svg", cross, x=across(place), class_="stretched")
