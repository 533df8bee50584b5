"""Keys: where they are read from, and that they are never told."""

import base64
import os
from pathlib import Path

import pytest

from simreg.errors import InputError
from simreg.privacy.keys import keys_of, make_secret, parse_secret, read_secret

SECRET = bytes(range(32))
TEXT = base64.b64encode(SECRET).decode()


def written(path: Path, text: str, mode: int = 0o600) -> Path:
    path.write_text(text)
    path.chmod(mode)
    return path


def code(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_secret(path)
    assert TEXT not in str(caught.value)
    return caught.value.code


def test_each_use_has_a_key_of_its_own_and_another_secret_has_others() -> None:
    one, other = keys_of(SECRET), keys_of(bytes(32))
    assert len({one.sealing, one.hashing, SECRET, other.sealing, other.hashing}) == 5
    assert {len(one.sealing), len(one.hashing)} == {32}
    assert one.id != other.id
    assert one == keys_of(SECRET)


def test_keys_are_never_shown() -> None:
    keys = keys_of(SECRET)
    assert repr(keys) == f"Keys(id='{keys.id}')"


@pytest.mark.parametrize("secret", [b"", bytes(31), bytes(33)])
def test_a_secret_of_another_length_is_refused(secret: bytes) -> None:
    with pytest.raises(InputError, match="not 32"):
        keys_of(secret)


def test_a_secret_is_read_from_text_and_from_a_file(tmp_path: Path) -> None:
    assert parse_secret(f" {TEXT}\n") == SECRET
    assert read_secret(written(tmp_path / "key", TEXT + "\n")) == SECRET


@pytest.mark.parametrize("text", ["not base64!", "ÄÖÜ", TEXT[:-1]])
def test_what_is_no_secret_is_refused(text: str, tmp_path: Path) -> None:
    assert code(written(tmp_path / "key", text)) == "key-unusable"


@pytest.mark.skipif(os.name != "posix", reason="files have no modes here")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o622, 0o700 | 0o010])
def test_a_file_that_others_can_use_is_refused(mode: int, tmp_path: Path) -> None:
    assert code(written(tmp_path / "key", TEXT, mode)) == "key-open"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert code(tmp_path / "none") == "key-unusable"
    assert code(tmp_path) == "key-unusable"


def test_a_new_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "key"
    make_secret(path)
    secret = read_secret(path)
    assert len(secret) == 32
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    make_secret(path)
    assert read_secret(path) == secret
