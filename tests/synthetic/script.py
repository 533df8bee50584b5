"""What happens before the camera: a subject that moves, and what is done to the recording of it.

A `Subject` is moved step by step and gives shots; the functions turn shots into an attack or a fault of the capture;
`film` makes frames of them.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Self

from simreg.capture.frame import Frame
from simreg.liveness.types import Action
from synthetic.head import STRAIGHT, HeadState
from synthetic.picture import Shot, draw

FPS = 15.0

MOVES: dict[Action, tuple[dict[str, float], float, float]] = {
    Action.TURN_LEFT: ({"yaw": 36.0}, 0.6, 0.4),
    Action.TURN_RIGHT: ({"yaw": -36.0}, 0.6, 0.4),
    Action.LOOK_UP: ({"pitch": 22.0}, 0.5, 0.4),
    Action.LOOK_DOWN: ({"pitch": -22.0}, 0.5, 0.4),
    Action.BLINK: ({"eyes": 0.1}, 0.1, 0.1),
    Action.CLOSE_EYES: ({"eyes": 0.1}, 0.1, 1.3),
    Action.OPEN_MOUTH: ({"mouth": 0.6}, 0.4, 0.5),
    Action.APPROACH: ({"width": 160.0}, 0.8, 0.5),
}
"""By action: where it goes, seconds to get there (and back), and seconds that it is held."""


class Subject:
    """A person before the camera who never keeps quite still."""

    def __init__(self, head: HeadState = STRAIGHT, fps: float = FPS, scene: int = 0) -> None:
        self.head = head
        self.fps = fps
        self.scene = scene
        self.shots: list[Shot] = []

    def hold(self, seconds: float) -> Self:
        """Stay as you are."""
        for _ in range(round(seconds * self.fps)):
            self._shoot(self.head)
        return self

    def move(self, seconds: float, **goal: float) -> Self:
        """Go to a state, smoothly."""
        start, end = self.head, self.head.but(**goal)
        count = max(1, round(seconds * self.fps))
        for index in range(1, count + 1):
            share = (1 - math.cos(math.pi * index / count)) / 2
            self.head = between(start, end, share)
            self._shoot(self.head)
        self.head = end
        return self

    def perform(self, action: Action) -> Self:
        """Do an action and come back."""
        rest = self.head
        goal, there, held = MOVES[action]
        self.move(there, **goal).hold(held)
        back = {name: getattr(rest, name) for name in goal if name != "eyes"}
        return self.move(there, **back, **({"eyes": rest.left_eye} if "eyes" in goal else {}))

    def follow(self, challenge: Iterable[Action], rest: float = 0.6) -> Self:
        """Look straight, then do what is asked."""
        self.hold(1.2)
        for action in challenge:
            self.perform(action).hold(rest)
        return self

    def _shoot(self, head: HeadState) -> None:
        index = len(self.shots)
        self.shots.append(Shot((_sway(head, index / self.fps),), scene=self.scene, grain=index))


def between(start: HeadState, end: HeadState, share: float) -> HeadState:
    """The state so far on the way from one to another."""
    names = ("yaw", "pitch", "roll", "left_eye", "right_eye", "mouth", "width", "x", "y")
    ways = {name: getattr(start, name) + share * (getattr(end, name) - getattr(start, name)) for name in names}
    return replace(end, **ways)


def _sway(head: HeadState, now: float) -> HeadState:
    return head.but(
        yaw=head.yaw + 0.7 * math.sin(2.3 * now) + 0.2 * math.sin(17 * now),
        pitch=head.pitch + 0.5 * math.sin(1.7 * now + 1),
        x=head.x + 1.5 * math.sin(1.9 * now) + 0.4 * math.sin(13 * now),
        y=head.y + 1.2 * math.sin(1.3 * now + 2) + 0.3 * math.sin(19 * now),
    )


def film(shots: Sequence[Shot], fps: float = FPS, times: Sequence[float] | None = None) -> list[Frame]:
    """Frames of these shots, at an even rate or at these times in seconds."""
    when = [index / fps for index in range(len(shots))] if times is None else times
    return [Frame(index, time_s, draw(shot)) for index, (time_s, shot) in enumerate(zip(when, shots, strict=True))]


def each(shots: Iterable[Shot], **changes: Any) -> list[Shot]:
    """The same with every head changed."""
    return [replace(shot, heads=tuple(head.but(**changes) for head in shot.heads)) for shot in shots]


def taken(shots: Iterable[Shot], **changes: Any) -> list[Shot]:
    """The same taken otherwise: other light, blur or scene."""
    return [replace(shot, **changes) for shot in shots]


def cut(shots: Sequence[Shot], start: int, stop: int) -> list[Shot]:
    """A piece is left out."""
    return [*shots[:start], *shots[stop:]]


def during(
    shots: Sequence[Shot], start: int, stop: int, change: Callable[[Sequence[Shot]], Sequence[Shot]]
) -> list[Shot]:
    """A piece is replaced by what becomes of it."""
    return [*shots[:start], *change(shots[start:stop]), *shots[stop:]]


def frozen(shots: Sequence[Shot], at: int, count: int) -> list[Shot]:
    """One picture stands still for so many frames."""
    return [*shots[:at], *[shots[at]] * count, *shots[at:]]


def looped(shots: Sequence[Shot], times: int = 2) -> list[Shot]:
    """Played again and again."""
    return [*shots] * times


def ping_pong(shots: Sequence[Shot]) -> list[Shot]:
    """Played forwards, then backwards."""
    return [*shots, *reversed(shots)]


def repeated(shots: Iterable[Shot], times: int = 2) -> list[Shot]:
    """Every picture comes several times in a row."""
    return [shot for shot in shots for _ in range(times)]


def regrained(shots: Sequence[Shot]) -> list[Shot]:
    """Filmed again by another camera: the same pictures with new noise."""
    return [replace(shot, grain=5_000 + index) for index, shot in enumerate(shots)]


def without_faces(shots: Iterable[Shot]) -> list[Shot]:
    """Nobody is there."""
    return taken(shots, heads=())


def joined_by(shots: Iterable[Shot], other: HeadState) -> list[Shot]:
    """Somebody else comes into the picture."""
    return [replace(shot, heads=(*shot.heads, other)) for shot in shots]
