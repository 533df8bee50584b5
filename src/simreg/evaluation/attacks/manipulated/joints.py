"""Cuts pieces of a recording together where they are most alike, clean or with a blend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.evaluation.attacks.manipulated.footage import frames_of
from simreg.evaluation.attacks.manipulated.morph import Picture, morph
from simreg.evaluation.attacks.types import Take
from simreg.face.eyes import eye_distance
from simreg.face.observe import thumbnail
from simreg.liveness.types import SeenAction

FACE_WEIGHT = 30.0
"""Grey levels of the picture that one eye distance of the face counts as."""

FEW = 45
"""Places that are tried at most on either side of a joint."""

SLACK_S = 0.7
"""Seconds before and after a movement in which a piece may begin and end."""

LEAST_SKIP_S = 0.25
"""Seconds of the recording that a joint leaves out or goes back, if it can: with fewer it would be none."""

BLEND_S = 0.25
"""Seconds that a blend takes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of frames around what must be shown: frames where it may begin, and where it may stop (exclusive)."""

    starts: range
    stops: range


def idle(run: range) -> Piece:
    """A stretch at rest, of which the middle at least is kept."""
    quarter = max(1, len(run) // 4)
    return Piece(range(run.start, run.start + quarter), range(run.stop - quarter + 1, run.stop + 1))


def around(take: Take, seen: SeenAction, unrest: NDArray[np.float32]) -> Piece | None:
    """A movement with the frames at rest next to it; None where the recording begins with it.

    Where there are none it goes from and to the calmest frames near by, or to the recording's end.
    """
    times = np.array([frame.time_s for frame in take.frames])
    before = np.flatnonzero((times >= seen.start_s - SLACK_S) & (times < seen.start_s))
    after = np.flatnonzero((times > seen.end_s) & (times <= seen.end_s + SLACK_S))
    if not before.size:
        return None
    if not after.size:
        after = np.array([len(times) - 1])
    quiet = before[unrest[before] < 1].tolist() or [int(before[unrest[before].argmin()])]
    later = after[unrest[after] < 1].tolist() or [int(after[unrest[after].argmin()])]
    return Piece(range(_run_start(quiet), quiet[-1] + 1), range(later[0] + 1, _run_stop(later) + 1))


def _run_start(numbers: list[int]) -> int:
    """Where the last run of neighbours begins."""
    start = numbers[-1]
    while start - 1 in numbers:
        start -= 1
    return start


def _run_stop(numbers: list[int]) -> int:
    """Just after the first run of neighbours."""
    stop = numbers[0] + 1
    while stop in numbers:
        stop += 1
    return stop


def fitted(take: Take, pieces: Sequence[Piece]) -> list[range]:
    """Each piece from the start to the stop that make every joint as little seen as can be."""
    starts, stops = [pieces[0].starts[0]], []
    for before, after in pairwise(pieces):
        stop, start = _best_joint(take, before.stops, after.starts)
        stops.append(stop)
        starts.append(start)
    stops.append(pieces[-1].stops[-1])
    return [range(start, stop) for start, stop in zip(starts, stops, strict=True)]


def cut(take: Take, parts: Sequence[range]) -> Iterator[Image]:
    """The pictures of these stretches, one after the other."""
    for part in parts:
        for index in part:
            yield take.frames[index].image


def blended(take: Take, parts: Sequence[range]) -> Iterator[Image]:
    """The same with every joint blended: both sides go on, move towards each other and fade."""
    half, last = frames_of(take, BLEND_S) // 2 + 1, len(take.frames) - 1
    for number, part in enumerate(parts):
        head = half if number > 0 else 0
        tail = half if number + 1 < len(parts) else 0
        for index in range(part.start + head, max(part.start + head, part.stop - tail)):
            yield take.frames[index].image
        if tail:
            following = parts[number + 1]
            for step in range(2 * half):
                leaving, coming = part.stop - half + step, following.start - half + step
                shown = [seen(take, min(last, max(0, i))) for i in (leaving, coming)]
                yield morph(shown[0], shown[1], (step + 1) / (2 * half + 1))


def _best_joint(take: Take, stops: range, starts: range) -> tuple[int, int]:
    """Where to leave and where to go on: the picture after the last one shown is like the first one of the next piece."""
    leave, enter = _spread(stops), _spread(starts)
    left = [_seen(take, min(stop, len(take.frames) - 1)) for stop in leave]
    entered = [_seen(take, start) for start in enter]
    unlike = np.array([[_unlike(a, b) for b in entered] for a in left])
    skipped = np.abs(np.array(leave)[:, None] - np.array(enter)[None])
    unlike[skipped < frames_of(take, LEAST_SKIP_S)] += np.float64(FACE_WEIGHT * 100)
    row, column = np.unravel_index(int(unlike.argmin()), unlike.shape)
    return leave[int(row)], enter[int(column)]


def seen(take: Take, index: int) -> Picture:
    """A frame and the landmarks in it."""
    return Picture(take.frames[index].image, take.points[index])


def _spread(places: range) -> range:
    return places[:: max(1, len(places) // FEW)]


Seen = tuple[NDArray[np.float32], NDArray[np.float32] | None]


def _seen(take: Take, index: int) -> Seen:
    points = take.points[index]
    face = None if points is None else points[:, :2] / max(eye_distance(points), 1e-6)
    return thumbnail(take.frames[index].image).astype(np.float32), face


def _unlike(one: Seen, other: Seen) -> float:
    picture = float(np.abs(one[0] - other[0]).mean())
    if one[1] is None or other[1] is None:
        return picture + FACE_WEIGHT
    return picture + FACE_WEIGHT * float(np.linalg.norm(one[1] - other[1], axis=1).mean())
