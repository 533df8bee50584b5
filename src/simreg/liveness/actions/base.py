"""What all actions share: a signal leaves the neutral state, is held, and comes back."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from simreg.liveness.neutral import Reading
from simreg.liveness.types import Action

Signal = Callable[[Reading], float | None]
"""How far an action has gone in one frame, in the unit of its limits; None where it cannot be judged."""


@dataclass(frozen=True, slots=True)
class ActionRule:
    """When a signal counts as an action.

    It starts when the signal reaches ``enter``, is done once that was held for ``hold_s`` seconds (and ``least_frames``
    frames), and is over when the signal falls below ``leave``. With ``longest_s`` the action is done only when it is
    over, and only if it took no longer. ``is_turn`` marks actions that are a fault when nobody asked for them;
    ``opposite`` is the action that is a fault when it begins while this one is due.
    """

    action: Action
    signal: Signal
    enter: float
    leave: float
    hold_s: float
    least_frames: int = 2
    longest_s: float | None = None
    is_turn: bool = False
    opposite: Action | None = None


GRACE = 1
"""Frames that a held signal may fall below its limit: one may be misread."""


@dataclass(frozen=True, slots=True)
class Excursion:
    """How an action stands.

    ``start_s`` is when its signal left neutral (None at rest), ``held_since_s`` since when it is above the limit without
    a break (None when it is not), ``frames`` how many frames that are, ``missed`` how many fell below it just now,
    ``done`` whether the action counted, ``value`` the signal now (None where it cannot be judged).
    """

    start_s: float | None = None
    held_since_s: float | None = None
    frames: int = 0
    missed: int = 0
    done: bool = False
    value: float | None = None

    @property
    def at_rest(self) -> bool:
        """Whether the signal is at its neutral state."""
        return self.start_s is None


@dataclass(frozen=True, slots=True)
class Done:
    """An action that counted, in seconds of the capture."""

    start_s: float
    end_s: float


def step(rule: ActionRule, state: Excursion, reading: Reading) -> tuple[Excursion, Done | None]:
    """The excursion after one more frame, and the action if this frame completed it."""
    value, now = rule.signal(reading), reading.time_s
    if value is not None and value >= rule.enter:
        return _held(rule, replace(state, value=value), now)
    if state.start_s is None:
        return Excursion(value=value), None
    if value is not None and value < rule.leave:
        took = now - state.start_s
        brief = rule.longest_s is not None and rule.hold_s <= took <= rule.longest_s
        return Excursion(value=value), Done(state.start_s, now) if brief else None
    if value is not None and state.missed < GRACE:
        return replace(state, missed=state.missed + 1, value=value), None
    return Excursion(start_s=state.start_s, done=state.done, value=value), None


def _held(rule: ActionRule, state: Excursion, now: float) -> tuple[Excursion, Done | None]:
    since = now if state.held_since_s is None else state.held_since_s
    start = now if state.start_s is None else state.start_s
    state = replace(state, start_s=start, held_since_s=since, frames=state.frames + 1, missed=0)
    long_enough = now - since >= rule.hold_s and state.frames >= rule.least_frames
    if state.done or rule.longest_s is not None or not long_enough:
        return state, None
    return replace(state, done=True), Done(start, now)
