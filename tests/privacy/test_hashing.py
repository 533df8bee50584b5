"""The keyed hash of identity numbers."""

import hashlib

import pytest

from simreg.errors import InputError
from simreg.privacy.hashing import keyed_hash, subject_hash
from simreg.privacy.keys import keys_of

KEYS, OTHER = keys_of(bytes(range(32))), keys_of(bytes(32))
NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    "written", ["11010519491231002x", "110105 19491231 002X", "110105-19491231-002-X", "１１０１０５19491231002X"]
)
def test_one_number_has_one_hash_however_it_is_written(written: str) -> None:
    assert subject_hash(KEYS, written) == subject_hash(KEYS, NUMBER)


def test_another_number_key_or_use_gives_another_hash() -> None:
    hashes = {
        subject_hash(KEYS, NUMBER),
        subject_hash(KEYS, NUMBER[:-1]),
        subject_hash(OTHER, NUMBER),
        keyed_hash(KEYS, "request", NUMBER.encode()),
        hashlib.sha256(NUMBER.encode()).hexdigest(),
    }
    assert len(hashes) == 5


@pytest.mark.parametrize("number", ["", " - ", "1" * 65])
def test_what_is_no_number_is_refused_and_not_repeated(number: str) -> None:
    with pytest.raises(InputError) as caught:
        subject_hash(KEYS, number)
    assert caught.value.code == "identity-number"
    assert "1" * 65 not in str(caught.value)
