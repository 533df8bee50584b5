"""API keys and staff."""

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from service.desk import START, Desk, SeededChance
from simreg.errors import AccessError, ConflictError, InputError, NotFoundError, SimregError
from simreg.service.access import Access, Role, Scope
from simreg.service.locks import FAILURES, LOCKED_S
from simreg.settings import Settings
from simreg.storage.database import Database
from simreg.storage.tables import METADATA

PASSWORD = "correct horse battery"  # noqa: S105
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Door:
    """Access with a clock that is set by hand."""

    def __init__(self, database: Database) -> None:
        self.desk = Desk(database, START)
        self.access = Access(database, lambda: self.desk.now, SeededChance(7), Settings(), QUICK)
        self.access.create_staff("ada", Role.REVIEWER, PASSWORD)


@pytest.fixture
def door(database: Database) -> Door:
    return Door(database)


def code(door: Door, password: str, name: str = "ada") -> str:
    with pytest.raises(AccessError) as caught:
        door.access.sign_in(name, password)
    assert password == "" or password not in str(caught.value)
    return caught.value.code


def test_a_key_opens_what_its_scopes_say_until_it_is_revoked(door: Door) -> None:
    new = door.access.create_api_key("shop system", frozenset({Scope.CASES_READ}))
    assert door.access.api_key(new.secret, Scope.CASES_READ) == new.key
    with pytest.raises(AccessError) as caught:
        door.access.api_key(new.secret, Scope.CASES_WRITE)
    assert caught.value.code == "scope-missing"
    door.access.revoke_api_key(new.key.id)
    with pytest.raises(AccessError) as caught:
        door.access.api_key(new.secret)
    assert caught.value.code == "key-invalid"
    assert [key.revoked_at for key in door.access.api_keys()] == [START]
    with pytest.raises(NotFoundError):
        door.access.revoke_api_key(new.key.id)


@pytest.mark.parametrize("secret", ["", "srk_guess", "\0", "\ud800", "x" * 100_000])
def test_what_is_no_key_opens_nothing(secret: str, door: Door) -> None:
    with pytest.raises(AccessError):
        door.access.api_key(secret)


def test_a_key_needs_scopes_and_a_name(door: Door) -> None:
    for name, scopes in (("x", frozenset[Scope]()), ("", frozenset(Scope)), ("\0", frozenset(Scope))):
        with pytest.raises(InputError):
            door.access.create_api_key(name, scopes)


def test_staff_sign_in_and_out(door: Door) -> None:
    signed = door.access.sign_in("ada", PASSWORD)
    found = door.access.session(signed.token)
    assert (found.member.role, found.csrf) == (Role.REVIEWER, signed.csrf)
    door.access.sign_out(signed.token)
    with pytest.raises(AccessError):
        door.access.session(signed.token)


def test_a_sign_in_ends_with_its_time(door: Door) -> None:
    signed = door.access.sign_in("ada", PASSWORD)
    door.desk.later(Settings().staff_s - 1)
    door.access.session(signed.token)
    door.desk.later(1)
    with pytest.raises(AccessError) as caught:
        door.access.session(signed.token)
    assert caught.value.code == "session-over"
    assert door.desk.registration.sweep_sealed() == 1


def test_it_is_not_told_whether_the_name_or_the_password_is_wrong(door: Door) -> None:
    assert code(door, "wrong password") == code(door, PASSWORD, "nobody") == code(door, PASSWORD, "\0'--") == "sign-in"


def test_wrong_passwords_lock_for_a_time_even_with_the_right_one(door: Door, database: Database) -> None:
    assert [code(door, "wrong password") for _ in range(FAILURES)] == ["sign-in"] * FAILURES
    assert code(door, PASSWORD) == "sign-in-locked"
    again = Access(database, lambda: door.desk.now, SeededChance(8), Settings(), QUICK)
    with pytest.raises(AccessError):  # another process knows it too
        again.sign_in("ada", PASSWORD)
    door.desk.later(LOCKED_S)
    door.access.sign_in("ada", PASSWORD)


def test_a_right_password_forgets_the_wrong_ones(door: Door) -> None:
    for _ in range(3):
        for _ in range(FAILURES - 1):
            code(door, "wrong password")
        door.access.sign_in("ada", PASSWORD)


def test_another_password_or_an_end_closes_all_sign_ins(door: Door) -> None:
    one = door.access.sign_in("ada", PASSWORD)
    door.access.set_password("ada", "another good one")
    with pytest.raises(AccessError):
        door.access.session(one.token)
    assert code(door, PASSWORD) == "sign-in"
    two = door.access.sign_in("ada", "another good one")
    door.access.disable_staff("ada")
    with pytest.raises(AccessError):
        door.access.session(two.token)
    assert code(door, "another good one") == "sign-in"
    with pytest.raises(NotFoundError):
        door.access.disable_staff("bob")


@pytest.mark.parametrize(
    ("name", "password"), [("Ada B", PASSWORD), ("", PASSWORD), ("bob", "hunter2"), ("bob", "x" * 201)]
)
def test_names_and_passwords_that_cannot_be(name: str, password: str, door: Door) -> None:
    with pytest.raises(InputError) as caught:
        door.access.create_staff(name, Role.AGENT, password)
    assert password not in str(caught.value)


def test_a_name_is_one_member_s(door: Door) -> None:
    with pytest.raises(ConflictError):
        door.access.create_staff("ada", Role.AGENT, PASSWORD)
    assert [member.name for member in door.access.staff()] == ["ada"]


def test_secrets_are_neither_kept_nor_shown(door: Door, database: Database) -> None:
    new = door.access.create_api_key("shop system", frozenset(Scope))
    signed = door.access.sign_in("ada", PASSWORD)
    with database.read() as tx:
        rows = repr([row for table in METADATA.sorted_tables for row in tx.execute(select(table))])
    shown = rows + repr(new) + repr(signed) + repr(door.access.staff())
    assert [secret for secret in (new.secret, signed.token, PASSWORD) if secret in shown] == []
    assert "$argon2id$" in rows
    assert "$argon2id$" not in repr(signed)


def test_errors_have_the_one_root(door: Door) -> None:
    with pytest.raises(SimregError):
        door.access.sign_in("ada", "")
