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
    if not 2 * STRETCH_S <= duration < math.inf:
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
    count = len(pictures)
    squares = np.square(pictures).sum(axis=1)
    gaps = squares[:, None] + squares[None] - 2 * pictures @ pictures.T
    distance = np.sqrt(np.maximum(gaps, 0) / pictures.shape[1])
    movement = np.diagonal(_running_max(_running_max(distance, stretch).T, stretch))
    moving = movement >= LEAST_MOVEMENT
    if not moving.any():
        return math.inf
    first = np.arange(count)[None]
    again = first + np.arange(stretch, count)[:, None]
    backwards = np.arange(1, 2 * count - 2)[:, None] - first
    differences = np.minimum(
        _running_max(_at(distance, first, again), stretch).min(axis=0),
        _running_max(_at(distance, first, np.where(backwards > first, backwards, count)), stretch).min(axis=0),
    )
    return float((differences[moving] / movement[moving]).min())


def _at(distance: NDArray[np.float32], first: NDArray[np.int_], second: NDArray[np.int_]) -> NDArray[np.float32]:
    """Distances at pairs of places; infinite where the second place is none."""
    there = (second >= 0) & (second < len(distance))
    return np.where(there, distance[first, np.where(there, second, 0)], np.float32(np.inf))


def _running_max(values: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    """Largest of so many neighbours along each row: shape (rows, columns - length + 1)."""
    covered = 1
    while covered < length:
        ahead = min(covered, length - covered)
        values = np.maximum(values[:, :-ahead], values[:, ahead:])
        covered += ahead
    return values
