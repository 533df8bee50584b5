"""`simreg evaluate comparison` as a user calls it, with real networks and with a synthetic twin of them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from evaluation.comparison.made_up import album, networks
from simreg.cli import evaluate_comparison
from simreg.cli.main import main
from simreg.comparison.thresholds import threshold_for
from simreg.evaluation.comparison.score_file import read_scores
from simreg.models.store import ModelStore
from synthetic.engine import synthetic_threshold


class Twin:
    """Stands for the opener of the networks."""

    def __init__(self, recogniser: str) -> None:
        self.recogniser = recogniser

    def __call__(self, store: ModelStore | None = None) -> Any:
        return networks()


@pytest.fixture
def twin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate_comparison, "Opener", Twin)
    monkeypatch.setattr(evaluate_comparison, "threshold_in_use", lambda *_: synthetic_threshold())


def call(*words: object) -> int:
    return main(["evaluate", "comparison", "--quiet", "--jobs", "1", *map(str, words)])


def test_all_pairs_of_a_folder_are_measured(twin: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    images, out = album(tmp_path / "faces"), tmp_path / "out"
    (tmp_path / "people.csv").write_text("person,group\np1,x\np2,y\np3,x\np4,y\n")
    assert call("--images", images, "--pairs", "all", "--groups", tmp_path / "people.csv", "--out", out) == 0
    told = capsys.readouterr().out
    assert "12 mated and 54 non-mated comparisons of 4 persons" in told
    assert "not known: too few" in told
    assert "FNMR ≤ 25 %" in told
    assert sorted(path.name for path in out.iterdir()) == ["report.html", "scores.csv", "summary.json"]
    summary = json.loads((out / "summary.json").read_text())
    assert summary["data_set"] == "faces"
    assert [group["group"] for group in summary["threshold_in_use"]["groups"]] == ["x", "y"]


def test_the_listed_mated_pairs_with_all_others(twin: None, tmp_path: Path) -> None:
    images, out = album(tmp_path / "faces"), tmp_path / "out"
    (tmp_path / "pairs.csv").write_text("reference,probe,mated\np1/0.png,p1/1.png,1\n")
    words = ("--images", images, "--pairs", tmp_path / "pairs.csv", "--out", out)
    assert call(*words, "--non-mated", "all", "--compress", "--keep-templates", "--data-set", "two\n words") == 0
    table = read_scores(out / "scores.csv.gz")
    assert int(table.pairs.mated.sum()) == 1
    assert len(table.similarity) == 55
    assert table.origin.data_set == "two words"
    assert (out / "templates.work").exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda folder: ("--pairs", folder / "none.csv"), "pairs-unreadable"),
        (lambda folder: ("--images", folder / "none"), "images-missing"),
        (lambda folder: ("--groups", folder / "pairs.csv"), "groups-columns"),
        (lambda folder: ("--out", folder / "pairs.csv"), "output-not-folder"),
    ],
)
def test_unusable_input_is_refused(
    twin: None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[Path], tuple[object, ...]],
    code: str,
) -> None:
    (tmp_path / "pairs.csv").write_text("reference,probe,mated\np1/0.png,p1/1.png,1\n")
    words = ("--images", album(tmp_path / "faces", 1), "--pairs", tmp_path / "pairs.csv", "--out", tmp_path / "out")
    assert call(*words, *change(tmp_path)) == 2
    assert capsys.readouterr().err.startswith(f"simreg: {code}: ")


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_a_wrong_number_of_processes_is_refused(jobs: str) -> None:
    with pytest.raises(SystemExit) as caught:
        call("--images", "x", "--pairs", "all", "--out", "y", "--jobs", jobs)
    assert caught.value.code == 2


def test_an_unknown_recogniser_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--images", album(tmp_path, 2, 1), "--pairs", "all", "--out", tmp_path / "out", "--recogniser", "nobody")
    assert call(*words) == 2
    assert "unknown-recogniser" in capsys.readouterr().err


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are sent otherwise there")
def test_real_faces_interrupted_and_taken_up_again(material: Path, weights: Any, tmp_path: Path) -> None:
    for name in ("blazeface-short-range.tflite", "attention-mesh.tflite", "mobilefacenet.onnx"):
        weights.ready(name)
    folder = weights.path("mobilefacenet.onnx").parent
    environment = os.environ | ({"SIMREG_MODELS": str(folder)} if (folder / "mobilefacenet.onnx").exists() else {})
    rows = (material / "lfw" / "pairs.csv").read_text().splitlines()
    (tmp_path / "pairs.csv").write_text("\n".join([*rows[:40], *rows[-40:]]) + "\n")
    words = ["evaluate", "comparison", "--images", material / "lfw" / "images", "--pairs", tmp_path / "pairs.csv"]
    command = [sys.executable, "-m", "simreg.cli.main", *map(str, [*words, "--out", tmp_path / "out", "--jobs", "2"])]
    work = tmp_path / "out" / "templates.work"
    running = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    while not (work.exists() and len(work.read_text().splitlines()) > 8):
        with suppress(subprocess.TimeoutExpired):
            pytest.fail(f"it has ended before it was interrupted: {running.wait(0.1)}")
    running.send_signal(signal.SIGINT)
    assert "What is done is kept" in running.communicate(timeout=60)[1]
    assert running.returncode == 130
    done = work.read_text().splitlines()[1:]
    assert len(done) >= 8
    subprocess.run(command, env=environment, check=True)
    assert not work.exists()
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    assert summary["recogniser"]["name"] == "mobilefacenet"
    assert summary["comparisons"]["mated"] == {"number": 39, "compared": 39}
    assert summary["threshold_in_use"]["similarity"] == threshold_for("mobilefacenet").value
    assert (summary["threshold_in_use"]["fnmr"]["value"] or 0) < 0.1
    assert (summary["eer"]["value"] or 0) < 0.1
