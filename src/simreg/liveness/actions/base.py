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
    over, and only if it took no longer; with ``recovery`` also when the signal has fallen so far below its peak and has
    stayed there for `SETTLED_S`, though it is over, and may come again, only below ``leave``. ``is_turn`` marks actions
    that are a fault when nobody asked for them; ``opposite`` is the action that is a fault when it begins while this one
    is due.
    """

    action: Action
    signal: Signal
    enter: float
    leave: float
    hold_s: float
    least_frames: int = 2
    longest_s: float | None = None
    recovery: float | None = None
    is_turn: bool = False
    opposite: Action | None = None


SETTLED_S = 0.25
"""Seconds that a signal must stay recovered: lids flutter within a long closure."""

GRACE = 1
"""Frames that a held signal may fall below its limit: one may be misread."""


@dataclass(frozen=True, slots=True)
class Excursion:
    """How an action stands.

    ``start_s`` is when its signal left neutral (None at rest), ``held_since_s`` since when it is above the limit without
    a break (None when it is not), ``frames`` how many frames that are, ``missed`` how many fell below it just now,
    ``done`` whether the action counted, ``value`` the signal now (None where it cannot be judged), ``peak`` the highest
    it was since it left neutral, ``recovered_s`` since when it is well below that (None when it is not).
    """

    start_s: float | None = None
    held_since_s: float | None = None
    frames: int = 0
    missed: int = 0
    done: bool = False
    value: float | None = None
    peak: float = 0.0
    recovered_s: float | None = None

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
        return _held(rule, replace(state, value=value, peak=max(state.peak, value), recovered_s=None), now)
    if state.start_s is None:
        return Excursion(value=value), None
    if value is not None and value < rule.leave:
        counts = not state.done and _brief(rule, now - state.start_s)
        return Excursion(value=value), Done(state.start_s, now) if counts else None
    since = _recovered(rule, state, value, now)
    if value is not None and state.missed < GRACE:
        return replace(state, missed=state.missed + 1, value=value, recovered_s=since), None
    after = Excursion(start_s=state.start_s, done=state.done, value=value, peak=state.peak, recovered_s=since)
    if since is None or now - since < SETTLED_S or state.done or not _brief(rule, since - state.start_s):
        return after, None
    return replace(after, done=True), Done(state.start_s, since)


def _brief(rule: ActionRule, took_s: float) -> bool:
    """Whether an excursion of this length was as brief as the rule asks for; False where it asks for none."""
    return rule.longest_s is not None and rule.hold_s <= took_s <= rule.longest_s


def _recovered(rule: ActionRule, state: Excursion, value: float | None, now: float) -> float | None:
    """Since when the signal is so far below its peak as the rule's ``recovery`` says."""
    if rule.recovery is None or value is None or value > state.peak - rule.recovery:
        return None
    return now if state.recovered_s is None else state.recovered_s


def _held(rule: ActionRule, state: Excursion, now: float) -> tuple[Excursion, Done | None]:
    since = now if state.held_since_s is None else state.held_since_s
    start = now if state.start_s is None else state.start_s
    state = replace(state, start_s=start, held_since_s=since, frames=state.frames + 1, missed=0)
    long_enough = now - since >= rule.hold_s and state.frames >= rule.least_frames
    if state.done or rule.longest_s is not None or not long_enough:
        return state, None
    return replace(state, done=True), Done(start, now)
