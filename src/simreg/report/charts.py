"""The figure of the evidence curves: small multiples over one shared axis of time.

The drawing is as wide as its place on the page: across, everything is in per cent; down, in pixels, so that letters and
lines keep their size on a phone, on a desktop and on paper. Curves lie in an inner drawing that is stretched.
"""

from collections.abc import Sequence

from markupsafe import Markup

from simreg.liveness.types import PadResult, Sample
from simreg.report import curves
from simreg.report.axis import Scale, ticks
from simreg.report.bands import Band, Label, bands, labels
from simreg.report.formats import known, number, seconds
from simreg.report.panels import TICKS, Panel, panels
from simreg.report.svg import across, tag
from simreg.report.texts.types import Texts

ROW, TITLE, BETWEEN, AXIS = 17, 28, 18, 40
"""Pixels: a row of labels, the title above a panel, the words below one, the axis of time."""

CROWDED = 12
"""Pixels between two labels of an axis below which one of them gives way."""

STRETCH = 1000
"""Width of the inner drawing of a curve, in its own units."""

WORDED = 18
"""Hundredths of the width from which a stretch without a face says so; a narrower one is explained below."""


def figure(pad: PadResult, duration_s: float, texts: Texts) -> Markup:
    """The drawing, or nothing where there is not a single sample."""
    if not pad.curves:
        return Markup("")
    time = Scale(0.0, max(duration_s if known(duration_s) else 0.0, pad.curves[-1].time_s, 0.1))
    shown, marked = panels(pad, texts.curves), bands(pad)
    named = labels(marked, time, texts.actions)
    top = ROW * (1 + max((label.row for label in named), default=-1)) + 4
    bottom = top + sum(TITLE + panel.height + BETWEEN for panel in shown)
    parts = [_patterns(), *(_band(band, time, top, bottom) for band in marked), *(_label(label) for label in named)]
    below = top
    for panel in shown:
        parts.append(_panel(panel, pad, marked, time, below + TITLE, texts))
        below += TITLE + panel.height + BETWEEN
    parts.append(_time_axis(time, bottom, texts.curves.time))
    return tag(
        "svg",
        *parts,
        class_="curves",
        role="img",
        aria_label=_summary(marked, time.high, texts),
        width="100%",
        height=float(bottom + AXIS),
    )


def _summary(marked: Sequence[Band], duration_s: float, texts: Texts) -> str:
    said = (
        texts.curves.label_action.format(
            action=texts.actions.names[band.action], start=seconds(band.start_s), end=seconds(band.end_s)
        )
        for band in marked
    )
    return texts.curves.label.format(duration=seconds(duration_s), actions=" ".join(said)).strip()


def _patterns() -> Markup:
    line = tag("path", d="M0 6L6 0", class_="hatch-line")
    hatch = tag("pattern", line, id="no-face", width=6.0, height=6.0, patternUnits="userSpaceOnUse")
    return tag("defs", hatch)


def _band(band: Band, time: Scale, top: int, bottom: int) -> Markup:
    left = time(band.start_s)
    return tag(
        "rect",
        class_="band" if band.passed else "band unasked",
        x=across(left),
        y=float(top),
        width=across(max(time(band.end_s) - left, 0.3)),
        height=float(bottom - top - BETWEEN),
    )


def _label(label: Label) -> Markup:
    kind = "band-label" if label.passed else "band-label unasked"
    return tag("text", label.text, class_=kind, x=across(label.place), y=label.row * ROW + 13.0, text_anchor=label.anchor)


def _panel(panel: Panel, pad: PadResult, marked: Sequence[Band], time: Scale, top: int, texts: Texts) -> Markup:
    height = Scale(panel.low, panel.high, float(top + panel.height), float(top))
    below = top + panel.height + 13.0
    return tag(
        "g",
        tag("text", panel.title, class_="panel-title", x="0", y=top - 11.0),
        tag("text", panel.upper, class_="end", x="100%", y=top - 5.0, text_anchor="end"),
        tag("text", panel.lower, class_="end", x="100%", y=below, text_anchor="end"),
        *_lines(panel, height),
        *(_gap(gap, time, top, panel.height, texts.curves.no_face) for gap in curves.gaps(pad.curves)),
        _curve(panel, pad.curves, time, top),
        *_peaks(panel, pad.curves, marked, time, height),
    )


def _lines(panel: Panel, height: Scale) -> list[Markup]:
    """The limits, and as many round values as find a place beside them."""

    def free(value: float) -> bool:
        return all(abs(height(value) - height(limit)) >= CROWDED for limit in panel.limits)

    round_values = [value for value in ticks(panel.low, panel.high, TICKS) if free(value)]
    return [
        *(_line("limit", panel, value, height) for value in panel.limits),
        *(_line("zero" if value == 0 else "grid", panel, value, height) for value in round_values),
    ]


def _line(kind: str, panel: Panel, value: float, height: Scale) -> Markup:
    place, word = height(value), number(value) + panel.unit
    line = tag("line", class_=kind, x1="0", x2="100%", y1=place, y2=place)
    return line + tag("text", word, class_=f"tick of-{kind}", x="-6", y=place + 4, text_anchor="end")


def _gap(gap: curves.Gap, time: Scale, top: int, height: int, word: str) -> Markup:
    left, width = time(gap.start_s), time(gap.end_s) - time(gap.start_s)
    area = tag("rect", class_="gap", x=across(left), y=float(top), width=across(width), height=float(height))
    if width < WORDED:
        return area
    middle = across(left + width / 2)
    return area + tag("text", word, class_="gap-label", x=middle, y=top + height / 2 + 4, text_anchor="middle")


def _curve(panel: Panel, samples: Sequence[Sample], time: Scale, top: int) -> Markup:
    right = Scale(time.low, time.high, 0.0, float(STRETCH))
    down = Scale(panel.low, panel.high, float(panel.height), 0.0)
    lines = []
    for run in curves.runs(samples, panel.read):
        places = [f"{right(when):.1f} {down(value):.1f}" for when, value in run]
        lines.append("M" + "L".join(places if len(places) > 1 else places * 2))
    path = tag("path", class_="curve", d="".join(lines), vector_effect="non-scaling-stroke")
    return tag(
        "svg",
        path,
        class_="stretched",
        y=float(top),
        width="100%",
        height=float(panel.height),
        viewBox=f"0 0 {STRETCH} {panel.height}",
        preserveAspectRatio="none",
    )


def _peaks(panel: Panel, samples: Sequence[Sample], marked: Sequence[Band], time: Scale, height: Scale) -> list[Markup]:
    parts = []
    for band in marked:
        peak = curves.peak(samples, band.action, band.start_s, band.end_s)
        if not band.passed or peak is None or curves.curve_of(band.action) is not panel.read:
            continue
        x, y = time(peak[0]), height(peak[1])
        parts.append(tag("circle", class_="peak", cx=across(x), cy=y, r=3.5))
        parts.append(_peak_label(panel.written(peak[1]), x, y, curves.rises(band.action), height.start))
    return parts


def _peak_label(text: str, x: float, y: float, above: bool, floor: float) -> Markup:
    """Above a high point, below a low one, and beside one that has no room below."""
    if above:
        return tag("text", text, class_="peak-label", x=across(x), y=y - 8, text_anchor="middle")
    if y + 18 <= floor:
        return tag("text", text, class_="peak-label", x=across(x), y=y + 17, text_anchor="middle")
    aside, anchor = (9.0, "start") if x < 85 else (-9.0, "end")
    return tag("text", text, class_="peak-label", x=across(x), dx=aside, y=y, text_anchor=anchor)


def _time_axis(time: Scale, bottom: int, title: str) -> Markup:
    top = bottom - BETWEEN
    parts = [tag("line", class_="axis", x1="0", x2="100%", y1=float(top), y2=float(top))]
    for value in ticks(time.low, time.high, 6):
        x = across(time(value))
        parts.append(tag("line", class_="axis", x1=x, x2=x, y1=float(top), y2=top + 5.0))
        parts.append(tag("text", number(value), class_="tick", x=x, y=top + 18.0, text_anchor="middle"))
    parts.append(tag("text", title, class_="tick", x="100%", y=top + 38.0, text_anchor="end"))
    return tag("g", *parts)
