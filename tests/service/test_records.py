"""How long what was decided is kept, on both databases, by a clock that is set by hand."""

from typing import Any

import pytest
from sqlalchemy import func, select

from service.desk import ACCEPT, DAY, REFER, REFUSE, Desk
from simreg.errors import InputError, NotFoundError
from simreg.registration.types import Case, State
from simreg.service.types import Order
from simreg.storage import devices
from simreg.storage.database import Database
from simreg.storage.devices import SignedOrder
from simreg.storage.tables import METADATA

LINE, IDENTITY = "+8613800000001", "11010519491231002X"


def rows(database: Database) -> dict[str, int]:
    """How many rows each table has, those without any and the log left out."""
    with database.read() as tx:
        tables = [one for one in METADATA.sorted_tables if not one.name.startswith("log_")]
        counts = {t.name: tx.scalar(select(func.count()).select_from(t)) or 0 for t in tables}
    return {name: count for name, count in counts.items() if count}


def activated(desk: Desk, profile: str = "forgets", **values: Any) -> Case:
    case = desk.accepted(profile=profile, **values)
    return desk.registration.confirm_activation(case.id, "api:1")


def gone(desk: Desk, case: Case) -> bool:
    try:
        desk.registration.case(case.id)
    except NotFoundError:
        return True
    return False


def test_a_case_without_a_line_is_erased_once_its_time_is_over(database: Database) -> None:
    desk = Desk(database)
    desk.registration.subscriber_link(desk.referenced(profile="forgets").id, "api:1")
    refused = desk.referenced(profile="forgets", line="+8613800000002")
    for _ in range(3):
        refused = desk.attempted(refused, REFUSE)
    desk.later(DAY)
    assert desk.registration.expire_due() == 1
    desk.later(9 * DAY - 1)
    assert desk.registration.forget_records() == 0
    desk.later(1)
    assert desk.registration.forget_records() == 1  # the refused one ended a day earlier
    assert gone(desk, refused)
    desk.later(DAY)
    assert desk.registration.forget_records() == 1
    desk.registration.destroy_due()
    assert rows(database) == {}
    assert desk.registration.forget_records() == 0


def test_the_record_stays_as_long_as_the_line_is_on_and_its_time_after(database: Database) -> None:
    desk = Desk(database)
    case = activated(desk)
    desk.later(1000 * DAY)
    assert desk.registration.forget_records() == 0
    desk.registration.end_activation(LINE)
    desk.later(10 * DAY - 1)
    assert desk.registration.forget_records() == 0
    assert desk.registration.attempts(case.id)[0].result is not None
    desk.later(1)
    assert desk.registration.forget_records() == 1
    desk.registration.destroy_due()
    assert rows(database) == {}


def test_a_service_that_goes_on_with_another_card_keeps_the_first_record(database: Database) -> None:
    desk = Desk(database)
    first = activated(desk)
    desk.later(DAY)
    second = activated(desk, transaction="replace")
    desk.later(50 * DAY)
    assert desk.registration.forget_records() == 0
    assert not gone(desk, first)
    desk.registration.end_activation(LINE)
    desk.later(10 * DAY)
    assert [desk.registration.forget_records() for _ in range(3)] == [1, 1, 0]
    assert gone(desk, first)
    assert gone(desk, second)


@pytest.mark.parametrize("way", ["transfer", "new"])
def test_another_person_s_service_on_the_line_keeps_nothing(way: str, database: Database) -> None:
    desk = Desk(database)
    first = activated(desk)
    desk.later(DAY)
    if way == "new":
        desk.registration.end_activation(LINE)
    second = activated(desk, transaction=way)
    desk.later(10 * DAY)
    assert desk.registration.forget_records() == 1
    assert gone(desk, first)
    assert desk.registration.case(second.id).state is State.ACTIVATED


def test_without_its_record_a_case_is_what_its_receipt_needs(database: Database) -> None:
    desk = Desk(database)
    case = desk.attempted(desk.referenced(profile="forgets-in-two-steps", identity_number=IDENTITY), REFER)
    desk.registration.evidence(case.id, "staff:1")
    with database.write() as tx:
        devices.signed(tx, case.id, SignedOrder("ab" * 32, b"what was signed", b"signature"))
    case = desk.registration.review(case.id, "staff:1", False, "another person")
    desk.later(10 * DAY)
    assert desk.registration.forget_records() == 1
    bare, attempt = desk.registration.case(case.id), desk.registration.attempts(case.id)[0]
    assert (bare.folio, bare.state, bare.line) == (case.folio, State.REFUSED, LINE)
    assert (bare.subject_hash, bare.reviews) == (None, ())
    assert (attempt.number, attempt.outcome) == (1, "referred")
    assert (attempt.result, attempt.reasons, attempt.challenge, attempt.reaction_ms) == (None, (), (), ())
    assert desk.registration.events(case.id) == []
    assert desk.registration.looks(case.id) == []
    with database.read() as tx:
        assert devices.order_of(tx, case.id) is None
    assert desk.registration.forget_records() == 0
    desk.later(10 * DAY)
    assert desk.registration.forget_records() == 1
    desk.registration.destroy_due()
    assert rows(database) == {}


def test_each_profile_has_its_own_time(database: Database) -> None:
    desk = Desk(database)
    cases = [desk.opened(profile=name) for name in ("forgets", "test")]
    for case in cases:
        desk.registration.cancel(case.id, "api:1", "left")
    desk.later(10 * DAY)
    assert desk.registration.forget_records() == 1
    assert [gone(desk, case) for case in cases] == [True, False]


def test_cases_of_a_profile_that_is_not_known_stay(database: Database) -> None:
    desk = Desk(database)
    case = desk.opened(profile="forgets")
    desk.registration.cancel(case.id, "api:1", "left")
    later = Desk(database, desk.now)
    later.later(100 * DAY)

    def unknown(name: str) -> Any:
        raise InputError("profile-unknown", "There is no such profile.", "Give another.")

    later.registration._profiles = unknown
    assert later.registration.forget_records() == 0
    assert not gone(later, case)


def test_messages_that_never_arrived_are_erased_too(database: Database) -> None:
    from simreg.storage import outbox
    from simreg.storage.tables import OUTBOX, WEBHOOKS

    desk = Desk(database)
    hook = {"id": "hook_1", "url": "https://a.example", "kinds": [], "created_at": desk.now, "key_id": "k"}
    with database.write() as tx:
        tx.execute(WEBHOOKS.insert().values(**hook, nonce=b"", ciphertext=b""))
        for message in ("msg_1", "msg_2"):
            outbox.add(tx, message, "hook_1", "case.created", {}, desk.now)
        outbox.failed(tx, "msg_1", "refused", None)
        outbox.failed(tx, "msg_2", "refused", desk.now)
    desk.later(30 * DAY + 1)
    assert desk.registration.sweep_sealed() == 1
    with database.read() as tx:
        assert list(tx.scalars(select(OUTBOX.c.id))) == ["msg_2"]


def test_an_accepted_case_that_was_never_activated_goes_as_well(database: Database) -> None:
    desk = Desk(database)
    case = desk.attempted(desk.referenced(profile="forgets"), ACCEPT)
    desk.later(DAY)
    desk.registration.expire_due()
    desk.later(10 * DAY)
    assert desk.registration.forget_records() == 1
    assert gone(desk, case)
    assert desk.registration.open_case(Order("forgets", "new", "web", LINE), "api:1").state is State.CREATED
