"""Two people agree at the command line."""

import base64
import io
import os
from pathlib import Path

import pytest

from simreg import serve
from simreg.cli.main import main
from simreg.errors import ConflictError
from simreg.service.changes import Kind
from simreg.settings import read_settings
from simreg.storage.database import open_database

PASSWORD = "correct horse battery"  # noqa: S105
PROFILE = """name = "mine"
title = { en = "Mine", zh = "自有" }
as_of = "2026-11"
based_on = "default"
[sources.own]
title = "ours"
read = "own-choice"
"""


@pytest.fixture(autouse=True)
def _deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMREG_DATABASE", f"sqlite:///{tmp_path}/simreg.db")
    monkeypatch.setenv("SIMREG_KEY", base64.b64encode(bytes(range(32))).decode())


def run(monkeypatch: pytest.MonkeyPatch, *words: str, said: str = PASSWORD) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(said + "\n"))
    return main(list(words))


def people(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, role in (("cora", "compliance-officer"), ("otto", "operator"), ("ann", "agent")):
        assert run(monkeypatch, "staff", "create", name, "--role", role) == 0


def proposed(capsys: pytest.CaptureFixture[str]) -> str:
    return next(word for word in capsys.readouterr().out.split() if word.startswith("prop_"))


def test_a_profile_is_proposed_by_one_and_agreed_to_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    people(monkeypatch)
    file = tmp_path / "mine.toml"
    file.write_text(PROFILE, encoding="utf-8")
    capsys.readouterr()
    assert run(monkeypatch, "changes", "propose", "policy", str(file), "--as", "cora") == 0
    proposal = proposed(capsys)
    assert run(monkeypatch, "changes", "list") == 0
    assert proposal in capsys.readouterr().out
    for name, said in (("cora", PASSWORD), ("ann", PASSWORD), ("otto", "wrong password"), ("nobody", PASSWORD)):
        assert run(monkeypatch, "changes", "agree", proposal, "--as", name, said=said) == 2
    assert not usable(monkeypatch, file)
    assert run(monkeypatch, "changes", "agree", proposal, "--as", "otto") == 0
    assert usable(monkeypatch, file)
    file.write_text(PROFILE.replace("Mine", "Other"), encoding="utf-8")
    assert not usable(monkeypatch, file)


def usable(monkeypatch: pytest.MonkeyPatch, file: Path) -> bool:
    """Whether a server would start with this profile."""
    monkeypatch.setenv("SIMREG_PROFILES", str(file))
    settings = read_settings(os.environ)
    database = open_database(settings.database)
    assert [kind for kind, _, _ in serve.decisive(settings)] == [Kind.POLICY]
    try:
        serve.check_changes(settings, database)
    except ConflictError:
        return False
    finally:
        database.close()
    return True


def test_a_role_and_a_refusal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    people(monkeypatch)
    capsys.readouterr()
    assert run(monkeypatch, "changes", "propose", "role", "ann=reviewer", "--as", "cora") == 0
    assert run(monkeypatch, "changes", "refuse", proposed(capsys), "--as", "otto") == 0
    assert run(monkeypatch, "changes", "propose", "role", "ann=king", "--as", "cora") == 2
    assert run(monkeypatch, "changes", "propose", "role", "ann=reviewer", "--as", "cora") == 0
    assert run(monkeypatch, "changes", "agree", proposed(capsys), "--as", "otto") == 0
    capsys.readouterr()
    assert run(monkeypatch, "staff", "list") == 0
    assert "reviewer" in next(line for line in capsys.readouterr().out.splitlines() if "ann" in line)
