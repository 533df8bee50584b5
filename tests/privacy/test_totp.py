"""One-time codes against the standard's own values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.privacy.totp import STEP_S, address, code_at, in_letters, step_of

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_are_those_of_rfc_6238(at: int, code: str) -> None:
    assert code_at(SECRET, at // STEP_S) == code
    assert step_of(SECRET, code, at, after=0) == at // STEP_S


def test_the_codes_are_those_of_rfc_4226() -> None:
    assert [code_at(SECRET, step) for step in range(4)] == ["755224", "287082", "359152", "969429"]


@given(st.integers(10, 10**9), st.integers(-3, 3))
def test_a_code_is_good_for_a_step_before_and_after_and_no_longer(step: int, apart: int) -> None:
    code = code_at(SECRET, step)
    others = {code_at(SECRET, step + apart + one) for one in (-1, 0, 1)}
    found = step_of(SECRET, code, (step + apart) * STEP_S + 29, after=0)
    assert (found is not None) == (abs(apart) <= 1 or code in others)


def test_a_code_works_once_and_none_before_it_does() -> None:
    for after in (1000, 1001, 2000):
        assert step_of(SECRET, code_at(SECRET, 1000), 1000 * STEP_S, after) is None
    assert step_of(SECRET, code_at(SECRET, 1001), 1000 * STEP_S, 1000) == 1001


@pytest.mark.parametrize("code", ["", "00000", "２８７０８２", "\ud800", "2870820", "x" * 1000])
def test_what_is_no_code_is_wrong(code: str) -> None:
    assert step_of(SECRET, code, 59, 0) is None


def test_apps_can_read_the_address() -> None:
    assert in_letters(SECRET) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert address(SECRET, "sim.example", "ann@x") == (
        "otpauth://totp/sim.example:ann%40x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=sim.example"
    )
