"""``simreg database``."""

import argparse
from collections.abc import Callable

import pytest

from simreg.cli import database
from simreg.errors import InputError


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    database.add_parser(parser.add_subparsers())
    options = parser.parse_args(["database", *words])
    return int(options.func(options))


def test_tables_are_made_and_looked_at(
    database_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIMREG_DATABASE", database_url())
    assert run("check") == 2
    assert "simreg database upgrade" in capsys.readouterr().out
    assert run("upgrade") == run("upgrade") == run("check") == 0
    assert capsys.readouterr().err == ""


def test_a_database_that_cannot_be_named_is_an_error_with_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMREG_DATABASE", "mysql://x")
    with pytest.raises(InputError) as caught:
        run("upgrade")
    assert caught.value.code == "database-url"


def test_without_the_server_s_part_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "simreg.storage.database", None)
    with pytest.raises(InputError) as caught:
        run("check")
    assert caught.value.code == "server-missing"
