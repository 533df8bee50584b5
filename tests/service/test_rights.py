"""What people can ask for, and what nobody gets by asking in their name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from service.desk import DAY, REFER, REFUSE, Desk
from simreg.errors import ConflictError, NotFoundError
from simreg.log.leaves import Leaf, RightUsed, read_entry
from simreg.registration.types import Case, State
from simreg.storage import log
from simreg.storage.database import Database
from simreg.storage.key_store import KeyStore
from simreg.storage.tables import METADATA

MINE, THEIRS = "A1", "B2"


@pytest.fixture
def desk(database: Database, store: KeyStore) -> Desk:
    return Desk(database, store=store)


def on(desk: Desk, line: str, number: str | None = MINE, **values: Any) -> Case:
    """A line that is on."""
    case = desk.accepted(line=line, identity_number=number, profile="forgets", **values)
    return desk.registration.confirm_activation(case.id, "api:1")


def used(database: Database) -> list[str]:
    with database.read() as tx:
        found: list[Leaf] = [read_entry(one)[0] for one in log.entries(tx, 0, log.frontier(tx).size)]
    return [one.right for one in found if isinstance(one, RightUsed)]


def test_a_person_sees_all_their_lines_and_nobody_else_s(desk: Desk, database: Database) -> None:
    first = on(desk, "+8613800000001")
    desk.later(1)
    second = desk.attempted(desk.referenced(line="+8613800000002", identity_number=MINE), REFUSE)
    on(desk, "+8613800000003", THEIRS)
    for found in (desk.registration.holdings(MINE, "api:1"), desk.registration.own_holdings(first.id, "subscriber")):
        assert [one.case.id for one in found] == [second.id, first.id]
        assert found[1].activation is not None
        assert [one.outcome for one in found[0].attempts] == ["failed"]
        assert found[0].events[0].act == "open"
    assert used(database) == ["export", "export"]
    assert desk.registration.holdings("C3", "api:1") == []


@pytest.mark.parametrize("outcome", [REFUSE, REFER])
def test_who_only_claims_a_number_sees_nothing_of_its_person(outcome: Any, desk: Desk, database: Database) -> None:
    on(desk, "+8613800000001")
    claims = desk.attempted(desk.referenced(line="+8613800000009", identity_number=MINE), outcome)
    for ask in (
        lambda: desk.registration.own_holdings(claims.id, "subscriber"),
        lambda: desk.registration.erase_own(claims.id, "subscriber"),
        lambda: desk.registration.dispute(claims.id, "+8613800000001", "not-mine", "subscriber"),
    ):
        with pytest.raises(ConflictError) as caught:
            ask()
        assert caught.value.code == "not-proved"
    assert used(database) == []


def test_without_a_number_a_case_is_all_that_its_person_has(desk: Desk) -> None:
    case = on(desk, "+8613800000001", None)
    on(desk, "+8613800000002", None)
    assert [one.case.id for one in desk.registration.own_holdings(case.id, "subscriber")] == [case.id]


def test_what_may_be_forgotten_is_and_the_rest_is_told(desk: Desk, database: Database, store: KeyStore) -> None:
    line = on(desk, "+8613800000001")
    running = desk.referenced(line="+8613800000002", identity_number=MINE)
    over = desk.referenced(line="+8613800000003", identity_number=MINE)
    desk.registration.cancel(over.id, "api:1", "left")
    told = desk.registration.erase(MINE, "api:1")
    assert set(told.erased) == {running.folio, over.folio}
    assert [(one.case.folio, one.why) for one in told.kept] == [(line.folio, "line-on")]
    with pytest.raises(NotFoundError):
        desk.registration.case(over.id)
    desk.registration.end_activation(line.line, "api:1")
    [stays] = desk.registration.erase(MINE, "api:1").kept
    assert (stays.why, stays.until) == ("retention", desk.now + timedelta(days=10))
    assert used(database) == ["erasure", "erasure"]
    desk.later(10 * DAY)
    desk.registration.forget_records()
    desk.registration.destroy_due()
    assert desk.registration.holdings(MINE, "api:1") == []
    with database.read() as tx:
        text = repr([row for table in METADATA.sorted_tables for row in tx.execute(select(table))])
    assert line.line not in text


def test_the_salt_goes_with_the_last_record(desk: Desk, store: KeyStore) -> None:
    case = desk.opened(identity_number=MINE)
    subject = str(case.subject_hash)
    assert store.known_salt(subject) is not None
    desk.registration.cancel(case.id, "api:1", "left")
    assert desk.registration.erase(MINE, "api:1").erased == (case.folio,)
    desk.registration.destroy_due()
    assert store.known_salt(subject) is None


def test_nobody_gets_rid_of_a_lock_out_by_being_forgotten(desk: Desk) -> None:
    case = desk.referenced(identity_number=MINE, profile="locks")
    for _ in range(2):
        case = desk.attempted(case, REFUSE)
    told = desk.registration.erase(MINE, "api:1")
    assert [(one.case.id, one.why) for one in told.kept] == [(case.id, "lock-out")]
    again = desk.referenced(identity_number=MINE, profile="locks", line="+8613800000005")
    with pytest.raises(ConflictError) as caught:
        desk.begun(again)
    assert caught.value.code == "locked-out"
    desk.later(1980)
    assert case.folio in desk.registration.erase(MINE, "api:1").erased


def test_a_disputed_line_is_frozen_until_it_is_released(desk: Desk, database: Database) -> None:
    mine, line = on(desk, "+8613800000001"), "+8613800000002"
    on(desk, line)
    waiting = desk.accepted(line=line, transaction="replace", identity_number=MINE)
    made = desk.registration.dispute(mine.id, line, "not-mine", "subscriber")
    assert (made.line, made.reason) == (line, "not-mine")
    assert desk.registration.freezes() == [made]
    acts: list[Callable[[], Case]] = [
        lambda: desk.opened(line=line, transaction="replace"),
        lambda: desk.opened(line=line, transaction="transfer"),
        lambda: desk.registration.confirm_activation(waiting.id, "api:1"),
    ]
    for act in acts:
        with pytest.raises(ConflictError) as caught:
            act()
        assert caught.value.code == "line-frozen"
    assert desk.registration.case(waiting.id).state is State.ACCEPTED
    desk.registration.release(line, "api:1")
    assert desk.registration.confirm_activation(waiting.id, "api:1").state is State.ACTIVATED
    assert used(database) == ["dispute", "release"]
    with pytest.raises(NotFoundError):
        desk.registration.release(line, "api:1")


def test_somebody_else_s_line_cannot_be_disputed(desk: Desk) -> None:
    mine = on(desk, "+8613800000001")
    on(desk, "+8613800000003", THEIRS)
    with pytest.raises(NotFoundError):
        desk.registration.dispute(mine.id, "+8613800000003", "not-mine", "subscriber")
    assert desk.registration.freezes() == []


def test_the_operator_can_freeze_a_line(desk: Desk) -> None:
    case = on(desk, "+8613800000001")
    desk.registration.freeze(case.line, "sim-lost", "api:1")
    with pytest.raises(ConflictError):
        desk.opened(line=case.line, transaction="replace")
    with pytest.raises(NotFoundError):
        desk.registration.freeze("+8613899999999", "sim-lost", "api:1")
