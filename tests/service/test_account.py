"""The account of what is held."""

import pytest

from service.desk import ACCEPT, REFER, Desk
from simreg.cli.main import main
from simreg.service.account import Account, account
from simreg.storage import held
from simreg.storage.database import Database


def test_it_counts_what_is_there_and_says_why_and_when_it_goes(database: Database) -> None:
    desk = Desk(database)
    desk.attempted(desk.referenced(profile="keeps", identity_number="A1"), REFER)
    desk.attempted(desk.referenced(profile="keeps", identity_number="A1", line="+8613800000002"), REFER)
    desk.attempted(desk.referenced(line="+8613800000003"), ACCEPT)
    told = account(database)
    by = {one.what: one for one in told.held}
    assert (by["frame"].pieces, by["frame"].cases, by["frame"].people) == (4, 2, 1)
    assert (by["reference"].pieces, by["curves"].cases) == (2, 2)
    assert by["frame"].last_goes is not None
    assert (by["frame"].last_goes - desk.now).total_seconds() == 600
    assert (by["record (keeps)"].cases, by["record (keeps)"].people, by["record (test)"].people) == (2, 1, 1)
    assert all(one.why for one in told.held)
    assert (told.faces, told.keys_waiting) == (2, 1)
    desk.later(86_401)
    desk.registration.sweep_sealed()
    desk.registration.destroy_due()
    after = account(database)
    assert (after.faces, after.keys_waiting) == (0, 0)
    assert {one.what.split()[0] for one in after.held} == {"record"}


@pytest.mark.parametrize(
    ("faces", "word"), [(0, None), (79_999, None), (80_000, "limit"), (99_999, "limit"), (100_000, "authority")]
)
def test_alarms_at_eighty_and_a_hundred_thousand(faces: int, word: str | None) -> None:
    alarm = Account((), faces, 0).alarm
    assert (alarm is None) == (word is None)
    assert word is None or word in str(alarm)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_command_prints_it_and_its_status_is_the_alarm(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIMREG_DATABASE", url)
    assert main(["privacy", "report"]) == 0
    assert "Stored faces: 0." in capsys.readouterr().out
    monkeypatch.setattr(held, "faces", lambda _: 80_000)
    assert main(["privacy", "report", "--json"]) == 3
    assert '"faces": 80000' in capsys.readouterr().out
