"""A drawing of counts by day: bars side by side, without script and without inline style."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH, HEIGHT, LEFT, FOOT, TOP = 720, 180, 44, 22, 8
MOST_LABELS = 8


@dataclass(frozen=True, slots=True)
class Bars:
    """The drawing, and the names of its series in their order."""

    svg: Markup
    series: tuple[str, ...]


def bars(rows: Sequence[tuple[str, Sequence[int]]], series: Sequence[str]) -> Bars:
    """Bars for each row; what it shows is in the table beside it, so it has a name and no more for a screen reader."""
    most = max([1, *(value for _, values in rows for value in values)])
    step = (WIDTH - LEFT) / len(rows)
    thick = max(1.0, min(28.0, 0.8 * step / len(series)))
    parts = []
    for share in (0.0, 0.5, 1.0):
        y = TOP + (1 - share) * (HEIGHT - TOP - FOOT)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if share != 0.5 or most >= 2:
            parts.append(
                f'<text class="scale" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{round(share * most)}</text>'
            )
    every = -(-len(rows) // MOST_LABELS)
    for place, (name, values) in enumerate(rows):
        middle = LEFT + (place + 0.5) * step
        for number, value in enumerate(values):
            high = value / most * (HEIGHT - TOP - FOOT)
            x = middle + (number - len(values) / 2) * thick
            box = f'x="{x:.1f}" y="{HEIGHT - FOOT - high:.1f}" width="{thick:.1f}" height="{high:.1f}"'
            parts.append(f'<rect class="bar-{number}" {box}/>')
        if place % every == 0:
            parts.append(
                f'<text class="scale" x="{middle:.1f}" y="{HEIGHT - 6}" text-anchor="middle">{escape(name[5:])}</text>'
            )
    label = escape(", ".join(series))
    svg = f'<svg class="bars" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{"".join(parts)}</svg>'
    return Bars(Markup(svg), tuple(series))  # noqa: S704 - numbers, and texts that are escaped


def interval(share: float | None, low: float, high: float) -> Markup:
    """A share of 0..1 as a dot on its interval; the figures stand beside it."""
    span = f'<rect class="span" x="{100 * low:.1f}" y="5" width="{max(0.5, 100 * (high - low)):.1f}" height="6"/>'
    dot = "" if share is None else f'<circle class="dot" cx="{100 * share:.1f}" cy="8" r="4"/>'
    line = '<line class="grid" x1="0" x2="100" y1="8" y2="8"/>'
    svg = f'<svg class="interval" viewBox="-4 0 108 16" aria-hidden="true">{line}{span}{dot}</svg>'
    return Markup(svg)  # noqa: S704 - numbers
