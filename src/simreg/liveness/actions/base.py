"""What all actions share: a signal leaves the neutral state, is held, and comes back."""

from collections.abc import Callable
from dataclasses import dataclass

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
    ``opposite`` is the action that is a fault while this one is due.
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


@dataclass(frozen=True, slots=True)
class Excursion:
    """How an action stands.

    ``start_s`` is when its signal left neutral (None at rest), ``frames`` how many were above the limit since, ``last_s``
    the last of them, ``done`` whether it counted, ``value`` the signal now (None where it cannot be judged).
    """

    start_s: float | None = None
    last_s: float = 0.0
    frames: int = 0
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
    value = rule.signal(reading)
    if value is None:
        return Excursion(state.start_s, state.last_s, state.frames, state.done, None), None
    if state.start_s is None:
        if value < rule.enter:
            return Excursion(value=value), None
        return _held(rule, Excursion(reading.time_s, reading.time_s, 1, False, value), reading.time_s)
    if value < rule.leave:
        took = reading.time_s - state.start_s
        brief = rule.longest_s is not None and rule.hold_s <= took <= rule.longest_s
        return Excursion(value=value), Done(state.start_s, reading.time_s) if brief else None
    if value < rule.enter:
        return Excursion(state.start_s, state.last_s, state.frames, state.done, value), None
    return _held(rule, Excursion(state.start_s, reading.time_s, state.frames + 1, state.done, value), reading.time_s)


def _held(rule: ActionRule, state: Excursion, now: float) -> tuple[Excursion, Done | None]:
    start = state.start_s if state.start_s is not None else now
    long_enough = now - start >= rule.hold_s and state.frames >= rule.least_frames
    if state.done or rule.longest_s is not None or not long_enough:
        return state, None
    return Excursion(state.start_s, state.last_s, state.frames, True, state.value), Done(start, now)
