"""The evidence curves: unbroken runs, stretches without a face, and how far an action went."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from simreg.liveness.types import Action, Sample
from simreg.report.formats import known

Reading = Callable[[Sample], float | None]
"""Takes one value out of a sample."""

Point = tuple[float, float]
"""Time in seconds and value."""


def yaw(sample: Sample) -> float | None:
    """Degrees, positive to the subject's left."""
    return sample.yaw


def pitch(sample: Sample) -> float | None:
    """Degrees, positive upwards."""
    return sample.pitch


def eyes(sample: Sample) -> float | None:
    """Openness over the subject's own open eyes."""
    return sample.eyes


def mouth(sample: Sample) -> float | None:
    """Opening over the subject's own neutral."""
    return sample.mouth


def size(sample: Sample) -> float | None:
    """Width of the face over the subject's own neutral."""
    return sample.size


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch from ``start_s`` to ``end_s`` in which no face was seen."""

    start_s: float
    end_s: float


def points(samples: Sequence[Sample], read: Reading) -> list[Point]:
    """All points of a curve that have a value."""
    return [point for run in runs(samples, read) for point in run]


def runs(samples: Sequence[Sample], read: Reading) -> Iterator[list[Point]]:
    """The stretches of a curve in which every sample has a value, in order."""
    run: list[Point] = []
    for sample in samples:
        value = read(sample)
        if known(value):
            run.append((sample.time_s, value))
        elif run:
            yield run
            run = []
    if run:
        yield run


def gaps(samples: Sequence[Sample]) -> list[Gap]:
    """Stretches without a face, from the last sample that had one to the next that has one again."""
    found: list[Gap] = []
    since = samples[0].time_s if samples else 0.0
    blind = False
    for sample in samples:
        if not any(known(value) for value in (sample.yaw, sample.pitch, sample.eyes, sample.mouth, sample.size)):
            blind = True
            continue
        if blind:
            found.append(Gap(since, sample.time_s))
        since, blind = sample.time_s, False
    if blind:
        found.append(Gap(since, samples[-1].time_s))
    return found


_SHOWS: dict[Action, tuple[Reading, float, float]] = {
    Action.TURN_LEFT: (yaw, 0.0, 1.0),
    Action.TURN_RIGHT: (yaw, 0.0, -1.0),
    Action.LOOK_UP: (pitch, 0.0, 1.0),
    Action.LOOK_DOWN: (pitch, 0.0, -1.0),
    Action.BLINK: (eyes, 1.0, -1.0),
    Action.CLOSE_EYES: (eyes, 1.0, -1.0),
    Action.OPEN_MOUTH: (mouth, 0.0, 1.0),
    Action.APPROACH: (size, 1.0, 1.0),
}
"""The curve in which an action shows, that curve's neutral value, and the side to which it leaves it."""


def curve_of(action: Action) -> Reading:
    """The curve in which an action shows."""
    return _SHOWS[action][0]


def rises(action: Action) -> bool:
    """Whether an action shows as a high value of its curve rather than a low one."""
    return _SHOWS[action][2] > 0


def peak(samples: Sequence[Sample], action: Action, start_s: float, end_s: float) -> Point | None:
    """When an action went furthest, and how far; None where its curve has no value in that time.

    A movement goes on after the moment at which it counted: it is followed until half of it is taken back.
    """
    read, neutral, side = _SHOWS[action]

    def extent(point: Point) -> float:
        return side * (point[1] - neutral)

    later = points([sample for sample in samples if sample.time_s >= start_s], read)
    within = [point for point in later if point[0] <= end_s]
    if not within:
        return None
    furthest = max(within, key=extent)
    for point in later[len(within) :]:
        if extent(point) < extent(furthest) / 2:
            break
        furthest = max(furthest, point, key=extent)
    return furthest
