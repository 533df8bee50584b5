"""What happens when time passes, by a clock that is set by hand."""

import pytest

from service.desk import ACCEPT, Desk
from simreg.errors import AccessError, ConflictError
from simreg.registration.types import State
from simreg.service.opening import AFTERWARDS_S
from simreg.service.types import Once, Order
from simreg.settings import Settings
from simreg.storage.database import Database

LINE = "+8613800000001"


def test_a_case_expires_in_any_state_that_is_not_final(database: Database) -> None:
    desk = Desk(database)
    cases = [desk.opened(), desk.referenced(), desk.accepted()]
    over = desk.registration.cancel(desk.opened().id, "api:1", "left")
    desk.later(86_399)
    assert desk.registration.expire_due() == 0
    desk.later(1)
    with pytest.raises(ConflictError, match="time is over"):
        desk.registration.confirm_activation(cases[2].id, "api:1")
    assert desk.registration.expire_due() == 3
    assert desk.registration.expire_due() == 0
    assert {desk.registration.case(case.id).state for case in cases} == {State.EXPIRED}
    assert desk.registration.case(over.id).state is State.CANCELLED


def test_an_attempt_that_nobody_claims_or_ends_is_abandoned(database: Database) -> None:
    desk = Desk(database)
    unclaimed, claimed = desk.referenced(), desk.referenced(line="+8613800000002")
    desk.begun(unclaimed)
    capture = desk.registration.claim_capture(desk.begun(claimed).token)
    assert (capture.deadline - desk.now).total_seconds() == 180
    desk.later(179)
    assert desk.registration.expire_due() == 0
    desk.later(1)
    assert desk.registration.expire_due() == 1
    assert desk.registration.case(claimed.id).state is State.REFERENCED
    with pytest.raises(ConflictError):
        desk.registration.end_attempt(capture.attempt_id, capture.run, ACCEPT)
    desk.later(420)
    assert desk.registration.expire_due() == 1
    attempt = desk.registration.attempts(unclaimed.id)[0]
    assert (attempt.outcome, attempt.reasons[0]["code"], attempt.ended_at) == ("abandoned", "time-out", desk.now)


def test_a_capture_token_is_good_for_its_time_and_its_line_only(database: Database) -> None:
    desk = Desk(database)
    order = desk.begun(desk.referenced())
    for token in ("", "src_guess", order.token + "x", order.token.upper(), "\ud800", "\0"):
        with pytest.raises(AccessError):
            desk.registration.claim_capture(token)
    with pytest.raises(AccessError):  # it was not begun for a recording
        desk.registration.claim_capture(order.token, recorded=True)
    desk.later(600)
    with pytest.raises(AccessError) as caught:
        desk.registration.claim_capture(order.token)
    assert caught.value.code == "token-invalid"
    assert order.token not in str(caught.value)


def test_a_capture_token_is_no_subscriber_s_link_and_the_other_way_round(database: Database) -> None:
    desk = Desk(database)
    case = desk.referenced()
    link = desk.registration.subscriber_link(case.id, "api:1")
    order = desk.begun(case)
    with pytest.raises(AccessError):
        desk.registration.claim_capture(link)
    with pytest.raises(AccessError):
        desk.registration.subscriber_case(order.token)
    assert desk.registration.subscriber_case(link).id == case.id


@pytest.mark.parametrize("way", ["withdraw", "alternative", "cancel"])
def test_a_capture_ends_when_the_case_goes_another_way(way: str, database: Database) -> None:
    desk = Desk(database)
    case = desk.referenced()
    capture = desk.registration.claim_capture(desk.begun(case).token)
    {
        "withdraw": lambda: desk.registration.withdraw(case.id, "subscriber"),
        "alternative": lambda: desk.registration.choose_alternative(case.id, "subscriber", "rather-not"),
        "cancel": lambda: desk.registration.cancel(case.id, "api:1", "left"),
    }[way]()
    with pytest.raises(ConflictError) as caught:
        desk.registration.end_attempt(capture.attempt_id, capture.run, ACCEPT)
    assert caught.value.code == "run-over"
    assert desk.registration.attempts(case.id)[0].outcome == "abandoned"


def test_links_show_for_a_day_how_the_case_ended_and_no_longer(database: Database) -> None:
    desk = Desk(database)
    case = desk.opened()
    link = desk.registration.subscriber_link(case.id, "api:1")
    desk.later(86_400)
    desk.registration.expire_due()
    assert desk.registration.subscriber_case(link).state is State.EXPIRED
    with pytest.raises(ConflictError):
        desk.registration.consent(case.id, "subscriber", "2026-11")
    with pytest.raises(ConflictError):
        desk.registration.subscriber_link(case.id, "api:1")
    desk.later(AFTERWARDS_S - 1)
    assert desk.registration.subscriber_case(link).id == case.id
    desk.later(1)
    with pytest.raises(AccessError):
        desk.registration.subscriber_case(link)
    assert desk.registration.sweep_sealed() == 1


def test_links_end_before_the_case_where_their_time_is_shorter(database: Database) -> None:
    desk = Desk(database, settings=Settings(link_s=600))
    link = desk.registration.subscriber_link(desk.opened().id, "api:1")
    desk.later(599)
    desk.registration.subscriber_case(link)
    desk.later(1)
    with pytest.raises(AccessError):
        desk.registration.subscriber_case(link)


def test_an_idempotency_key_is_remembered_for_a_day(database: Database) -> None:
    desk = Desk(database)
    order, once = Order("test", "new", "web", LINE), Once("key_1", "k", b"{}")
    first = desk.registration.open_case(order, "api:1", once)
    desk.later(86_400)
    desk.registration.sweep_sealed()
    assert desk.registration.open_case(order, "api:1", once) == first
    desk.later(1)
    desk.registration.sweep_sealed()
    assert desk.registration.open_case(order, "api:1", once).id != first.id


def test_a_clock_that_goes_back_does_not_turn_events_round(database: Database) -> None:
    desk = Desk(database)
    case = desk.opened()
    desk.later(-3600)
    desk.registration.consent(case.id, "subscriber", "1")
    times = [event.at for event in desk.registration.events(case.id)]
    assert times == sorted(times)
