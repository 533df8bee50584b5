"""A person behind a mask, who does with their own eyes what is asked for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from simreg.evaluation.attacks.manipulated.footage import at_rest, nearest
from simreg.evaluation.attacks.presentation.camera import FPS
from simreg.evaluation.attacks.types import Take
from simreg.face.eyes import openness
from simreg.face.types import Points
from simreg.liveness.types import Action, SeenAction

EYES = frozenset({Action.BLINK, Action.CLOSE_EYES})
TURNS = frozenset({Action.TURN_LEFT, Action.TURN_RIGHT})
BEFORE_S, AFTER_S = 0.3, 0.3
"""Seconds of the clip that are played before and after a movement."""

HELD_S = 1.4
"""For how long eyes are kept shut when the clip shows only a blink."""


@dataclass(frozen=True, slots=True)
class Performance:
    """Frames of an attacker's clip, by number, one for each picture of the attack; ``rest`` are the first one's
    landmarks.
    """

    take: Take
    frames: tuple[int, ...]
    rest: Points


def perform(
    others: Sequence[Take], due: Sequence[tuple[float, Action]], seconds: float, own: Collection[Action] = EYES
) -> Performance | None:
    """Somebody else's frames who does what is asked for.

    Whose clip shows all of it in order is played as it is, without a cut, if all are movements of their ``own`` (those
    that the thing before them does not make). Else movements are cut in when they are due, as ``due`` says, with rest in
    between: from the first clip that shows all movements of the eyes, or the first at all in which somebody looks into
    the camera at rest. None where there is nobody.
    """
    fit = [take for take in others if at_rest(take).sum() >= FPS // 2]
    if not fit:
        return None
    challenge = [action for _, action in due]
    if set(challenge) <= set(own):
        whole = next((take for take in fit if take.points[0] is not None and _in_order(take, challenge)), None)
        if whole is not None:
            return _performance(whole, _played(whole, 0.0, whole.frames[-1].time_s))
    wanted = EYES & set(challenge)
    take = next((one for one in fit if all(shown(one, action) for action in wanted)), fit[0])
    frames = _resting(take, round(seconds * FPS) + 1)
    for start_s, action in due:
        seen = shown(take, action)
        if seen is not None:
            part, start = _movement(take, seen, action), round(start_s * FPS)
            frames[start : start + len(part)] = part[: len(frames) - start]
    return _performance(take, frames)


def _performance(take: Take, frames: list[int]) -> Performance | None:
    rest = take.points[frames[0]]
    return None if rest is None else Performance(take, tuple(frames), rest)


def _in_order(take: Take, challenge: Sequence[Action]) -> bool:
    """Whether the take shows these actions one after the other, and no turn that nobody asked for."""
    if {seen.action for seen in take.seen} & TURNS - set(challenge):
        return False
    left = iter(sorted(take.seen, key=lambda seen: seen.start_s))
    return all(any(seen.action is action for seen in left) for action in challenge)


def shown(take: Take, action: Action) -> SeenAction | None:
    """Where the take shows an action; eyes that blink can also be kept shut."""
    found = next((seen for seen in take.seen if seen.action is action), None)
    if found is None and action is Action.CLOSE_EYES:
        return next((seen for seen in take.seen if seen.action is Action.BLINK), None)
    return found


def _played(take: Take, start: float, end: float) -> list[int]:
    """Frames from one time of the take to another."""
    return [nearest(take, start + i / FPS) for i in range(max(2, round((end - start) * FPS)))]


def _movement(take: Take, seen: SeenAction, action: Action) -> list[int]:
    part = _played(take, seen.start_s - BEFORE_S, seen.end_s + AFTER_S)
    if action is Action.CLOSE_EYES and seen.action is Action.BLINK:
        shut = min(range(len(part)), key=lambda i: _open(take, part[i]))
        part[shut:shut] = [part[shut]] * round(HELD_S * FPS)
    return part


def _open(take: Take, index: int) -> float:
    points = take.points[index]
    if points is None:
        return np.inf
    eyes = openness(points)
    return eyes.left + eyes.right


def _resting(take: Take, count: int) -> list[int]:
    """The longest stretch of frames at rest, played to and fro."""
    rest = np.concatenate([[False], at_rest(take), [False]])
    starts, ends = np.flatnonzero(~rest[:-1] & rest[1:]), np.flatnonzero(rest[:-1] & ~rest[1:])
    longest = int(np.argmax(ends - starts))
    forth = list(range(int(starts[longest]), int(ends[longest])))
    there_and_back = forth + forth[-2:0:-1]
    return [there_and_back[i % len(there_and_back)] for i in range(count)]
