"""The commands: a log from its key to a receipt that somebody else verifies."""

import argparse
from pathlib import Path

import pytest

from log.samples import OPENED, attempt, consents
from log.test_storage import NOW
from simreg.cli import log as log_command
from simreg.cli import receipt as receipt_command
from simreg.errors import InputError, NotFoundError
from simreg.log.checkpoint import parse_checkpoint
from simreg.log.keys import Signer
from simreg.log.leaves import Leaf
from simreg.log.receipt import make_receipt
from simreg.privacy.keys import read_secret
from simreg.storage import log
from simreg.storage.database import open_database

NAME = "log.example/one"


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    log_command.add_parser(commands)
    receipt_command.add_parser(commands)
    options = parser.parse_args([str(word) for word in words])
    status: int = options.func(options)
    return status


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SIMREG_DATABASE", f"sqlite:///{tmp_path}/simreg.db")
    return tmp_path


def append(folder: Path, leaves: list[Leaf]) -> None:
    database = open_database(f"sqlite:///{folder}/simreg.db")
    database.upgrade()
    with database.write() as tx:
        log.append_many(tx, leaves, NOW)
    database.close()


def test_from_a_key_to_a_receipt(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("log", "key", "--name", NAME, "--key-file", folder / "key") == 0
    public = capsys.readouterr().out.strip()
    assert run("log", "key", "--name", NAME, "--key-file", folder / "key") == 0
    assert capsys.readouterr().out.strip() == public
    (folder / "public").write_text(public + "\n", "utf-8")
    with pytest.raises(NotFoundError):
        run("log", "check", "--key", public)
    append(folder, [OPENED, attempt(), *consents(300)])
    assert run("log", "checkpoint", "--name", NAME, "--key-file", folder / "key") == 0
    (folder / "kept").write_text(capsys.readouterr().out, "utf-8")
    append(folder, consents(10))
    run("log", "checkpoint", "--name", NAME, "--key-file", folder / "key")
    capsys.readouterr()
    for where in ([], [folder / "copy"]):
        if where:
            assert run("log", "export", folder / "copy") == 0
        assert run("log", "check", *where, "--key", folder / "public", "--checkpoint", folder / "kept") == 0
        assert "All 312 entries" in capsys.readouterr().out
    receipt(folder)
    verify = ("receipt", "verify", folder / "receipt")
    assert run(*verify) == 3
    assert run(*verify, "--key", public) == 0
    said = capsys.readouterr().out
    assert "VERIFIED [verified]" in said
    assert "record 1 of 312" in said
    assert run(*verify, "--key", public, "--checkpoint", folder / "kept") == 3
    assert run(*verify, "--key", public, "--checkpoint", folder / "kept", "--tiles", folder / "copy") == 0
    (folder / "receipt").write_text((folder / "receipt").read_text("utf-8")[:-4] + "AAAA", "utf-8")
    assert run(*verify, "--key", public) == 1


def receipt(folder: Path) -> None:
    database = open_database(f"sqlite:///{folder}/simreg.db")
    with database.read() as tx:
        note = log.newest_checkpoint(tx)
        assert note is not None
        proof = log.inclusion(tx, 1, parse_checkpoint(note.text).size)
        entry = log.entries(tx, 1, 2)[0]
    database.close()
    signer = Signer(NAME, read_secret(folder / "key"))
    (folder / "receipt").write_text(make_receipt(signer, entry, 1, proof, note), "utf-8")


def test_a_copy_that_was_changed_is_found_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("log", "key", "--name", NAME, "--key-file", folder / "key")
    public = capsys.readouterr().out.strip()
    append(folder, consents(20))
    run("log", "checkpoint", "--name", NAME, "--key-file", folder / "key")
    run("log", "export", folder / "copy")
    bundle = folder / "copy" / "tile" / "entries" / "000.p" / "20"
    bundle.write_bytes(bundle.read_bytes().replace(b"subscriber", b"api:1     "[:10], 1))
    assert run("log", "check", folder / "copy", "--key", public) == 1
    assert "FALSE [leaf-malformed]" in capsys.readouterr().out
    bundle.write_bytes(bundle.read_bytes().replace(b"api:1     ", b"subscriber").replace(b"0" * 60, b"1" * 60, 1))
    assert run("log", "check", folder / "copy", "--key", public) == 1
    assert "FALSE [checkpoint-differs]" in capsys.readouterr().out


def test_a_witness_s_key_is_of_another_kind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--for-witness"]):
        run("log", "key", "--name", NAME, "--key-file", folder / "key", *more)
    one, two = capsys.readouterr().out.split()
    assert one != two


def test_what_cannot_be_read_is_said(folder: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        run("receipt", "verify", folder / "none")
    (folder / "large").write_bytes(bytes(200_000))
    with pytest.raises(InputError, match="more than"):
        run("receipt", "verify", folder / "large")
    with pytest.raises(InputError):
        run("receipt", "verify", folder / "large", "--key", "rubbish")
