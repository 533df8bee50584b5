"""The synthetic head as a function of time: what it does is known at every moment, whenever a frame is taken."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from simreg.face.types import Observation, Points
from simreg.liveness.challenge import Progress
from simreg.liveness.types import Action
from synthetic.head import STRAIGHT, HeadState, landmarks
from synthetic.observed import face_of, observation, walk, watched
from synthetic.picture import Shot
from truth.clock import Clock

SETTLE_S = 2.0
"""Seconds of looking straight before anything is done: five frames of the slowest camera."""


@dataclass(frozen=True, slots=True)
class Move:
    """One value of the head (``eyes`` is both) goes to ``peak`` and back at even speeds, from ``start_s`` on."""

    value: str
    peak: float
    start_s: float
    rise_s: float
    hold_s: float
    fall_s: float

    @property
    def end_s(self) -> float:
        """When it is over."""
        return self.start_s + self.rise_s + self.hold_s + self.fall_s

    def share(self, time_s: float) -> float:
        """How far it has gone: 0 at rest .. 1 at its peak."""
        up, down = (time_s - self.start_s) / self.rise_s, (self.end_s - time_s) / self.fall_s
        return max(0.0, min(up, down, 1.0))

    def beyond(self, share: float) -> tuple[float, float]:
        """From when to when it has gone at least so far."""
        return self.start_s + share * self.rise_s, self.end_s - share * self.fall_s


def blink(length_s: float, start_s: float = SETTLE_S, value: str = "eyes") -> Move:
    """Lids that fall in three tenths of the time and rise in six: shut by more than half for 0.55 of it.

    Lids fall about twice as fast as they rise (Evinger, Manning and Sibony, 1991).
    """
    return Move(value, 0.0, start_s, 0.3 * length_s, 0.1 * length_s, 0.6 * length_s)


_GREY = np.full((36, 48), 100, np.uint8)

HALF_SHUT = 0.55
"""Share of a blink in which the lids are shut by more than half."""


def turn(degrees: float, speed: float, hold_s: float = 0.4, start_s: float = SETTLE_S, value: str = "yaw") -> Move:
    """A head that is turned at so many degrees a second, and back."""
    takes = abs(degrees) / speed
    return Move(value, degrees, start_s, takes, hold_s, takes)


def state(moves: Iterable[Move], time_s: float, rest: HeadState = STRAIGHT) -> HeadState:
    """The head at a time."""
    changes: dict[str, float] = {}
    for move in moves:
        share = move.share(time_s)
        for value in ("left_eye", "right_eye") if move.value == "eyes" else (move.value,):
            now = changes.get(value, getattr(rest, value))
            changes[value] = now + share * (move.peak - now)
    return rest.but(**changes)


def mirror(moves: Iterable[Move]) -> list[Move]:
    """The same as a mirror shows it."""
    other = {"left_eye": "right_eye", "right_eye": "left_eye"}
    turned = {"yaw": -1.0, "roll": -1.0}
    return [
        Move(other.get(m.value, m.value), m.peak * turned.get(m.value, 1.0), m.start_s, m.rise_s, m.hold_s, m.fall_s)
        for m in moves
    ]


def seconds(moves: Sequence[Move]) -> float:
    """How long all of it takes, with a rest at the end."""
    return max((move.end_s for move in moves), default=0.0) + 1.0


def observed(
    moves: Sequence[Move],
    clock: Clock,
    see: Callable[[HeadState], Points] = landmarks,
    rest: HeadState = STRAIGHT,
    until_s: float | None = None,
) -> list[Observation]:
    """What an ideal mesh sees of it, without pictures, to its end or until a time."""
    times = clock.times(until_s or seconds(moves))
    states = [state(moves, now, rest) for now in times]
    made = {head: face_of(see(head)) for head in set(states)}
    faces = [made[head] for head in states]
    return [observation(i, now, face, thumbnail=_GREY) for i, (now, face) in enumerate(zip(times, faces, strict=True))]


def seen(observations: Sequence[Observation], challenge: tuple[Action, ...] = ()) -> Progress:
    """The progress of a challenge after these frames."""
    return walk(observations, challenge)[1]


def shots(moves: Sequence[Move], times: Iterable[float]) -> list[Shot]:
    """Pictures of it, each with its own grain; nobody keeps quite still."""
    return [Shot((sway(state(moves, now), now),), grain=index) for index, now in enumerate(times)]


def filmed(moves: Sequence[Move], clock: Clock) -> list[Observation]:
    """What an observer sees in pictures of it."""
    times = clock.times(seconds(moves))
    return watched(shots(moves, times), times=times)


def sway(head: HeadState, now: float) -> HeadState:
    """The small motion that nobody can help, in degrees and pixels."""
    return head.but(
        yaw=head.yaw + 0.7 * math.sin(2.3 * now),
        pitch=head.pitch + 0.5 * math.sin(1.7 * now + 1),
        x=head.x + 1.5 * math.sin(1.9 * now),
        y=head.y + 1.2 * math.sin(1.3 * now + 2),
    )
