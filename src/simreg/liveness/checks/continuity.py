"""continuity: the capture is one piece, without cuts.

A cut moves the face and the picture at once between two frames, far more than in the frames around them. A quick
movement does that too, but its neighbours move as well.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simreg.face.types import Observation
from simreg.liveness.checks.base import at_most, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "continuity"
MOST_JUMP = 2.6
"""How many times a step may exceed the largest step around it."""

AROUND = 4
"""Steps before and after that a step is held against."""

START_S = 0.2
"""A camera may still settle in the first moments."""

PICTURE_FLOOR, FACE_FLOOR = 0.6, 0.02
"""Grey levels, and eye distances, that count as no movement."""

STEADY = (4, 5, 6, 168, 195, 197, 33, 263, 133, 362, 127, 356, 10, 151, 9)
"""Landmarks that move with the head alone."""


def check(evidence: Evidence) -> CheckResult:
    """Largest jump of face and picture between two frames over the steps around it."""
    jumps = [jump for run in unbroken(evidence.observations) for jump in jump_sizes(run)]
    jumps += gap_jumps(evidence.observations)
    if not jumps:
        return not_assessed(NAME, MOST_JUMP, "There were too few frames in a row with a face.", above=False)
    return at_most(
        NAME,
        max(jumps),
        MOST_JUMP,
        "The capture runs without a cut.",
        "Face and picture jump between two frames, as where a recording is cut.",
        suspicious=True,
    )


def unbroken(observations: Sequence[Observation]) -> list[list[Observation]]:
    """Runs of frames that all show the face, without the first moments; each has three frames or more."""
    runs: list[list[Observation]] = [[]]
    for seen in observations:
        if seen.face is None:
            runs.append([])
        elif seen.time_s >= START_S:
            runs[-1].append(seen)
    return [run for run in runs if len(run) >= 3]


def jump_sizes(run: Sequence[Observation]) -> NDArray[np.float64]:
    """For each step of a run: the geometric mean of how far picture and face exceed the largest step around."""
    picture = picture_steps(run)
    face = np.array([_moved(a, b) for a, b in pairwise(run)])
    excess = _over_neighbours(picture, PICTURE_FLOOR) * _over_neighbours(face, FACE_FLOOR)
    return np.asarray(np.sqrt(excess), np.float64)


def gap_jumps(observations: Sequence[Observation]) -> list[float]:
    """For each stretch without a face between two with one: half of how far the picture's largest step there exceeds the
    steps around it. A face that is lost by a movement has moved the picture before, too.
    """
    if len(observations) < 3:
        return []
    steps = picture_steps(observations)
    shown = [index for index, seen in enumerate(observations) if seen.face is not None and seen.time_s >= START_S]
    jumps = []
    for before, after in pairwise(shown):
        if after - before > 1:
            around = np.concatenate([steps[max(0, before - AROUND) : before], steps[after : after + AROUND]])
            across = picture_steps([observations[before], observations[after]]).max()
            largest = max(float(steps[before:after].max()), float(across))
            jumps.append(largest / (PICTURE_FLOOR + float(around.max(initial=0.0))) / 2)
    return jumps


def picture_steps(run: Sequence[Observation]) -> NDArray[np.float64]:
    """Mean absolute difference of the thumbnails of neighbouring frames, grey levels: shape (n - 1,)."""
    small = np.stack([seen.thumbnail for seen in run]).astype(np.int16)
    return np.asarray(np.abs(np.diff(small, axis=0)).mean(axis=(1, 2)), np.float64)


def _moved(before: Observation, now: Observation) -> float:
    if before.face is None or now.face is None:
        return 0.0
    path = now.face.points[list(STEADY), :2] - before.face.points[list(STEADY), :2]
    return float(np.linalg.norm(path, axis=1).mean()) / max(before.face.eye_distance, 1e-6)


def _over_neighbours(steps: NDArray[np.float64], floor: float) -> NDArray[np.float64]:
    padded = np.pad(steps, AROUND)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * AROUND + 1).copy()
    windows[:, AROUND] = 0
    return np.asarray(steps / (floor + windows.max(axis=1)), np.float64)
