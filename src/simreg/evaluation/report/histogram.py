"""How two kinds of similarities are spread, each as shares of its own number, with the threshold between them."""

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from simreg.report.axis import Scale, ticks
from simreg.report.formats import number
from simreg.report.svg import across, tag

HEIGHT, ABOVE, BELOW = 180, 22, 44
STRETCH = 1000
"""Width of the inner drawing, in its own units."""


def histogram(
    mated: Sequence[int], non_mated: Sequence[int], lines: Sequence[tuple[float, str]], label: str, low: float = -1.0
) -> Markup:
    """Two outlines over similarities from ``low`` to 1; ``lines`` are similarities to be marked, with a word each.

    Both counts are of bins of equal width from -1 to 1. Nothing is drawn without counts.
    """
    kinds = [(kind, counts) for kind, counts in (("non-mated", non_mated), ("mated", mated)) if sum(counts)]
    if not kinds:
        return Markup("")
    first = max(low, -1.0)
    scale, wide = Scale(first, 1.0), Scale(first, 1.0, 0.0, float(STRETCH))
    top = max(max(counts) / sum(counts) for _, counts in kinds)
    drawn = (_outline(kind, counts, wide, Scale(0.0, top, float(HEIGHT), 0.0)) for kind, counts in kinds)
    inner = tag(
        "svg",
        *drawn,
        class_="stretched",
        y=float(ABOVE),
        width="100%",
        height=float(HEIGHT),
        viewBox=f"0 0 {STRETCH} {HEIGHT}",
        preserveAspectRatio="none",
    )
    bottom = float(ABOVE + HEIGHT)
    parts = [
        inner,
        tag("line", class_="axis", x1="0", x2="100%", y1=bottom, y2=bottom),
        *(
            tag("text", number(value), class_="tick", x=across(scale(value)), y=bottom + 18, text_anchor="middle")
            for value in ticks(first, 1.0, 6)
        ),
        tag("text", "similarity", class_="tick", x="100%", y=bottom + 38, text_anchor="end"),
        *(_line(value, word, scale, bottom) for value, word in lines),
    ]
    return tag("svg", *parts, class_="chart", role="img", aria_label=label, width="100%", height=bottom + BELOW)


def lowest(mated: Sequence[int], non_mated: Sequence[int]) -> float:
    """A round similarity below which hardly any lies: one in 5,000 of either kind."""
    edges = [-1.0]
    for counts in (mated, non_mated):
        seen = 0
        for place, count in enumerate(counts):
            seen += count
            if seen * 5000 > sum(counts):
                edges.append(-1 + 2 * place / len(counts))
                break
    return max(-1.0, int((min(edges[1:], default=-1.0) - 0.1) * 5) / 5)


def _outline(kind: str, counts: Sequence[int], wide: Scale, down: Scale) -> Markup:
    total, bins = sum(counts), len(counts)
    edges = [-1 + 2 * place / bins for place in range(bins + 1)]
    steps = [
        f"L{wide(left):.1f} {down(count / total):.1f}L{wide(right):.1f} {down(count / total):.1f}"
        for (left, right), count in zip(pairwise(edges), counts, strict=True)
        if right > wide.low
    ]
    path = f"M0 {down(0):.1f}" + "".join(steps) + f"L{STRETCH} {down(0):.1f}Z"
    return tag("path", class_=f"spread {kind}", d=path, vector_effect="non-scaling-stroke")


def _line(value: float, word: str, scale: Scale, bottom: float) -> Markup:
    place = scale(value)
    aside, anchor = (5.0, "start") if place < 60 else (-5.0, "end")
    line = tag("line", class_="border", x1=across(place), x2=across(place), y1="4", y2=bottom)
    return line + tag("text", word, class_="border-label", x=across(place), dx=aside, y=14.0, text_anchor=anchor)
