"""Rates of several groups or species beside each other, each with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from simreg.report.axis import Scale, ticks
from simreg.report.formats import percent
from simreg.report.svg import across, tag

ROW, NAME, AXIS = 44, 15, 26


@dataclass(frozen=True, slots=True)
class Bar:
    """A rate 0..1 with its interval, and what is written at its end; ``value`` is None where only a bound is known."""

    name: str
    value: float | None
    low: float
    high: float
    note: str


def bars(rows: Sequence[Bar], label: str, limit: float | None = None) -> Markup:
    """A bar for each row over one scale from 0, a whisker for its interval; ``limit`` is a rate to be marked.

    Where only a bound is known the whisker stands alone, and is cut where it is far longer than what is known. Nothing
    is drawn without rows.
    """
    if not rows:
        return Markup("")
    known = [row.high for row in rows if row.value is not None] + ([] if limit is None else [limit * 1.1])
    scale = Scale(0.0, min(1.0, max(known or [row.high for row in rows])) or 1.0)
    bottom = float(ROW * len(rows))
    parts = [
        *(_tick(value, scale, bottom) for value in ticks(0.0, scale.high, 4)),
        *(_row(row, number * ROW, scale) for number, row in enumerate(rows)),
    ]
    if limit is not None:
        place = across(scale(limit))
        parts.append(tag("line", class_="limit", x1=place, x2=place, y1="0", y2=bottom))
    return tag("svg", *parts, class_="chart bars", role="img", aria_label=label, width="100%", height=bottom + AXIS)


def _tick(value: float, scale: Scale, bottom: float) -> Markup:
    place = scale(value)
    anchor = "start" if place < 5 else "end" if place > 95 else "middle"
    line = tag("line", class_="grid", x1=across(place), x2=across(place), y1="0", y2=bottom)
    return line + tag("text", percent(value), class_="tick", x=across(place), y=bottom + 18, text_anchor=anchor)


def _row(row: Bar, top: float, scale: Scale) -> Markup:
    middle, low, high = top + NAME + 13, across(scale(row.low)), across(scale(row.high))
    parts = [
        tag("text", row.name, class_="bar-name", x="0", y=top + NAME),
        tag("text", row.note, class_="tick", x="100%", y=top + NAME, text_anchor="end"),
        tag("line", class_="whisker", x1=low, x2=high, y1=middle, y2=middle),
    ]
    if row.high <= scale.high:
        parts.append(tag("line", class_="whisker", x1=high, x2=high, y1=middle - 5, y2=middle + 5))
    if row.value is not None:
        width = across(scale(row.value))
        parts.insert(2, tag("rect", class_="bar", x="0", y=middle - 6, width=width, height=12.0))
    return tag("g", *parts)
