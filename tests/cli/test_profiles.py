import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from decision.profiles.files import MINE
from simreg.cli import profiles as command
from simreg.cli.profile_words import shown
from simreg.decision.profiles.rules import RULES
from simreg.decision.profiles.shelf import builtin, names
from simreg.errors import InputError


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    options = parser.parse_args(["profiles", *words])
    status: int = options.func(options)
    return status


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


@pytest.fixture
def lax(tmp_path: Path) -> Path:
    path = tmp_path / "lax.toml"
    path.write_text(
        MINE.replace("value = 2\n", "value = 9\n").replace('"5 min"\nsource', '"1 h"\nsource'), encoding="utf-8"
    )
    return path


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def facts(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(said(capsys))


def test_list_names_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    lines = said(capsys).splitlines()
    assert [line.split()[0] for line in lines] == list(names())
    assert run("list", "--json") == 0
    assert [one["name"] for one in facts(capsys)["profiles"]] == list(names())


def test_show_says_every_value_and_where_it_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "cn") == 0
    page = said(capsys)
    assert "lines per person        5\n" in page
    assert "an attempt, at most     3 minutes\n" in page
    assert "[default: own choice] to start from" in page
    assert "not verified] in every physical channel" in page
    assert "GB/T 38671" in page
    assert "由工作人员当面核对" in page
    assert "verified 0 of" in page
    for rule in RULES:
        assert rule.label in page


@pytest.mark.parametrize("width", [60, 80, 110])
@pytest.mark.parametrize("name", names())
def test_show_fits_the_terminal(name: str, width: int) -> None:
    lines = [line for line in shown(builtin(name), width).splitlines() if "http" not in line]
    assert max(map(cell_len, lines)) <= width


def test_show_as_json_holds_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", "kr", "--json") == 0
    found = facts(capsys)
    assert list(found["rules"]) == [rule.name for rule in RULES]
    assert found["rules"]["attempt"]["value"] == 180
    assert found["rules"]["lines_per_person"]["value"] is None
    assert found["rules"]["lock_out"]["value"] == {"failures": 5, "within_s": 180, "for_s": 1800}
    assert found["rules"]["attempts"]["citation"]["given_by"] == "kr"
    assert found["rules"]["token"]["citation"]["given_by"] == "default"
    assert [one["code"] for one in found["alternatives"]] == ["mobile-id", "register-copy"]
    assert all(one["en"] and one["zh"] for one in found["notices"])


def test_an_own_file_is_shown_with_what_is_verified(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("show", str(mine)) == 0
    page = said(capsys)
    assert "verified] Article 1" in page
    assert "[kr: " in page
    assert "A law; its text was read" in page


def test_diff_shows_what_differs(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("diff", "cn", "kr") == 0
    assert "lines per person\n  cn  5\n  kr  unlimited\n" in said(capsys)
    assert run("diff", "cn", "kr", "--json") == 0
    found = facts(capsys)
    assert (found["first"], found["second"]) == ("cn", "kr")
    assert {"rule": "lines_per_person", "first": "5", "second": "unlimited"} in found["differences"]
    assert run("diff", "cn", "cn") == 0
    assert "say the same" in said(capsys)


def test_check_finds_nothing_in_what_comes_with_simreg(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check") == 0
    assert said(capsys).count("nothing lax or missing") == len(names())


def test_check_says_in_words_what_is_lax_and_exits_with_1(
    lax: Path, mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", str(lax)) == 1
    page = said(capsys)
    assert "attempts: 9, where kr has 3: laxer. [laxer]" in page
    assert "retention.frames: 1 hour, where kr has 10 minutes" in page
    assert run("check", str(lax), "--json") == 1
    assert [one["rule"] for one in facts(capsys)["profiles"][0]["findings"]] == ["attempts", "retention.frames"]
    assert run("check", str(mine)) == 0


@pytest.mark.parametrize("words", [("show", "xx"), ("diff", "cn", "xx"), ("check", "xx"), ("show", "./none.toml")])
def test_what_cannot_be_used_is_an_error_of_input(words: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        run(*words)
    assert caught.value.exit_status == 2
