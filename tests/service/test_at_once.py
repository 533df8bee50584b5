"""Several who act at the same moment, in threads that share nothing but the database."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import select

from service.desk import ACCEPT, REFUSE, Desk
from simreg.errors import ConflictError, SimregError
from simreg.registration.types import Case, State
from simreg.service.types import Once, Order
from simreg.storage.database import Database, open_database
from simreg.storage.tables import ACTIVATIONS, CASES

IDENTITY = "11010519491231002X"


def at_once(url: str, acts: Sequence[Callable[[Desk], Any]]) -> tuple[list[Any], list[SimregError]]:
    """What each gave, and what was refused; every act has its own connection and desk."""
    start = threading.Barrier(len(acts))
    given: list[Any] = []
    refused: list[SimregError] = []
    faults: list[Exception] = []

    def run(act: Callable[[Desk], Any], seed: int) -> None:
        database = open_database(url)
        desk = Desk(database, seed=seed)
        with database.read():
            start.wait()
        try:
            given.append(act(desk))
        except SimregError as error:
            refused.append(error)
        except Exception as fault:
            faults.append(fault)
        database.close()

    threads = [threading.Thread(target=run, args=(act, 100 + index)) for index, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return given, refused


def confirm(case: Case, desk: Desk) -> Case:
    return desk.registration.confirm_activation(case.id, "api:1")


def activations(database: Database) -> list[str]:
    with database.read() as tx:
        return list(tx.scalars(select(ACTIVATIONS.c.case_id)))


def test_of_many_confirmations_one_activates(database: Database, url: str) -> None:
    case = Desk(database).accepted()
    given, refused = at_once(url, [lambda desk: desk.registration.confirm_activation(case.id, "api:1")] * 8)
    assert [one.state for one in given] == [State.ACTIVATED]
    assert {error.code for error in refused} == {"case-over"}
    assert activations(database) == [case.id]
    events = Desk(database).registration.events(case.id)
    assert [event.state for event in events].count(State.ACTIVATED) == 1


def test_of_two_who_saw_the_same_version_one_wins(database: Database, url: str) -> None:
    case = Desk(database).accepted()
    given, refused = at_once(
        url,
        [
            lambda desk: desk.registration.confirm_activation(case.id, "api:1", case.version),
            lambda desk: desk.registration.cancel(case.id, "api:1", "left", case.version),
        ],
    )
    assert len(given) == 1
    assert [error.code for error in refused] == ["case-changed"]
    assert Desk(database).registration.case(case.id) == given[0]
    assert len(activations(database)) == (given[0].state is State.ACTIVATED)


def test_a_capture_token_is_claimed_once(database: Database, url: str) -> None:
    desk = Desk(database)
    token = desk.begun(desk.referenced()).token
    given, refused = at_once(url, [lambda desk: desk.registration.claim_capture(token)] * 6)
    assert len(given) == 1
    assert {error.code for error in refused} == {"token-invalid"}


def test_an_attempt_ends_once(database: Database, url: str) -> None:
    desk = Desk(database)
    capture = desk.registration.claim_capture(desk.begun(desk.referenced()).token)
    given, refused = at_once(
        url,
        [lambda desk: desk.registration.end_attempt(capture.attempt_id, capture.run, ACCEPT)] * 3
        + [lambda desk: desk.registration.end_attempt(capture.attempt_id, capture.run, REFUSE)] * 3,
    )
    assert len(given) == 1
    assert {error.code for error in refused} == {"run-over"}


def test_of_many_orders_with_one_key_one_opens_a_case(database: Database, url: str) -> None:
    order = Order("test", "new", "web", "+8613800000001")
    once = Once("key_1", "b2f1", b"{}")
    given, refused = at_once(url, [lambda desk: desk.registration.open_case(order, "api:1", once)] * 6)
    assert refused == []
    assert len({case.id for case in given}) == 1
    with database.read() as tx:
        assert len(list(tx.execute(select(CASES)))) == 1


def test_lines_of_one_person_confirmed_at_once_stay_within_the_limit(database: Database, url: str) -> None:
    desk = Desk(database)
    cases = [
        desk.accepted(line=f"+861380000000{number}", profile="two-lines", identity_number=IDENTITY) for number in range(5)
    ]
    acts = [partial(confirm, case) for case in cases]
    given, refused = at_once(url, acts)
    assert len(given) == len(activations(database)) == 2
    assert {error.code for error in refused} == {"lines-limit"}


def test_one_new_line_is_switched_on_for_one_of_many_cases(database: Database, url: str) -> None:
    desk = Desk(database)
    cases = [desk.accepted() for _ in range(8)]
    acts = [partial(confirm, case) for case in cases]
    given, refused = at_once(url, acts)
    assert len(given) == 1
    assert {error.code for error in refused} == {"line-active"}
    assert all(isinstance(error, ConflictError) for error in refused)
    others = [desk.registration.case(case.id) for case in cases if case.id != given[0].id]
    assert {case.state for case in others} == {State.ACCEPTED}
