"""Which stretches of time the figure marks, and where their labels go without touching each other."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from simreg.liveness.types import Action, ActionResult, PadResult, SeenAction
from simreg.report.axis import Scale
from simreg.report.texts.types import ActionTexts

NARROW = 296
"""Width in pixels of the plot on a small phone: labels that are apart there are apart everywhere."""

MOST_ROWS = 4
"""Rows of labels; what finds no place in them goes without, and stands in the table all the same."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of time in which an action was seen; ``passed`` where it was asked for and came when due."""

    action: Action
    start_s: float
    end_s: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A word at a place across the drawing (0..100), in a row counted from the top; ``anchor`` as in SVG."""

    text: str
    place: float
    anchor: str
    row: int
    passed: bool


def unasked(pad: PadResult) -> tuple[SeenAction, ...]:
    """Actions that were seen and are none of those that passed."""
    return tuple(seen for seen in pad.seen if not any(_same(seen, result) for result in pad.actions))


def bands(pad: PadResult) -> tuple[Band, ...]:
    """All stretches to mark, in order of time."""
    marked = [
        Band(result.action, result.start_s, result.end_s, True)
        for result in pad.actions
        if result.passed and result.start_s is not None and result.end_s is not None
    ]
    marked += [Band(seen.action, seen.start_s, seen.end_s, False) for seen in unasked(pad)]
    return tuple(sorted(marked, key=lambda band: band.start_s))


def labels(marked: Sequence[Band], time: Scale, words: ActionTexts) -> tuple[Label, ...]:
    """A label for each band, those that passed first, in as few rows as keep them apart on a narrow screen."""
    placed: list[tuple[float, float, int]] = []
    found: list[Label] = []
    for band in sorted(marked, key=lambda band: not band.passed):
        text = words.names[band.action]
        middle = (time(band.start_s) + time(band.end_s)) / 2
        half = text_width(text) / NARROW * 50
        anchor, left = "middle", middle - half
        if left < 0:
            anchor, middle, left = "start", 0.0, 0.0
        elif middle + half > 100:
            anchor, middle, left = "end", 100.0, 100 - 2 * half
        row = _free_row(placed, left, left + 2 * half)
        if row < MOST_ROWS:
            placed.append((left, left + 2 * half, row))
            found.append(Label(text, middle, anchor, row, band.passed))
    return tuple(found)


def text_width(text: str) -> float:
    """About how many pixels a text takes at twelve pixels of size, with a little air."""
    return 8 + sum(12 if unicodedata.east_asian_width(letter) in "WF" else 6.8 for letter in text)


def _free_row(placed: Sequence[tuple[float, float, int]], left: float, right: float) -> int:
    row = 0
    while any(used == row and left < end and start < right for start, end, used in placed):
        row += 1
    return row


def _same(seen: SeenAction, result: ActionResult) -> bool:
    if not result.passed or result.action is not seen.action or result.start_s is None or result.end_s is None:
        return False
    return seen.start_s <= result.end_s and result.start_s <= seen.end_s
