"""Sealed data open with the right key, for what they belong to, and not otherwise."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.errors import InputError
from simreg.privacy.keys import keys_of
from simreg.privacy.seal import Sealed, Sealer

SEALER = Sealer.of(keys_of(bytes(range(32))))
OWNER = ("case_1", "reference", 0)
parts = st.lists(st.text() | st.integers(0, 9), max_size=4).map(tuple)


def unreadable(sealer: Sealer, sealed: Sealed, *owner: str | int) -> bool:
    with pytest.raises(InputError) as caught:
        sealer.open(sealed, *owner)
    return caught.value.code == "sealed-unreadable"


@given(st.binary(), parts)
def test_what_was_sealed_opens_again(data: bytes, owner: tuple[str | int, ...]) -> None:
    sealed = SEALER.seal(data, *owner)
    assert SEALER.open(sealed, *owner) == data
    assert len(sealed.ciphertext) == len(data) + 16


@given(parts, parts)
def test_it_does_not_open_as_another_s(owner: tuple[str | int, ...], other: tuple[str | int, ...]) -> None:
    if [str(part) for part in owner] != [str(part) for part in other]:
        assert unreadable(SEALER, SEALER.seal(b"face", *owner), *other)


def test_parts_do_not_run_into_each_other() -> None:
    assert unreadable(SEALER, SEALER.seal(b"face", "case_1", "1"), "case_11", "")


@given(st.integers(0, 31), st.integers(1, 255))
def test_nothing_altered_opens(place: int, change: int) -> None:
    sealed = SEALER.seal(bytes(16), *OWNER)
    altered = bytearray(sealed.ciphertext)
    altered[place] ^= change
    assert unreadable(SEALER, replace(sealed, ciphertext=bytes(altered)), *OWNER)
    assert unreadable(SEALER, replace(sealed, nonce=bytes(12)), *OWNER)


def test_another_key_does_not_open_it() -> None:
    sealed = SEALER.seal(b"face", *OWNER)
    other = keys_of(bytes(32))
    assert unreadable(Sealer.of(other), sealed, *OWNER)
    assert unreadable(Sealer.of(other), replace(sealed, key_id=other.id), *OWNER)


def test_the_same_data_never_look_the_same_twice_and_are_not_shown() -> None:
    one, other = SEALER.seal(b"face", *OWNER), SEALER.seal(b"face", *OWNER)
    assert one.nonce != other.nonce
    assert one.ciphertext != other.ciphertext
    assert "ciphertext" not in repr(one)
    assert b"face" not in one.ciphertext
