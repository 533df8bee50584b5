"""Each act leaves what it should in the log, and a receipt of it proves so to others."""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from log.test_receipt import single as the_single_file
from service.desk import ACCEPT, REFER, REFUSE, SIGNER, Desk, find_profile
from simreg.errors import ConflictError, NotFoundError
from simreg.log import leaves
from simreg.log.commitment import commit
from simreg.log.leaves import Leaf, kind_of, read_entry
from simreg.log.receipt import parse_receipt
from simreg.log.receipt_check import Code, Given, verify_receipt
from simreg.registration.types import Case
from simreg.service.leaves import policy_digest
from simreg.service.types import Abandoned
from simreg.storage import log
from simreg.storage.database import Database
from simreg.storage.key_store import KeyStore

LINE = "+8613800000001"
ATTEMPTED = ["case-opened", "consent", "attempt accepted", "decision accepted face"]
single = the_single_file


def read(desk: Desk, case: Case) -> Iterator[Leaf]:
    """The leaves of a case, in their order."""
    for _, entry in desk.registration.case_leaves(case.id):
        yield read_entry(entry)[0]


def words(leaf: Leaf) -> str:
    """What a leaf is, in a few words."""
    parts = [getattr(leaf, name, None) for name in ("outcome", "result", "by", "how", "data", "cause")]
    on = {True: "on", False: "off"}.get(getattr(leaf, "on", None), "")  # type: ignore[arg-type]
    told = [" ".join(one) if isinstance(one, tuple) else one for one in parts if one is not None]
    return " ".join([kind_of(type(leaf)), *told, on]).strip()


def accepted(desk: Desk) -> Case:
    return desk.accepted(profile="keeps", shop="s1", agent="staff:1", identity_number="A1")


def walk_on(desk: Desk) -> Case:
    case = desk.accepted()
    desk.registration.confirm_activation(case.id, "api:1")
    desk.registration.end_activation(LINE, "api:1")
    return case


def walk_replaced(desk: Desk) -> Case:
    case = desk.accepted()
    desk.registration.confirm_activation(case.id, "api:1")
    desk.registration.confirm_activation(desk.accepted(transaction="replace").id, "api:1")
    return case


def walk_reviewed(desk: Desk) -> Case:
    case = desk.attempted(desk.referenced(profile="keeps", risk=0.9), REFER)
    desk.registration.evidence(case.id, "staff:1")
    desk.registration.review(case.id, "staff:1", True, "the same person")
    return desk.registration.review(case.id, "staff:2", True, "the same person")


def walk_alternative(desk: Desk) -> Case:
    case = desk.opened()
    desk.registration.choose_alternative(case.id, "subscriber", "rather-not")
    return desk.registration.finish_alternative(case.id, "staff:1", True, "passport")


def walk_refused(desk: Desk) -> Case:
    case = desk.referenced()
    for _ in range(3):
        case = desk.attempted(case, REFUSE)
    return case


def walk_given_up(desk: Desk) -> Case:
    case = desk.referenced()
    order = desk.begun(case)
    desk.registration.end_attempt(order.attempt_id, 0, Abandoned("stopped"))
    desk.begun(case)
    return desk.registration.withdraw(case.id, "subscriber")


def walk_expired(desk: Desk) -> Case:
    case = desk.opened()
    desk.later(86_400)
    desk.registration.expire_due()
    return case


def walk_cancelled(desk: Desk) -> Case:
    return desk.registration.cancel(desk.opened().id, "api:1", "left")


WALKS: list[tuple[Callable[[Desk], Case], list[str]]] = [
    (accepted, ATTEMPTED),
    (walk_on, [*ATTEMPTED, "activation on", "activation off"]),
    (walk_replaced, [*ATTEMPTED, "activation on", "activation off"]),
    (
        walk_reviewed,
        [
            *("case-opened", "consent", "attempt referred", "evidence-viewed reference frames curves"),
            *("review", "review", "decision accepted review"),
        ],
    ),
    (walk_alternative, ["case-opened", "case-ended alternative", "decision accepted alternative"]),
    (walk_refused, ["case-opened", "consent", *["attempt failed"] * 3, "decision refused face"]),
    (walk_given_up, ["case-opened", "consent", *["attempt abandoned"] * 2, "case-ended withdrawn"]),
    (walk_expired, ["case-opened", "case-ended expired"]),
    (walk_cancelled, ["case-opened", "case-ended cancelled"]),
]


@pytest.mark.parametrize(("walk", "expected"), WALKS, ids=[walk.__name__ for walk, _ in WALKS])
def test_each_act_leaves_its_leaf(walk: Callable[[Desk], Case], expected: list[str], database: Database) -> None:
    desk = Desk(database)
    assert [words(leaf) for leaf in read(desk, walk(desk))] == expected


def test_an_act_that_is_refused_leaves_none(database: Database) -> None:
    desk = Desk(database)
    case = desk.accepted()
    before = list(read(desk, case))
    for act in (
        lambda: desk.registration.consent(case.id, "subscriber", "1"),
        lambda: desk.registration.review(case.id, "staff:1", True, "the same person"),
        lambda: desk.registration.evidence(case.id, "staff:1"),
        lambda: desk.registration.withdraw(case.id, "subscriber", version=1),
    ):
        with pytest.raises(ConflictError):
            act()
    assert list(read(desk, case)) == before


def test_the_leaves_tell_what_was_done_and_of_whom_to_those_with_the_salt_only(database: Database) -> None:
    desk = Desk(database)
    case = accepted(desk)
    opened, consent, attempt, _ = read(desk, case)
    salt = desk.store.known_salt(str(case.subject_hash))
    assert salt is not None
    assert isinstance(opened, leaves.CaseOpened)
    assert (opened.line, opened.shop) == (commit(salt, "line", LINE), commit(salt, "shop", "s1"))
    assert opened.agent == commit(salt, "agent", "staff:1")
    assert opened.subject == commit(salt, "subject", str(case.subject_hash))
    assert opened.policy == policy_digest(find_profile("keeps")) != policy_digest(find_profile("test"))
    assert isinstance(consent, leaves.Consent)
    assert isinstance(attempt, leaves.Attempt)
    assert (attempt.folio, attempt.number, attempt.line) == (f"{case.folio}-1", 1, opened.line)
    assert attempt.models == tuple(dict.fromkeys(model.sha256 for model in ACCEPT.models))
    assert attempt.band == "match"
    assert len(attempt.actions) >= 2


def test_two_cases_of_one_person_cannot_be_told_from_those_of_two_once_the_salt_is_gone(
    database: Database, store: KeyStore
) -> None:
    desk = Desk(database, store=store)
    one = desk.opened(profile="forgets", identity_number="A1")
    two = desk.opened(profile="forgets", identity_number="A1", line="+8613800000002")
    salt = desk.store.known_salt(str(one.subject_hash))
    for case in (one, two):
        desk.registration.cancel(case.id, "api:1", "left")
        desk.later(43_200)
    desk.later(9 * 86_400)
    assert desk.registration.forget_records() == 1
    desk.registration.destroy_due()
    assert desk.store.known_salt(str(one.subject_hash)) == salt  # the second case still is there
    desk.later(43_200)
    assert desk.registration.forget_records() == 1
    assert desk.registration.destroy_due() == 1
    assert desk.store.known_salt(str(one.subject_hash)) is None
    with database.read() as tx:
        entries = log.entries(tx, 0, log.frontier(tx).size)
    assert words(read_entry(entries[-1])[0]) == "key-destroyed record retention"
    again = desk.opened(identity_number="A1")
    assert again.subject_hash == one.subject_hash
    assert desk.store.known_salt(str(one.subject_hash)) not in (None, salt)


def test_who_comes_again_before_the_salt_is_destroyed_keeps_it(database: Database, store: KeyStore) -> None:
    desk = Desk(database, store=store)
    case = desk.opened(profile="forgets", identity_number="A1")
    salt = desk.store.known_salt(str(case.subject_hash))
    desk.registration.cancel(case.id, "api:1", "left")
    desk.later(11 * 86_400)
    assert desk.registration.forget_records() == 1
    desk.opened(identity_number="A1")
    assert desk.registration.destroy_due() == 0
    assert desk.store.known_salt(str(case.subject_hash)) == salt


# --- receipts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [ACCEPT, REFER, REFUSE], ids=["accepted", "referred", "refused"])
def test_each_attempt_passed_or_failed_has_a_receipt(outcome: Any, database: Database, single: ModuleType) -> None:
    desk = Desk(database)
    case = desk.attempted(desk.referenced(), outcome)
    text = desk.registration.receipt(case.id).text
    receipt = parse_receipt(text)
    assert verify_receipt(text, Given(SIGNER.verifier, [])).code is Code.VERIFIED
    assert receipt.leaf()["kind"] == "attempt"
    assert {name: one.value for name, one in receipt.opened.items()} == {"line": LINE}
    assert single.verdict(text, single.key_of(SIGNER.verifier.text), [], None)[0] == "verified"


def test_a_receipt_is_of_the_attempt_that_was_asked_for(database: Database) -> None:
    desk = Desk(database)
    case = walk_refused(desk)
    numbers = [
        parse_receipt(desk.registration.receipt(case.id, number).text).leaf()["number"] for number in (1, 2, 3, None)
    ]
    assert numbers == [1, 2, 3, 3]
    for number in (0, 4):
        with pytest.raises(NotFoundError) as caught:
            desk.registration.receipt(case.id, number)
        assert caught.value.code == "receipt-none"


def test_without_the_salt_the_receipt_no_longer_shows_the_line(database: Database, store: KeyStore) -> None:
    desk = Desk(database, store=store)
    case = desk.attempted(desk.referenced(profile="forgets-in-two-steps", identity_number="A1"), REFUSE)
    desk.registration.cancel(case.id, "api:1", "left")
    assert parse_receipt(desk.registration.receipt(case.id).text).opened
    desk.later(10 * 86_400)
    desk.registration.forget_records()
    desk.registration.destroy_due()
    text = desk.registration.receipt(case.id).text
    assert not parse_receipt(text).opened
    assert verify_receipt(text, Given(SIGNER.verifier, [])).code is Code.VERIFIED
