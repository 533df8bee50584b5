from pathlib import Path

import pytest

from report.sample import sample_result
from simreg.cli import demo
from simreg.cli.main import main
from simreg.demo.index import Shown
from simreg.demo.run import Demonstration
from simreg.demo.words import LANGUAGES
from simreg.errors import InputError


def shown(as_expected: bool) -> Demonstration:
    one = Shown("live", sample_result(), as_expected, ("A note.",), (), Path("live.html"), Path("live.mp4"))
    return Demonstration((one,), Path("index.html"))


@pytest.mark.parametrize(("as_expected", "status"), [(True, 0), (False, 1)])
def test_the_exit_status_says_whether_all_ended_as_they_must(
    as_expected: bool, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "demonstrate", lambda *_: shown(as_expected))
    assert main(["demo", "--no-open"]) == status
    said = capsys.readouterr().out
    assert "A note." in said
    assert "live.html" in said
    assert (LANGUAGES["en"].unexpected in said) is not as_expected


@pytest.mark.parametrize(("options", "opened"), [(["--open"], 1), (["--no-open"], 0), ([], 0)])
def test_the_page_is_opened_only_where_somebody_looks(
    options: list[str], opened: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(demo, "demonstrate", lambda *_: shown(True))
    monkeypatch.setattr("webbrowser.open", pages.append)
    assert main(["demo", *options]) == 0
    assert len(pages) == opened
    assert all(page.startswith("file://") and page.endswith("index.html") for page in pages)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_what_is_told_is_in_the_language_that_was_asked_for(language: str) -> None:
    words = LANGUAGES[language]
    said = demo.told(shown(True), words)
    assert words.intro in said
    assert words.scenes["live"].expected in said


def test_no_camera_is_told_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--camera", "99"]) == InputError.exit_status
    assert "camera-unavailable" in capsys.readouterr().err
