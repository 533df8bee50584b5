"""The challenge: what is asked, in which order, and how far the subject has come with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simreg.errors import InputError
from simreg.liveness.actions import RULES
from simreg.liveness.actions.base import Excursion, step
from simreg.liveness.neutral import Reading
from simreg.liveness.types import Action, ActionResult, SeenAction

Challenge = tuple[Action, ...]

MOST_ACTIONS = 8
"""More than a person can follow."""

WINDOW_S = 20.0
"""Seconds in which an action must be done once it is due."""


def parse_challenge(text: str) -> Challenge:
    """Actions out of their names, separated by commas; `InputError` names an unknown one."""
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    known = ", ".join(Action)
    if not names:
        raise InputError("challenge-empty", "The challenge names no action.", f"Give one or more of: {known}.")
    if len(names) > MOST_ACTIONS:
        raise InputError(
            "challenge-too-long", f"The challenge has {len(names)} actions.", f"Ask for {MOST_ACTIONS} at most."
        )
    unknown = [name for name in names if name not in set(Action)]
    if unknown:
        raise InputError("challenge-unknown-action", f"“{unknown[0]}” is not an action.", f"Use one of: {known}.")
    return tuple(Action(name) for name in names)


@dataclass(frozen=True, slots=True)
class Progress:
    """How a challenge stands after some frames.

    ``excursions`` follow all actions, asked for or not; ``due_since_s`` is when the current action became due, None
    before the neutral state is known; ``returning`` is the action that was done and must be over before the next one
    counts; ``fault`` the code of what broke the challenge.
    """

    challenge: Challenge
    window_s: float = WINDOW_S
    excursions: tuple[tuple[Action, Excursion], ...] = tuple((action, Excursion()) for action in RULES)
    results: tuple[ActionResult, ...] = ()
    seen: tuple[SeenAction, ...] = ()
    due_since_s: float | None = None
    returning: Action | None = None
    fault: str | None = None
    faulty: SeenAction | None = None

    @property
    def due(self) -> Action | None:
        """The action that is asked for now; None when the challenge is over."""
        if self.fault or len(self.results) >= len(self.challenge):
            return None
        return self.challenge[len(self.results)]

    @property
    def complete(self) -> bool:
        """Whether every action of a challenge was done in order."""
        return bool(self.challenge) and self.fault is None and len(self.results) == len(self.challenge)

    def excursion(self, action: Action) -> Excursion:
        """How one action stands."""
        return dict(self.excursions)[action]


def advance(progress: Progress, reading: Reading) -> Progress:
    """The progress after one more frame in which the subject's face was seen and their neutral state is known."""
    due_since = progress.due_since_s if progress.due_since_s is not None else reading.time_s
    excursions, done, over = [], [], {}
    for action, before in progress.excursions:
        after, event = step(RULES[action], before, reading)
        excursions.append((action, after))
        if event is not None:
            done.append(SeenAction(action, event.start_s, event.end_s))
        elif before.done and before.start_s is not None:
            over[action, before.start_s] = reading.time_s
    progress = _last_until(progress, over)
    progress = replace(progress, excursions=tuple(excursions), seen=(*progress.seen, *done), due_since_s=due_since)
    progress = _let_return(progress, reading.time_s)
    for seen in done:
        progress = _judge(progress, seen)
    since = progress.due_since_s
    if progress.due and progress.returning is None and since is not None and reading.time_s - since > progress.window_s:
        return replace(progress, fault="too-late")
    return progress


def _last_until(progress: Progress, over: dict[tuple[Action, float], float]) -> Progress:
    """Actions that were held last until they are over; ``over`` gives the time so far by action and start."""
    if not over:
        return progress
    seen = (replace(s, end_s=over.get((s.action, s.start_s), s.end_s)) for s in progress.seen)
    results = (
        r if r.start_s is None else replace(r, end_s=over.get((r.action, r.start_s), r.end_s)) for r in progress.results
    )
    return replace(progress, seen=tuple(seen), results=tuple(results))


def close(progress: Progress) -> tuple[tuple[ActionResult, ...], str | None]:
    """Results for every action asked for, and the fault if the capture ends here."""
    missing = progress.challenge[len(progress.results) :]
    results = (*progress.results, *(ActionResult(action, False, None, None) for action in missing))
    return results, progress.fault or ("action-missing" if missing else None)


def _let_return(progress: Progress, now: float) -> Progress:
    """The next action becomes due once the one before is over."""
    if progress.returning is None or not progress.excursion(progress.returning).at_rest:
        return progress
    return replace(progress, returning=None, due_since_s=now)


def _judge(progress: Progress, seen: SeenAction) -> Progress:
    """What an action that was just done means for the challenge."""
    due = progress.due
    if due is None:
        return progress
    in_time = progress.returning is None and seen.start_s >= (progress.due_since_s or 0.0)
    if seen.action is due and in_time:
        result = ActionResult(due, True, seen.start_s, seen.end_s, progress.due_since_s)
        at_rest = progress.excursion(due).at_rest
        return replace(
            progress,
            results=(*progress.results, result),
            returning=None if at_rest else due,
            due_since_s=seen.end_s if at_rest else progress.due_since_s,
        )
    rule = RULES[seen.action]
    unasked_turn = rule.is_turn and seen.action is not due
    if unasked_turn or (in_time and RULES[due].opposite is seen.action):
        return replace(progress, fault="wrong-action", faulty=seen)
    return progress


def draw(actions: Sequence[Action], picks: Sequence[int]) -> Challenge:
    """The challenge that random numbers pick from the actions a subject can do; ``picks`` come from the caller.

    Each pick is any non-negative integer; an action never follows itself.
    """
    drawn: list[Action] = []
    for pick in picks:
        choice = [action for action in actions if not drawn or action is not drawn[-1]]
        if not choice:
            raise InputError("challenge-too-few-actions", "There is only one action to draw from.", "Allow two or more.")
        drawn.append(choice[pick % len(choice)])
    return tuple(drawn)
