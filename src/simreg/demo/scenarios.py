"""What a subject made by code does before the camera: follows a challenge, ignores it, or is only a print."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simreg.capture.frame import Frame
from simreg.demo.head import Head, HeadState
from simreg.demo.motion import Move, Sway, at, duration
from simreg.liveness.types import Action

FPS = 15
"""Frames a second."""

SETTLE_S = 1.6
"""Seconds of looking at the camera before anything is done."""

REST = HeadState()

PERFORMED: dict[Action, tuple[HeadState, float, float]] = {
    Action.TURN_LEFT: (HeadState(yaw=36, roll=2), 0.8, 0.5),
    Action.TURN_RIGHT: (HeadState(yaw=-36, roll=-2), 0.8, 0.5),
    Action.LOOK_UP: (HeadState(pitch=22), 0.7, 0.5),
    Action.LOOK_DOWN: (HeadState(pitch=-22), 0.7, 0.5),
    Action.BLINK: (HeadState(eyes=0), 0.14, 0.15),
    Action.CLOSE_EYES: (HeadState(eyes=0), 0.2, 1.4),
    Action.OPEN_MOUTH: (HeadState(mouth=1), 0.4, 0.6),
    Action.APPROACH: (HeadState(scale=1.5), 1.0, 0.6),
}
"""How each action is done: the state to reach, the seconds it takes and those it is held."""

WITH_PRINT: dict[Action, HeadState] = {
    Action.TURN_LEFT: HeadState(yaw=50, x=0.15),
    Action.TURN_RIGHT: HeadState(yaw=-50, x=-0.15),
    Action.LOOK_UP: HeadState(pitch=35, y=-0.05),
    Action.LOOK_DOWN: HeadState(pitch=-35, y=0.05),
    Action.BLINK: HeadState(y=0.04, roll=3),
    Action.CLOSE_EYES: HeadState(y=0.04, roll=-3),
    Action.OPEN_MOUTH: HeadState(y=-0.04, roll=3),
    Action.APPROACH: HeadState(scale=1.5),
}
"""What can be tried with a print instead."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Frames of a head that makes these moves: iterate over it, as often as you like."""

    head: Head
    moves: tuple[Move, ...]
    sway: Sway

    def __len__(self) -> int:
        return round(duration(self.moves) * FPS) + 1

    def __iter__(self) -> Iterator[Frame]:
        for index in range(len(self)):
            time_s = index / FPS
            state = self.sway.added(at(self.moves, time_s), time_s)
            yield Frame(index, time_s, self.head.render(state, shot=index))


def live(head: Head, challenge: Sequence[Action], seed: int = 0) -> Scene:
    """A head that does what is asked, in order and with rests in between."""
    return _scene(head, [move for action in challenge for move in _done(action)], Sway(seed))


def ignores(head: Head, challenge: Sequence[Action], seed: int = 0) -> Scene:
    """A head that does as many other things, none of them asked for."""
    others = [action for action in Action if action not in challenge]
    return _scene(head, [move for action in others[: len(challenge)] for move in _done(action)], Sway(seed))


def flat_print(printed: Head, challenge: Sequence[Action], seed: int = 0) -> Scene:
    """A print held before the camera, turned and moved for whatever is asked."""
    moves = [m for action in challenge for m in (Move(WITH_PRINT[action], 0.9, 0.5), Move(REST, 0.9, 0.6))]
    return _scene(printed, moves, Sway(seed, size=1.6))


def _done(action: Action) -> tuple[Move, Move]:
    state, takes, stays = PERFORMED[action]
    return Move(state, takes, stays), Move(REST, takes, 0.9)


def _scene(head: Head, moves: Sequence[Move], sway: Sway) -> Scene:
    settled = Move(REST, 0.0, SETTLE_S if moves else 2 * SETTLE_S)
    return Scene(head, (settled, *moves), sway)
