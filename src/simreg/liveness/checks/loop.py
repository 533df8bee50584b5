"""loop: no stretch of the capture is played twice, forwards or backwards.

A stretch that comes again differs from the first time by less than the movement in it; a person who repeats a movement
never comes that close.
"""

import math

import numpy as np
from numpy.typing import NDArray

from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "loop"
LEAST_DIFFERENCE = 0.15
"""Largest difference of two stretches over the movement in the first."""

STRETCH_S = 0.8
LEAST_MOVEMENT = 0.75
"""Grey levels (root mean square): with less movement in a stretch nothing can be told."""

MOST_STRETCH = 200
"""Frames; no camera gives more in a stretch."""

MOST_FRAMES = 900
"""Longer captures are looked at in this many frames at a time, as the work grows with the square."""


def check(evidence: Evidence) -> CheckResult:
    """Smallest difference of two stretches over the movement in the first."""
    frames, times = evidence.observations, evidence.times
    duration = float(np.ptp(times)) if len(times) else 0.0
    if duration < 2 * STRETCH_S:
        return not_assessed(NAME, LEAST_DIFFERENCE, "The capture is too short to look for repetitions.")
    stretch = max(6, round(STRETCH_S * (len(frames) - 1) / duration))
    if stretch > MOST_STRETCH:
        return not_assessed(NAME, LEAST_DIFFERENCE, "There are too many frames a second to look for repetitions.")
    pictures = np.stack([seen.thumbnail for seen in frames]).reshape(len(frames), -1).astype(np.float32)
    parts = [pictures[start : start + MOST_FRAMES] for start in range(0, len(pictures), MOST_FRAMES // 2)]
    least = min((least_difference(part, stretch) for part in parts if len(part) >= 2 * stretch), default=math.inf)
    if math.isinf(least):
        return not_assessed(NAME, LEAST_DIFFERENCE, "There is too little movement to look for repetitions.")
    return at_least(
        NAME,
        least,
        LEAST_DIFFERENCE,
        "No part of the capture is played twice.",
        "A part of the capture is played twice.",
        suspicious=True,
    )


def least_difference(pictures: NDArray[np.float32], stretch: int) -> float:
    """Over all pairs of stretches of so many frames that do not overlap, in either direction; infinite without movement.

    ``pictures`` has shape (n, pixels), grey levels.
    """
    squares = np.square(pictures).sum(axis=1)
    gaps = squares[:, None] + squares[None] - 2 * pictures @ pictures.T
    distance = np.sqrt(np.maximum(gaps, 0) / pictures.shape[1])
    best = math.inf
    starts = len(pictures) - stretch + 1
    movement = np.array([distance[s : s + stretch, s : s + stretch].max() for s in range(starts)])
    for lag in range(stretch, len(pictures) - stretch + 1):
        line = np.diagonal(distance, lag)
        best = min(best, _best(_running_max(line, stretch), movement))
    for total in range(2 * stretch - 1, 2 * len(pictures) - 2 * stretch):
        first = np.arange(max(0, total - len(pictures) + 1), (total - stretch) // 2 + 1)
        if len(first) >= stretch:
            line = distance[first, total - first]
            best = min(best, _best(_running_max(line, stretch), movement[first[0] :]))
    return best


def _running_max(values: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    if len(values) < length:
        return np.empty(0, np.float32)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(values, length).max(axis=1), np.float32)


def _best(differences: NDArray[np.float32], movement: NDArray[np.float32]) -> float:
    there = movement[: len(differences)]
    moving = there >= LEAST_MOVEMENT
    return float((differences[moving] / there[moving]).min()) if moving.any() else math.inf
