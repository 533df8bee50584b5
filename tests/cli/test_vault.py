"""The commands over the key store."""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest

from simreg.cli.main import main
from simreg.privacy.keys import keys_of, make_secret
from simreg.privacy.seal import Sealer
from simreg.storage.key_store import open_key_store

SECRET = bytes(range(32))
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMREG_DATABASE", f"sqlite:///{tmp_path}/simreg.db")
    monkeypatch.setenv("SIMREG_KEY", base64.b64encode(SECRET).decode())
    store = open_key_store(f"sqlite:///{tmp_path}/keys.db", Sealer.wrapping(keys_of(SECRET)))
    for number in range(3):
        store.salt(f"case_{number}", NOW)
    store.close()


def test_the_keys_are_counted_and_wrapped_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["vault", "check"]) == 0
    assert "3 keys and salts." in capsys.readouterr().out
    make_secret(tmp_path / "wrap")
    assert main(["vault", "rotate", "--to", str(tmp_path / "wrap")]) == 0
    assert f"SIMREG_VAULT_KEY_FILE={tmp_path / 'wrap'}" in capsys.readouterr().out
    assert main(["vault", "check"]) == 2  # the old key no longer opens them
    monkeypatch.setenv("SIMREG_VAULT_KEY_FILE", str(tmp_path / "wrap"))
    assert main(["vault", "check"]) == 0
    assert main(["vault", "rotate", "--to", str(tmp_path / "wrap")]) == 0
    assert "0 keys and salts" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["vault", "rotate", "--to", "nowhere"],
        ["vault", "rotate", "--to-transit", "https://vault.example/transit/simreg"],  # without a token
    ],
)
def test_a_key_that_cannot_be_used_changes_nothing(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert main(["vault", "check"]) == 0
    assert "3 keys and salts." in capsys.readouterr().out
