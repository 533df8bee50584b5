"""What a manipulator finds in a recording: frames at rest, the movements, and a photograph."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Frame, Image
from simreg.evaluation.attacks.types import Take
from simreg.face.eyes import eye_centres, eye_distance, mouth, openness
from simreg.face.pose import pose
from simreg.face.types import Points
from simreg.liveness.types import Action, SeenAction

Floats = NDArray[np.float32]

OWN_FRAME = "The photograph is a frame of the holder's own clip, so it fits the reference better than a found one would."
"""What all species leave out that begin with a photograph."""

NEAR_DEGREES, NEAR_EYES, NEAR_MOUTH = 8.0, 0.75, 0.12
"""A frame is at rest within so many degrees of the usual pose, with eyes so far open, and lips no further apart."""

LEAST_SIZE = 0.6
"""Smallest eye distance of an attacker's recording over that of the subject's."""

NEARLY_ALL = 0.6
"""Share of what is before a performance that must be at rest to be called calm."""

NEARLY_S = 0.5
"""Seconds by which what is before may be too short."""

BEFORE_S, AFTER_S = 0.2, 0.15
"""Seconds before and after a movement that are not at rest yet."""


def interval(take: Take) -> float:
    """Mean time between two frames in seconds."""
    last = len(take.frames) - 1
    mean = take.frames[last].time_s / last if last > 0 else 0.0
    return mean if mean > 0 else 1 / 15


def frames_of(take: Take, seconds: float) -> int:
    """So many seconds of a take in frames, one at least."""
    return max(1, round(seconds / interval(take)))


def numbered(images: Iterable[Image], take: Take) -> Iterator[Frame]:
    """Frames at the take's own rate."""
    step = interval(take)
    for index, image in enumerate(images):
        yield Frame(index, index * step, image)


def nearest(take: Take, time_s: float) -> int:
    """The frame that is shown at a time of the take."""
    times = [frame.time_s for frame in take.frames]
    after = int(np.searchsorted(times, time_s))
    return min((i for i in (after - 1, after) if 0 <= i < len(times)), key=lambda i: abs(times[i] - time_s))


def unrest(take: Take) -> Floats:
    """How far the subject is from looking as usual in each frame, shape (n,).

    Below 1 the subject is at rest, from 2 on some movement is under way, infinite is no face.
    """
    known = [(i, _looks(points)) for i, points in enumerate(take.points) if points is not None]
    found = np.full(len(take.frames), np.inf, np.float32)
    if not known:
        return found
    numbers = np.array([i for i, _ in known])
    looks = np.array([look for _, look in known])
    times = np.array([take.frames[i].time_s for i in numbers])
    busy = np.zeros(len(numbers), bool)
    for seen in take.seen:
        busy |= (times >= seen.start_s - BEFORE_S) & (times <= seen.end_s + AFTER_S)
    usual = np.median(looks if busy.all() else looks[~busy], axis=0)
    turned = np.abs(looks[:, :2] - usual[:2]).max(axis=1) / NEAR_DEGREES
    lids = (1 - looks[:, 2] / max(float(usual[2]), 1e-6)) / (1 - NEAR_EYES)
    lips = (looks[:, 3] - usual[3]) / NEAR_MOUTH
    found[numbers] = np.maximum(np.maximum(turned, lids), lips) + 2 * busy
    return found


def at_rest(take: Take) -> NDArray[np.bool_]:
    """For each frame whether the subject looks as usual and makes none of the movements, shape (n,)."""
    return np.asarray(unrest(take) < 1)


def runs(flags: NDArray[np.bool_], least: int) -> list[range]:
    """Stretches of true flags that are at least so long."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int))).reshape(-1, 2)
    return [range(start, stop) for start, stop in edges.tolist() if stop - start >= least]


def photograph(take: Take) -> tuple[Image, Points] | None:
    """The frame that faces the camera best, with open eyes that look at it and a shut mouth, and its landmarks."""
    looks = [(i, _looks(points), points) for i, points in enumerate(take.points) if points is not None]
    if not looks:
        return None
    usual = float(np.median([look[2] for _, look, _ in looks]))

    def fault(look: tuple[float, float, float, float], points: Points) -> float:
        yaw, pitch, eyes, lips = look
        return abs(yaw) + abs(pitch) / 2 + 200 * abs(eyes - usual) + 20 * lips + 60 * _glance(points)

    index, _, points = min(looks, key=lambda entry: fault(entry[1], entry[2]))
    return take.frames[index].image, points


def _glance(points: Points) -> float:
    """How far the irises are from the middle of the eyes sideways, over the eye distance."""
    irises = (points[468:473, :2].mean(axis=0) + points[473:478, :2].mean(axis=0)) / 2
    aside = irises - eye_centres(points)[:, :2].mean(axis=0)
    return float(np.linalg.norm(aside)) / max(eye_distance(points), 1e-6)


def occurrences(seen: Sequence[SeenAction], challenge: Sequence[Action]) -> list[tuple[SeenAction, ...]]:
    """The ways in which these movements are seen in this order, one for each that the first may be."""
    ordered = sorted(seen, key=lambda s: s.start_s)
    found = []
    for first, candidate in enumerate(ordered):
        chain: list[SeenAction] = []
        for action in ordered[first:]:
            due = challenge[len(chain)]
            if action.action is due and (not chain or action.start_s >= chain[-1].end_s):
                chain.append(action)
            if len(chain) == len(challenge):
                break
        if len(chain) == len(challenge) and chain[0] is candidate:
            found.append(tuple(chain))
    return found


def performance(take: Take, challenge: Sequence[Action], before_s: float, after_s: float) -> range | None:
    """The shortest stretch of a take that shows these movements in this order, with what is before and after.

    One that has so much before it is preferred, so that the subject is seen at rest first.
    """
    ways = occurrences(take.seen, challenge) if challenge else []
    if not ways:
        return None
    best = min(ways, key=lambda way: (way[0].start_s < before_s - NEARLY_S, way[-1].end_s - way[0].start_s))
    return range(nearest(take, best[0].start_s - before_s), nearest(take, best[-1].end_s + after_s) + 1)


def actor(
    others: Sequence[Take], take: Take, chance: np.random.Generator, before_s: float, after_s: float
) -> tuple[Take, range] | None:
    """One of the others, by chance, who does the take's challenge, and the stretch that shows it; None if nobody does.

    Who is seen at rest first is preferred; a face much smaller than the subject's is none.
    """
    found = []
    for index in chance.permutation(len(others)).tolist():
        other: Take = others[index]
        part = performance(other, take.challenge, before_s, after_s)
        if part is not None and size(other) > LEAST_SIZE * size(take):
            found.append((other, part))
    calm = (
        pair for pair in found if at_rest(pair[0])[pair[1].start :][: frames_of(pair[0], before_s)].mean() > NEARLY_ALL
    )
    return next(calm, found[0] if found else None)


def size(take: Take) -> float:
    """Distance of the eyes in pixels, as a rule; 0 where no face is seen."""
    return float(np.median([eye_distance(points) for points in take.points if points is not None] or [0.0]))


def eyes_of(take: Take, part: Sequence[int]) -> NDArray[np.float64] | None:
    """Where the eyes are as a rule in these frames: shape (2, 2), pixels."""
    seen = [eye_centres(points)[:, :2] for i in part if (points := take.points[i]) is not None]
    return np.median(seen, axis=0).astype(np.float64) if seen else None


def _looks(points: Points) -> tuple[float, float, float, float]:
    """Yaw, pitch, the eyes' openness, the mouth's gap."""
    head, eyes = pose(points), openness(points)
    return head.yaw, head.pitch, (eyes.left + eyes.right) / 2, mouth(points)
