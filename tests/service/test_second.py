"""The second factor: who has the password alone gets nowhere."""

import pytest
from sqlalchemy import select

from service.desk import KEYS, Desk, SeededChance
from service.test_access import PASSWORD, QUICK
from simreg.errors import AccessError, ConflictError
from simreg.privacy.totp import STEP_S, code_at
from simreg.service.access import Access, Role, SignedIn
from simreg.service.locks import FAILURES, LOCKED_S
from simreg.service.second import Enrolment, Second
from simreg.settings import Settings
from simreg.storage.database import Database
from simreg.storage.tables import METADATA, SECOND_FACTORS


class Gate:
    """A door with a second lock."""

    def __init__(self, database: Database) -> None:
        self.database, self.desk = database, Desk(database)
        settings = Settings(second_factor="on", public_url="https://sim.example")
        self.access = Access(database, lambda: self.desk.now, SeededChance(3), settings, QUICK)
        self.second = Second(database, lambda: self.desk.now, SeededChance(5), settings, KEYS)
        self.access.create_staff("rex", Role.REVIEWER, PASSWORD)

    def signed(self) -> SignedIn:
        return self.access.sign_in("rex", PASSWORD)

    def code(self, enrolment: Enrolment, apart: int = 0) -> str:
        import base64

        secret = base64.b32decode(enrolment.letters)
        return code_at(secret, int(self.desk.now.timestamp()) // STEP_S + apart)

    def enrolled(self) -> tuple[Enrolment, tuple[str, ...]]:
        signed = self.signed()
        enrolment = self.second.begin(signed.member)
        codes = self.second.confirm(signed.token, signed.member, self.code(enrolment))
        self.desk.later(60)
        return enrolment, codes


@pytest.fixture
def gate(database: Database) -> Gate:
    return Gate(database)


def refused(gate: Gate, signed: SignedIn, code: str) -> str:
    with pytest.raises(AccessError) as caught:
        gate.second.check(signed.token, signed.member, code)
    assert gate.access.session(signed.token).waits
    return caught.value.code


def test_a_sign_in_waits_until_the_code_is_given(gate: Gate) -> None:
    enrolment, _ = gate.enrolled()
    signed = gate.signed()
    assert signed.waits
    assert gate.access.session(signed.token).waits
    gate.second.check(signed.token, signed.member, gate.code(enrolment))
    assert not gate.access.session(signed.token).waits
    assert gate.access.session(gate.signed().token).waits  # the next one again


def test_a_code_works_once(gate: Gate) -> None:
    enrolment, _ = gate.enrolled()
    code = gate.code(enrolment)
    one, two = gate.signed(), gate.signed()
    gate.second.check(one.token, one.member, code)
    assert refused(gate, two, code) == "second-wrong"


def test_codes_for_a_lost_phone_work_once_each(gate: Gate) -> None:
    _, codes = gate.enrolled()
    assert len(set(codes)) == 8
    signed = gate.signed()
    gate.second.check(signed.token, signed.member, f" {codes[3][:6].upper()}-{codes[3][6:]} ")
    assert not gate.access.session(signed.token).waits
    assert refused(gate, gate.signed(), codes[3]) == "second-wrong"


def test_guessing_locks_even_if_the_password_is_given_anew_each_time(gate: Gate) -> None:
    enrolment, _ = gate.enrolled()
    for _ in range(FAILURES):
        assert refused(gate, gate.signed(), "000000") == "second-wrong"
    with pytest.raises(AccessError) as caught:
        gate.signed()
    assert caught.value.code == "sign-in-locked"
    gate.desk.later(LOCKED_S)
    signed = gate.signed()
    gate.second.check(signed.token, signed.member, gate.code(enrolment))


def test_a_member_who_is_locked_cannot_go_on_in_an_open_sign_in(gate: Gate) -> None:
    enrolment, _ = gate.enrolled()
    signed = gate.signed()
    for _ in range(FAILURES):
        refused(gate, signed, "000000")
    assert refused(gate, signed, gate.code(enrolment)) == "sign-in-locked"


def test_nobody_sets_it_up_a_second_time_with_the_password_alone(gate: Gate) -> None:
    gate.enrolled()
    signed = gate.signed()
    with pytest.raises(ConflictError):
        gate.second.begin(signed.member)
    with pytest.raises(ConflictError):
        gate.second.confirm(signed.token, signed.member, "000000")
    assert gate.second.is_set_up(signed.member)


def test_setting_up_needs_a_code_of_it(gate: Gate) -> None:
    signed = gate.signed()
    enrolment = gate.second.begin(signed.member)
    assert gate.second.begin(signed.member) == enrolment
    with pytest.raises(AccessError):
        gate.second.confirm(signed.token, signed.member, gate.code(enrolment, apart=5))
    assert not gate.second.is_set_up(signed.member)
    assert refused(gate, signed, gate.code(enrolment)) == "second-wrong"  # what is not confirmed opens nothing


def test_after_a_reset_it_is_set_up_anew(gate: Gate) -> None:
    enrolment, codes = gate.enrolled()
    signed = gate.signed()
    gate.access.reset_second("rex")
    with pytest.raises(AccessError):
        gate.access.session(signed.token)
    again = gate.signed()
    assert refused(gate, again, codes[0]) == "second-wrong"
    assert gate.second.begin(again.member) != enrolment


def test_secrets_are_kept_sealed_and_codes_hashed(gate: Gate, database: Database) -> None:
    enrolment, codes = gate.enrolled()
    with database.read() as tx:
        text = repr([row for table in METADATA.sorted_tables for row in tx.execute(select(table))])
        assert tx.execute(select(SECOND_FACTORS)).one().confirmed_at is not None
    assert [one for one in (enrolment.letters, *codes) if one in text] == []
    assert enrolment.letters not in repr(enrolment)
