"""Attempts, lock-outs and lines per person: held by the database, whoever asks and after any restart."""

import pytest

from service.desk import ACCEPT, REFER, REFUSE, Desk
from simreg.errors import AccessError, ConflictError, InputError, LimitError
from simreg.liveness.types import Action
from simreg.registration.types import Act, State
from simreg.service.types import Abandoned
from simreg.storage.database import Database, open_database

IDENTITY, OTHER = "11010519491231002X", "440524188001010014"
LINES = [f"+861380000000{number}" for number in range(5)]


def limited(act: object, *values: object) -> str:
    with pytest.raises(LimitError) as caught:
        act(*values)  # type: ignore[operator]
    return caught.value.code


def restarted(desk: Desk, url: str) -> Desk:
    """Another process with the same database."""
    return Desk(open_database(url), desk.now, desk.seed + 1)


def test_attempts_hold_over_restarts(database: Database, url: str) -> None:
    desk = Desk(database)
    case = desk.referenced()
    for number in (1, 2, 3):
        desk = restarted(desk, url)
        case = desk.attempted(case, REFUSE)
        assert case.attempts == number
        desk.database.close()
    assert case.state is State.REFUSED
    with pytest.raises(ConflictError, match="not possible"):
        restarted(desk, url).begun(case)


def test_failures_lock_out_over_restarts_and_until_the_clock_says(database: Database, url: str) -> None:
    desk = Desk(database)
    case = desk.referenced(profile="locks")
    case = desk.attempted(desk.attempted(case, REFUSE), REFUSE)
    assert case.locked_until is not None
    assert (case.locked_until - desk.now).total_seconds() == 1800
    desk = restarted(desk, url)
    assert limited(desk.begun, case) == "locked-out"
    desk.later(599)
    assert limited(desk.begun, case) == "locked-out"
    desk.later(1800 - 599)
    desk.registration.set_reference(case.id, "subscriber", b"a document")
    assert desk.begun(case).number == 3
    desk.database.close()


@pytest.mark.parametrize("same", ["line", "person"])
def test_failures_in_another_case_of_the_line_or_person_lock_out_too(same: str, database: Database) -> None:
    desk = Desk(database)
    first = desk.referenced(line=LINES[0], profile="locks", identity_number=IDENTITY)
    second = desk.referenced(
        line=LINES[0 if same == "line" else 1],
        profile="locks",
        identity_number=OTHER if same == "line" else IDENTITY,
    )
    apart = desk.referenced(line=LINES[2], profile="locks", identity_number="330102199003070012")
    desk.attempted(first, REFUSE)
    desk.attempted(second, REFUSE)
    assert limited(desk.begun, first) == "locked-out"
    assert limited(desk.begun, second) == "locked-out"
    assert desk.begun(apart).number == 1


def test_what_is_abandoned_or_referred_does_not_lock_out(database: Database) -> None:
    desk = Desk(database)
    case = desk.referenced(profile="locks")
    for _ in range(4):
        order = desk.begun(case)
        desk.registration.end_attempt(order.attempt_id, order.run, Abandoned("stopped"))
    assert desk.attempted(case, REFER).state is State.REFERRED


# --- runs of an attempt ----------------------------------------------------------------------------------------------


def test_a_restart_has_a_new_challenge_and_ends_the_old_run(database: Database) -> None:
    desk = Desk(database)
    case = desk.referenced()
    first = desk.begun(case)
    old = desk.registration.claim_capture(first.token)
    second = desk.begun(case)
    assert (second.attempt_id, second.number, second.run) == (first.attempt_id, 1, 1)
    with pytest.raises(ConflictError) as caught:
        desk.registration.end_attempt(old.attempt_id, old.run, ACCEPT)
    assert caught.value.code == "run-over"
    third = desk.begun(case)
    with pytest.raises(AccessError):  # a token is for its run
        desk.registration.claim_capture(second.token)
    new = desk.registration.claim_capture(third.token)
    assert new.challenge != old.challenge
    assert desk.registration.end_attempt(new.attempt_id, new.run, ACCEPT).state is State.ACCEPTED


def test_after_two_restarts_the_next_attempt_begins(database: Database) -> None:
    desk = Desk(database)
    case = desk.referenced()
    runs = [(order.number, order.run) for order in (desk.begun(case) for _ in range(9))]
    assert runs == [(number, run) for number in (1, 2, 3) for run in (0, 1, 2)]
    with pytest.raises(ConflictError):
        desk.begun(case)
    assert desk.registration.case(case.id).state is State.REFUSED
    acts = [event.act for event in desk.registration.events(case.id)]
    assert (acts.count(Act.RESTART_ATTEMPT), acts.count(Act.ATTEMPT_ABANDONED)) == (6, 3)


def test_the_challenge_is_drawn_from_what_the_subject_can_do(database: Database) -> None:
    desk = Desk(database)
    case = desk.referenced()
    can = frozenset({Action.TURN_LEFT, Action.BLINK})
    for _ in range(9):
        order = desk.registration.begin_attempt(case.id, "subscriber", can, recorded=True)
        assert order.challenge is not None
        assert set(order.challenge) == can
    attempt = desk.registration.attempts(case.id)[0]
    assert attempt.entropy_bits == 1.0


def test_a_subject_who_can_do_too_little_is_shown_the_other_way(database: Database) -> None:
    desk = Desk(database)
    case = desk.referenced()
    with pytest.raises(InputError, match="without a face"):
        desk.registration.begin_attempt(case.id, "subscriber", {Action.BLINK})
    assert desk.registration.case(case.id) == case
    assert desk.registration.choose_alternative(case.id, "subscriber", "cannot").state is State.ALTERNATIVE


# --- lines per person ------------------------------------------------------------------------------------------------


def test_a_person_has_no_more_lines_than_the_profile_says(database: Database) -> None:
    desk = Desk(database)
    take = desk.registration
    for line in LINES[:2]:
        take.confirm_activation(desk.accepted(line=line, profile="two-lines", identity_number=IDENTITY).id, "api:1")
    assert limited(lambda: desk.opened(LINES[2], "two-lines", identity_number="110105 19491231 002x")) == "lines-limit"
    assert desk.opened(LINES[2], "two-lines", identity_number=OTHER).state is State.CREATED
    assert desk.opened(LINES[0], "two-lines", identity_number=IDENTITY, transaction="replace").state is State.CREATED
    take.end_activation(LINES[0])
    assert desk.opened(LINES[2], "two-lines", identity_number=IDENTITY).state is State.CREATED


def test_the_limit_is_held_again_when_the_line_is_switched_on(database: Database) -> None:
    desk = Desk(database)
    cases = [desk.accepted(line=line, profile="two-lines", identity_number=IDENTITY) for line in LINES[:3]]
    for case in cases[:2]:
        desk.registration.confirm_activation(case.id, "api:1")
    assert limited(desk.registration.confirm_activation, cases[2].id, "api:1") == "lines-limit"
    assert desk.registration.case(cases[2].id).state is State.ACCEPTED


def test_lines_elsewhere_count_where_the_profile_counts_them(database: Database) -> None:
    desk = Desk(database)
    values = {"identity_number": IDENTITY, "lines_elsewhere": 2}
    assert limited(lambda: desk.opened(LINES[0], "two-lines-everywhere", **values)) == "lines-limit"
    case = desk.accepted(line=LINES[0], profile="two-lines", **values)
    assert desk.registration.confirm_activation(case.id, "api:1").state is State.ACTIVATED


def test_lines_here_and_elsewhere_are_added_up(database: Database) -> None:
    desk = Desk(database)
    values = {"profile": "two-lines-everywhere", "identity_number": IDENTITY}
    desk.registration.confirm_activation(desk.accepted(line=LINES[0], **values).id, "api:1")
    assert limited(lambda: desk.opened(LINES[1], lines_elsewhere=1, **values)) == "lines-limit"
    assert desk.opened(LINES[1], **values).state is State.CREATED


def test_a_limit_needs_an_identity(database: Database) -> None:
    desk = Desk(database)
    with pytest.raises(InputError) as caught:
        desk.opened(LINES[0], "two-lines")
    assert caught.value.code == "order-identity"
    assert desk.opened(LINES[0], "two-lines", transaction="re-verify").subject_hash is None


def test_where_the_profile_says_so_a_line_too_many_is_referred(database: Database) -> None:
    desk = Desk(database)
    for line in LINES[:2]:
        case = desk.accepted(line=line, profile="two-lines-refer", identity_number=IDENTITY)
        desk.registration.confirm_activation(case.id, "api:1")
    case = desk.accepted(line=LINES[2], profile="two-lines-refer", identity_number=IDENTITY)
    assert case.state is State.REFERRED
    assert desk.registration.attempts(case.id)[0].reasons[0]["code"] == "lines-beyond"
    desk.registration.review(case.id, "staff:1", True, "a family's lines")
    assert desk.registration.confirm_activation(case.id, "api:1").state is State.ACTIVATED


# --- the line --------------------------------------------------------------------------------------------------------


def test_a_line_that_is_on_is_new_to_nobody_but_can_be_replaced(database: Database) -> None:
    desk = Desk(database)
    take = desk.registration
    first, second = desk.accepted(), desk.accepted()
    take.confirm_activation(first.id, "api:1")
    with pytest.raises(ConflictError) as caught:
        take.confirm_activation(second.id, "api:1")
    assert caught.value.code == "line-active"
    assert take.case(second.id) == second
    replaced = desk.accepted(transaction="replace")
    assert take.confirm_activation(replaced.id, "api:1").state is State.ACTIVATED
    take.confirm_activation(desk.accepted(transaction="unlink").id, "api:1")
    take.confirm_activation(second.id, "api:1")
