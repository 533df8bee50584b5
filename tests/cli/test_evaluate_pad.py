import argparse
import json
from pathlib import Path

import pytest

from conftest import Weights
from evaluation.pad.made_up import portrait_file, record
from simreg.cli import evaluate_pad
from simreg.documents.portrait import Portrait
from simreg.errors import InputError
from simreg.evaluation.pad import judge
from synthetic.attempt import follows
from synthetic.engine import synthetic_engine
from synthetic.reference import portrait
from synthetic.script import each, film

TURNS = "turn-left blink turn-right"


def run(*arguments: str) -> int:
    top = argparse.ArgumentParser()
    evaluate_pad.add_parser(top.add_subparsers())
    options = top.parse_args(["pad", *arguments])
    return int(options.func(options))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bona fide recording, a print of the subject, and a list of both."""

    def found(*_: object) -> Portrait:
        return portrait()

    monkeypatch.setattr(evaluate_pad, "load_engine", lambda *_: synthetic_engine())
    monkeypatch.setattr(judge, "find_portrait", found)
    record(tmp_path / "live.mp4", film(follows()))
    record(tmp_path / "print.mp4", film(each(follows(), bona_fide=0.1)))
    portrait_file(tmp_path / "id.png")
    (tmp_path / "people.csv").write_text(
        f"file,label,species,challenge,reference,conditions\nlive.mp4,bona-fide,,{TURNS},id.png,dim\n"
        f"gone.mp4,bona-fide,,{TURNS},id.png,\n"
    )
    (tmp_path / "attacks.csv").write_text(
        f"file,label,species,challenge,reference,kind\nprint.mp4,attack,print,{TURNS},id.png,presentation\n"
        "live.mp4,attack,replay,random,id.png,presentation\n"
    )
    return tmp_path


def lists(folder: Path) -> list[str]:
    return ["--clips", str(folder / "people.csv"), "--clips", str(folder / "attacks.csv"), "--out", str(folder / "out")]


def test_the_command_writes_table_summary_and_page(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*lists(folder), "--workers", "1", "--draws", "3") == 0
    figures = json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))
    assert figures["presentations"] == {"bona_fide": 2, "attack": 4}
    assert figures["bona_fide"]["bpcer"]["errors"] == 0
    assert figures["bona_fide"]["bpnrr"]["errors"] == 1
    assert figures["errors"] == {"file-missing": 1}
    printed, replayed = figures["attacks"]
    assert (printed["apcer"]["errors"], printed["apcer"]["trials"]) == (0, 1)
    assert replayed["passed"]["trials"] == 3
    rows = (folder / "out" / "attempts.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 7
    assert "Error rates".lower() in (folder / "out" / "report.html").read_text(encoding="utf-8").lower()
    assert "worst species" in capsys.readouterr().out


def test_a_second_run_judges_nothing_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*lists(folder), "--workers", "1")
    first = (folder / "out" / "summary.json").read_text(encoding="utf-8")
    monkeypatch.setattr("simreg.evaluation.pad.run.judge", lambda *_: pytest.fail("judged again"))
    run(*lists(folder), "--workers", "1")
    assert (folder / "out" / "summary.json").read_text(encoding="utf-8") == first


@pytest.mark.parametrize("option", [["--draws", "0"], ["--draws", "x"], ["--workers", "-1"], ["--actions", "9"]])
def test_numbers_out_of_range_are_refused(tmp_path: Path, option: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run("--clips", "none.csv", "--out", str(tmp_path / "out"), *option)
    assert caught.value.code == 2


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        run("--clips", str(tmp_path / "none.csv"), "--out", str(tmp_path / "out"))
    assert caught.value.code == "file-missing"


@pytest.mark.weights
@pytest.mark.material
def test_real_recordings_on_all_cores(
    material: Path, weights: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("blazeface-short-range.tflite", "attention-mesh.tflite"):
        weights.ready(name)
    if (material / "models").is_dir():
        monkeypatch.setenv("SIMREG_MODELS", str(material / "models"))
    clips = material / "clips"
    (tmp_path / "clips.csv").write_text(
        f"file,label,species,challenge\n{clips / 'smiles-one-blink.mp4'},bona-fide,,blink\n"
        f"{clips / 'one-blink.mp4'},attack,replay,turn-left blink\n"
    )
    assert run("--clips", str(tmp_path / "clips.csv"), "--out", str(tmp_path / "out"), "--workers", "2") == 0
    figures = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert figures["bona_fide"]["held_up"]["errors"] == 0
    assert figures["attacks"][0]["passed"]["errors"] == 0
