"""The state machine of a case."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registration.cases import ACTS, FACTS, RULES, START, any_cases, moments, new_case
from simreg.errors import ConflictError, LimitError
from simreg.registration.lock_out import locked_until
from simreg.registration.machine import acts_possible, apply, check, opened
from simreg.registration.table import FINAL, OPEN, TABLE
from simreg.registration.types import Act, Case, Event, State, Way

SECOND = timedelta(seconds=1)


def after(case: Case, *acts: Act, at: datetime = START, actor: str = "system", **facts: Any) -> Case:
    """The case after these acts."""
    for act in acts:
        case, _ = apply(case, act, at, actor, RULES, **FACTS[act] | facts)
    return case


REFERENCED = after(new_case(), Act.CONSENT, Act.SET_REFERENCE)
CAPTURING = after(REFERENCED, Act.BEGIN_ATTEMPT)
REFERRED = after(CAPTURING, Act.ATTEMPT_REFERRED)
ACCEPTED = after(CAPTURING, Act.ATTEMPT_ACCEPTED)


@given(any_cases(), st.sampled_from(ACTS), moments(), st.sampled_from("abc"))
def test_every_act_on_every_case_gives_what_the_table_says_or_a_conflict(
    case: Case, act: Act, at: datetime, actor: str
) -> None:
    limits = {Act.BEGIN_ATTEMPT, Act.RESTART_ATTEMPT, Act.REVIEW}
    in_time = (act is Act.EXPIRE) == (at >= case.expires_at)
    try:
        changed, event = apply(case, act, at, actor, RULES, **FACTS[act])
    except ConflictError:
        assert case.state not in TABLE[act].before or not in_time or act in limits
        return
    assert in_time
    assert case.state in TABLE[act].before
    assert changed.state in TABLE[act].after
    assert changed.version == case.version + 1
    assert event == Event(case.id, changed.version, act, changed.state, at, actor, FACTS[act])
    same = {"id", "folio", "profile", "transaction", "channel", "line", "subject_hash", "created_at", "expires_at"}
    assert all(getattr(changed, name) == getattr(case, name) for name in same)


@given(any_cases(), moments())
def test_nothing_leads_out_of_a_final_state(case: Case, at: datetime) -> None:
    assert bool(acts_possible(case, at)) <= (case.state not in FINAL)
    if case.state is State.REFUSED:
        assert acts_possible(case, at) <= {Act.CHOOSE_ALTERNATIVE}


def test_every_state_can_be_reached_and_every_open_one_can_be_left() -> None:
    reached = {state for change in TABLE.values() for state in change.after}
    assert reached == set(State)
    for state in OPEN:
        assert all(state in TABLE[act].before for act in (Act.CANCEL, Act.WITHDRAW, Act.EXPIRE))
    assert set(TABLE) == set(Act)


def test_a_case_begins_with_its_first_event() -> None:
    case, event = opened(new_case(version=7, state=State.ACCEPTED), "api:1")
    assert (case.version, case.state, event.version, event.actor) == (1, State.CREATED, 1, "api:1")
    assert event.data["line"] == case.line
    with pytest.raises(ConflictError):
        apply(case, Act.OPEN, START, "api:1", RULES, **dict.fromkeys(TABLE[Act.OPEN].facts, ""))


@pytest.mark.parametrize("facts", [{}, {"text": "1"}, {"text": "1", "language": "en", "similarity": 1}])
def test_an_act_tells_its_facts_and_nothing_else(facts: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        apply(new_case(), Act.CONSENT, START, "subscriber", RULES, **facts)


def refused(case: Case, act: Act, at: datetime = START, actor: str = "system", **facts: Any) -> str:
    with pytest.raises(ConflictError) as caught:
        after(case, act, at=at, actor=actor, **facts)
    return caught.value.code


def test_codes_say_why_an_act_is_not_allowed() -> None:
    assert refused(REFERENCED, Act.CONSENT) == "act-not-possible"
    assert refused(after(ACCEPTED, Act.CONFIRM_ACTIVATION), Act.CONFIRM_ACTIVATION) == "case-over"
    assert refused(ACCEPTED, Act.CONFIRM_ACTIVATION, ACCEPTED.expires_at) == "case-expired"
    assert refused(ACCEPTED, Act.EXPIRE, ACCEPTED.expires_at - SECOND) == "case-not-due"


# --- attempts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [Act.ATTEMPT_FAILED, Act.ATTEMPT_ABANDONED])
def test_the_last_attempt_refuses_for_good(ending: Act) -> None:
    case = REFERENCED
    for number in (1, 2, 3):
        case = after(case, Act.BEGIN_ATTEMPT, ending)
        assert (case.attempts, case.state) == (number, State.REFERENCED if number < 3 else State.REFUSED)
    assert len(case.failures) == (3 if ending is Act.ATTEMPT_FAILED else 0)
    assert after(case, Act.CHOOSE_ALTERNATIVE, Act.ALTERNATIVE_ACCEPTED).accepted_by is Way.ALTERNATIVE


def test_attempts_and_restarts_are_limited() -> None:
    assert refused(replace(REFERENCED, attempts=3), Act.BEGIN_ATTEMPT) == "attempts-used"
    twice = after(CAPTURING, Act.RESTART_ATTEMPT, Act.RESTART_ATTEMPT)
    assert (twice.restarts, twice.attempts) == (2, 1)
    assert refused(twice, Act.RESTART_ATTEMPT) == "restarts-used"
    assert after(twice, Act.ATTEMPT_ABANDONED, Act.BEGIN_ATTEMPT).restarts == 0


def test_an_accepted_attempt_is_remembered() -> None:
    assert (ACCEPTED.accepted_by, ACCEPTED.accepted_attempt) == (Way.FACE, "att_1")
    assert after(ACCEPTED, Act.CONFIRM_ACTIVATION).state is State.ACTIVATED


# --- the lock-out ----------------------------------------------------------------------------------------------------


def times(*seconds: float) -> list[datetime]:
    return [START + timedelta(seconds=one) for one in seconds]


@pytest.mark.parametrize(
    ("failures", "locked"),
    [
        ([], None),
        ([0, 1, 2, 3], None),
        ([0, 1, 2, 3, 4], 4 + 1800),
        ([0, 45, 90, 135, 180], 180 + 1800),
        ([0, 45, 90, 135, 181], None),
        ([4, 3, 2, 1, 0], 4 + 1800),
        ([0, 1, 2, 3, 4, 5], 4 + 1800),
        ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 9 + 1800),
    ],
)
def test_failures_in_a_short_time_lock_out(failures: list[float], locked: float | None) -> None:
    assert locked_until(times(*failures), RULES) == (None if locked is None else times(locked)[0])


def test_failures_elsewhere_count_and_the_lock_ends() -> None:
    elsewhere = times(0, 1, 2, 3)
    case, _ = apply(
        CAPTURING,
        Act.ATTEMPT_FAILED,
        START + 4 * SECOND,
        "system",
        RULES,
        elsewhere,
        **FACTS[Act.ATTEMPT_FAILED],
    )
    assert case.locked_until == START + timedelta(seconds=4 + 1800)
    begin = FACTS[Act.BEGIN_ATTEMPT]
    with pytest.raises(LimitError) as caught:
        apply(case, Act.BEGIN_ATTEMPT, case.locked_until - SECOND, "subscriber", RULES, elsewhere, **begin)
    assert caught.value.code == "locked-out"
    again, _ = apply(case, Act.BEGIN_ATTEMPT, case.locked_until, "subscriber", RULES, elsewhere, **begin)
    assert (again.state, again.locked_until) == (State.CAPTURING, None)


# --- review ----------------------------------------------------------------------------------------------------------


def reviewed(case: Case, reviewer: str, accept: bool) -> Case:
    return after(case, Act.REVIEW, actor=reviewer, accept=accept)


def test_one_reviewer_decides_where_one_is_needed() -> None:
    accepted = reviewed(REFERRED, "a", True)
    assert (accepted.state, accepted.accepted_by, accepted.accepted_attempt) == (State.ACCEPTED, Way.REVIEW, "att_1")
    assert reviewed(REFERRED, "a", False).state is State.REFUSED


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (True, True, State.ACCEPTED),
        (True, False, State.REFUSED),
        (False, True, State.REFUSED),
        (False, False, State.REFUSED),
    ],
)
def test_two_reviewers_must_both_accept(first: bool, second: bool, state: State) -> None:
    case = reviewed(replace(REFERRED, reviewers=2), "a", first)
    assert (case.state, len(case.reviews)) == (State.REFERRED, 1)
    assert refused(case, Act.REVIEW, actor="a") == "reviewer-again"
    assert reviewed(case, "b", second).state is state


def test_an_agent_does_not_review_their_own_case() -> None:
    assert refused(replace(REFERRED, agent="staff:a"), Act.REVIEW, actor="staff:a") == "reviewer-is-agent"


def test_a_check_beforehand_says_the_same() -> None:
    check(REFERENCED, Act.BEGIN_ATTEMPT, START)
    with pytest.raises(ConflictError):
        check(REFERENCED, Act.REVIEW, START)
