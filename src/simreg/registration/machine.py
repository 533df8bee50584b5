"""The one function that changes a case: pure, and total over acts and states."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from simreg.errors import ConflictError, LimitError
from simreg.registration.lock_out import locked_until
from simreg.registration.table import FINAL, TABLE
from simreg.registration.types import Act, Case, Event, Fact, Review, Rules, State, Way

Changes = dict[str, Any]


def opened(case: Case, actor: str) -> tuple[Case, Event]:
    """A new case as it begins, in version 1 and state created, and the event of it."""
    case = replace(case, version=1, state=State.CREATED)
    return case, _event(case, Act.OPEN, case.created_at, actor, {n: getattr(case, n) for n in TABLE[Act.OPEN].facts})


def apply(
    case: Case,
    act: Act,
    at: datetime,
    actor: str,
    rules: Rules,
    elsewhere: Sequence[datetime] = (),
    /,
    **facts: Fact,
) -> tuple[Case, Event]:
    """The case after an act, and the event of it.

    ``at`` is an aware UTC time, ``actor`` who did it; ``elsewhere`` are times of failures in other cases of the same
    line or person, which count for the lock-out. ``facts`` are exactly those that `TABLE` names for the act. Raises
    `ConflictError` where the act is not allowed now, `LimitError` where a limit forbids it.
    """
    if facts.keys() != TABLE[act].facts:
        raise TypeError(f"{act} tells {sorted(TABLE[act].facts)}, not {sorted(facts)}")
    check(case, act, at)
    changes = _changes(case, act, at, actor, rules, [*case.failures, *elsewhere], facts)
    after = replace(case, version=case.version + 1, changed_at=at, **changes)
    return after, _event(after, act, at, actor, facts)


def check(case: Case, act: Act, at: datetime) -> None:
    """Raise `ConflictError` unless state and time allow the act."""
    if case.state not in TABLE[act].before:
        sentence = f"The case is {case.state}: {act} is not possible."
        remedy = "Look at the case as it is now."
        raise ConflictError("case-over" if case.state in FINAL else "act-not-possible", sentence, remedy)
    if act is Act.EXPIRE:
        if at < case.expires_at:
            raise ConflictError("case-not-due", "The case's time is not over.", "Wait until it is, or cancel the case.")
    elif at >= case.expires_at:
        raise ConflictError("case-expired", "The case's time is over.", "Open a new case.")


def acts_possible(case: Case, at: datetime) -> frozenset[Act]:
    """What state and time allow now; a limit or the turn of another reviewer may still stand in the way."""
    return frozenset(act for act in TABLE if _possible(case, act, at))


def _possible(case: Case, act: Act, at: datetime) -> bool:
    try:
        check(case, act, at)
    except ConflictError:
        return False
    return True


def _event(case: Case, act: Act, at: datetime, actor: str, facts: dict[str, Fact]) -> Event:
    return Event(case.id, case.version, act, case.state, at, actor, facts)


def _changes(
    case: Case, act: Act, at: datetime, actor: str, rules: Rules, failures: Sequence[datetime], facts: Changes
) -> Changes:
    """What the act changes in the case."""
    match act:
        case Act.CONSENT:
            return {"state": State.CONSENTED, "consent": facts["text"], "language": facts["language"]}
        case Act.SET_REFERENCE:
            return {"state": State.REFERENCED}
        case Act.BEGIN_ATTEMPT:
            return _begin(case, at, rules, failures, facts)
        case Act.RESTART_ATTEMPT:
            return _restart(case, rules)
        case Act.ATTEMPT_ACCEPTED:
            return {"state": State.ACCEPTED, "accepted_by": Way.FACE, "accepted_attempt": case.attempt}
        case Act.ATTEMPT_REFERRED:
            return {"state": State.REFERRED}
        case Act.ATTEMPT_FAILED:
            locked = locked_until([*failures, at], rules)
            return {"state": _after_failure(case, rules), "failures": (*case.failures, at), "locked_until": locked}
        case Act.ATTEMPT_ABANDONED:
            return {"state": _after_failure(case, rules)}
        case Act.CHOOSE_ALTERNATIVE:
            return {"state": State.ALTERNATIVE}
        case Act.ALTERNATIVE_ACCEPTED:
            return {"state": State.ACCEPTED, "accepted_by": Way.ALTERNATIVE}
        case Act.ALTERNATIVE_REFUSED:
            return {"state": State.REFUSED}
        case Act.REVIEW:
            return _review(case, at, actor, facts)
        case Act.CONFIRM_ACTIVATION:
            return {"state": State.ACTIVATED}
        case Act.WITHDRAW:
            return {"state": State.WITHDRAWN}
        case Act.CANCEL:
            return {"state": State.CANCELLED}
        case Act.EXPIRE:
            return {"state": State.EXPIRED}
        case Act.OPEN:
            raise TypeError("a case is opened once, by opened()")


def _begin(case: Case, at: datetime, rules: Rules, failures: Sequence[datetime], facts: Changes) -> Changes:
    if case.attempts >= rules.attempts:
        sentence = f"All {rules.attempts} attempts have been used."
        raise LimitError("attempts-used", sentence, "Choose the way without a face.")
    locked = locked_until(failures, rules)
    if locked is not None and at < locked:
        sentence = f"There were {rules.failures} failures in a short time."
        raise LimitError("locked-out", sentence, f"Try again after {locked:%H:%M} UTC, or choose the way without a face.")
    return {
        "state": State.CAPTURING,
        "attempt": facts["attempt"],
        "attempts": case.attempts + 1,
        "restarts": 0,
        "locked_until": None,
    }


def _restart(case: Case, rules: Rules) -> Changes:
    if case.restarts >= rules.restarts:
        sentence = f"The attempt was restarted {rules.restarts} times."
        raise LimitError("restarts-used", sentence, "Begin the next attempt.")
    return {"restarts": case.restarts + 1}


def _after_failure(case: Case, rules: Rules) -> State:
    return State.REFERENCED if case.attempts < rules.attempts else State.REFUSED


def _review(case: Case, at: datetime, actor: str, facts: Changes) -> Changes:
    if actor == case.agent:
        raise ConflictError("reviewer-is-agent", "The agent of a case cannot review it.", "Let another person review it.")
    if actor in {review.reviewer for review in case.reviews}:
        raise ConflictError("reviewer-again", "This reviewer has looked at it.", "Let another person review it.")
    reviews = (*case.reviews, Review(actor, bool(facts["accept"]), str(facts["reason"]), at))
    if len(reviews) < case.reviewers:
        return {"reviews": reviews}
    if all(review.accept for review in reviews):
        return {"state": State.ACCEPTED, "reviews": reviews, "accepted_by": Way.REVIEW, "accepted_attempt": case.attempt}
    return {"state": State.REFUSED, "reviews": reviews}
