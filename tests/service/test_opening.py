"""Orders, idempotency, lists, and what may be written into a case."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.desk import REFER, Desk
from simreg.errors import ConflictError, InputError, NotFoundError, SimregError
from simreg.registration.types import State
from simreg.service.types import Once, Order
from simreg.service.words import checked_code, checked_language, checked_line, checked_order, checked_text
from simreg.storage.database import Database

ORDER = Order("test", "new", "web", "+8613800000001", "zh-CN", "8986012345678901234F", "shop 7", "staff:1")


def test_a_case_holds_what_was_ordered(database: Database) -> None:
    case = Desk(database).registration.open_case(replace(ORDER, risk=0.6, identity_number="1"), "api:1")
    for name in ("profile", "transaction", "channel", "line", "language", "iccid", "shop", "agent"):
        assert getattr(case, name) == getattr(ORDER, name)
    assert case.reviewers == 2
    assert len(case.subject_hash or "") == 64
    assert "identity" not in repr(replace(ORDER, identity_number="77"))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"profile": "../x"}, "profile-unknown"),
        ({"transaction": "steal"}, "order-transaction"),
        ({"channel": "pigeon"}, "order-channel"),
        ({"line": "me"}, "order-line"),
        ({"line": "+86 138"}, "order-line"),
        ({"line": "1" * 21}, "order-line"),
        ({"line": "+861380000000\n"}, "order-line"),
        ({"iccid": "1"}, "order-iccid"),
        ({"language": "x"}, "order-language"),
        ({"shop": ""}, "text-length"),
        ({"shop": "x" * 65}, "text-length"),
        ({"agent": "a\0b"}, "text-invisible"),
        ({"lines_elsewhere": -1}, "order-lines"),
        ({"risk": 1.1}, "order-risk"),
        ({"risk": float("nan")}, "order-risk"),
        ({"identity_number": "--"}, "identity-number"),
    ],
)
def test_an_order_that_cannot_be_kept_is_refused(values: dict[str, Any], code: str, database: Database) -> None:
    desk = Desk(database)
    with pytest.raises(InputError) as caught:
        desk.registration.open_case(replace(ORDER, **values), "api:1")
    assert caught.value.code == code
    assert desk.registration.cases().cases == ()


@given(st.text(max_size=30))
def test_no_text_from_outside_gets_through_that_a_database_cannot_hold(text: str) -> None:
    for check in (
        lambda: checked_text(text, "It"),
        lambda: checked_line(text),
        lambda: checked_code(text),
        lambda: checked_language(text),
        lambda: checked_order(replace(ORDER, shop=text, agent=text, iccid=text)),
    ):
        try:
            check()
        except InputError:
            continue
        assert "\0" not in text
        text.encode("utf-8")


# --- once only -------------------------------------------------------------------------------------------------------


def test_the_same_request_with_the_same_key_gives_the_same_answer(database: Database) -> None:
    desk = Desk(database)
    once = Once("key_1", "4f1c", b'{"line": "+8613800000001"}')
    first = desk.registration.open_case(ORDER, "api:1", once)
    desk.registration.consent(first.id, "subscriber", "1")
    assert desk.registration.open_case(ORDER, "api:1", once) == first
    assert len(desk.registration.cases().cases) == 1


def test_the_same_key_with_another_request_is_a_conflict_and_another_s_key_is_not(database: Database) -> None:
    desk = Desk(database)
    first = desk.registration.open_case(ORDER, "api:1", Once("key_1", "4f1c", b"{}"))
    with pytest.raises(ConflictError) as caught:
        desk.registration.open_case(ORDER, "api:1", Once("key_1", "4f1c", b"{ }"))
    assert caught.value.code == "idempotency-other-request"
    other = desk.registration.open_case(ORDER, "api:2", Once("key_2", "4f1c", b"{}"))
    assert other.id != first.id
    assert len(desk.registration.cases().cases) == 2


def test_a_refused_order_is_not_remembered(database: Database) -> None:
    desk = Desk(database)
    once = Once("key_1", "4f1c", b"{}")
    with pytest.raises(InputError):
        desk.registration.open_case(replace(ORDER, line="me"), "api:1", once)
    assert desk.registration.open_case(ORDER, "api:1", once).state is State.CREATED


@pytest.mark.parametrize("key", ["", "a b", "ä", "x" * 256, "a\n"])
def test_a_key_that_is_none_is_refused(key: str, database: Database) -> None:
    with pytest.raises(InputError) as caught:
        Desk(database).registration.open_case(ORDER, "api:1", Once("key_1", key, b"{}"))
    assert caught.value.code == "idempotency-key"


# --- lists -----------------------------------------------------------------------------------------------------------


def test_lists_come_in_pages_newest_first_and_miss_nothing(database: Database) -> None:
    desk = Desk(database)
    opened = []
    for number in range(7):
        opened.append(desk.opened(line=f"+861380000000{number % 2}").id)
        desk.later(number % 2)  # some at the same moment
    page, found = desk.registration.cases(limit=3), []
    while True:
        found += [case.id for case in page.cases]
        if page.cursor is None:
            break
        page = desk.registration.cases(limit=3, cursor=page.cursor)
    assert sorted(found) == sorted(opened)
    times = [desk.registration.case(case_id).created_at for case_id in found]
    assert times == sorted(times, reverse=True)
    assert len(desk.registration.cases(line="+8613800000001").cases) == 3
    assert desk.registration.cases(state=State.ACCEPTED).cases == ()


def test_the_reviewer_s_queue_is_oldest_first(database: Database) -> None:
    desk = Desk(database)
    cases = []
    for number in range(3):
        cases.append(desk.attempted(desk.referenced(line=f"+861380000000{number}"), REFER).id)
        desk.later(5)
    desk.opened()
    assert [case.id for case in desk.registration.referred().cases] == cases
    first = desk.registration.referred(limit=2)
    assert [case.id for case in desk.registration.referred(cursor=first.cursor).cases] == cases[2:]


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "MjAyNi0xMS0yMyBjYXNlXzE=", "ä"])
def test_a_cursor_that_was_never_given_is_refused(cursor: str, database: Database) -> None:
    with pytest.raises(InputError) as caught:
        Desk(database).registration.cases(cursor=cursor)
    assert caught.value.code == "cursor"


def test_cases_are_found_by_agent_or_shop_and_from_a_time_on(database: Database) -> None:
    desk = Desk(database)
    old = desk.opened(agent="staff:1")
    desk.later(3600)
    mine = desk.opened(agent="staff:1", shop="North")
    hers = desk.opened(agent="staff:2", shop="North")
    far = desk.opened(agent="staff:2", shop="South")
    take = desk.registration

    def found(**wanted: Any) -> set[str]:
        return {case.id for case in take.cases(**wanted).cases}

    assert found(agent="staff:1") == {old.id, mine.id}
    assert found(shop="North") == {mine.id, hers.id}
    assert found(agent="staff:1", shop="South") == {old.id, mine.id, far.id}
    assert found(agent="staff:1", shop="North", since=desk.now) == {mine.id, hers.id}
    assert found(agent="staff:3") == found(shop="") == set()
    first = take.cases(agent="staff:2", limit=1)
    assert [case.id for case in take.cases(agent="staff:2", limit=1, cursor=first.cursor).cases] == (
        [min(hers.id, far.id)]
    )


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_page_has_1_to_200_cases(limit: int, database: Database) -> None:
    with pytest.raises(InputError):
        Desk(database).registration.cases(limit=limit)


@pytest.mark.parametrize("case_id", ["", "case_none", "\0", "\ud800", "case_1' OR '1'='1", "x" * 10_000])
def test_an_unknown_id_is_not_found_whatever_it_is(case_id: str, database: Database) -> None:
    take = Desk(database).registration
    for act in (
        lambda: take.case(case_id),
        lambda: take.events(case_id),
        lambda: take.attempts(case_id),
        lambda: take.attempt(case_id),
        lambda: take.evidence(case_id, "staff:1"),
        lambda: take.looks(case_id),
        lambda: take.subscriber_link(case_id, "api:1"),
        lambda: take.consent(case_id, "subscriber", "1"),
        lambda: take.set_reference(case_id, "subscriber", b""),
        lambda: take.begin_attempt(case_id, "subscriber"),
        lambda: take.end_attempt(case_id, 0, REFER),
        lambda: take.confirm_activation(case_id, "api:1"),
    ):
        with pytest.raises(NotFoundError):
            act()


def test_errors_of_the_service_are_told_apart_by_their_root() -> None:
    from simreg import errors

    roots = {errors.ConflictError, errors.AccessError, errors.NotFoundError, errors.InputError}
    assert all(issubclass(root, SimregError) for root in roots)
    assert issubclass(errors.LimitError, errors.ConflictError)
