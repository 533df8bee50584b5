"""`simreg calibrate` as a user calls it."""

from pathlib import Path

import pytest

from evaluation.comparison.made_up import ORIGIN, scores
from simreg.cli.main import main
from simreg.comparison.thresholds import check_fits, load_threshold
from simreg.errors import ModelError
from simreg.evaluation.comparison.score_file import write_scores
from synthetic.engine import SyntheticRecogniser


def call(*words: object) -> int:
    return main(["calibrate", *map(str, words)])


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    write_scores(tmp_path / "scores.csv.gz", scores(3, people=20))
    return tmp_path / "scores.csv.gz"


def test_a_threshold_is_made_that_verify_reads(
    measured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "threshold.json"
    assert call("--scores", measured, "--target-fmr", "1e-2", "--target-fmr", "0.05", "--out", out) == 0
    threshold = load_threshold(out, 1e-2)
    check_fits(threshold, SyntheticRecogniser())
    assert threshold.value > load_threshold(out, 0.05).value
    assert threshold.date == ORIGIN.date
    assert threshold.source.startswith("simreg calibrate, scores.csv.gz sha256 ")
    told = capsys.readouterr().out
    assert f"similarity {threshold.value:.4f}" in told
    assert "FMR 0.05" in told


def test_a_threshold_of_another_model_never_meets_a_score(measured: Path, tmp_path: Path) -> None:
    out = tmp_path / "threshold.json"
    assert call("--scores", measured, "--target-fmr", "1e-2", "--out", out) == 0

    class Other(SyntheticRecogniser):
        sha256 = "7e" * 32

    with pytest.raises(ModelError):
        check_fits(load_threshold(out), Other())


@pytest.mark.parametrize(
    ("target", "code"), [("1e-5", "too-few-comparisons"), ("0.9", "calibrate-target"), ("nan", "calibrate-target")]
)
def test_a_target_that_cannot_be_met_is_refused(
    measured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str, code: str
) -> None:
    assert call("--scores", measured, "--target-fmr", target, "--out", tmp_path / "threshold.json") == 2
    assert capsys.readouterr().err.startswith(f"simreg: {code}: ")
    assert not (tmp_path / "threshold.json").exists()


def test_scores_of_nobody_knows_what_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "scores.csv").write_text("reference,probe,mated,similarity,status\na,b,1,0.5,compared\n")
    assert call("--scores", tmp_path / "scores.csv", "--target-fmr", "1e-2", "--out", tmp_path / "t.json") == 2
    assert "scores-head" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_refused(
    measured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("--scores", measured, "--target-fmr", "1e-2", "--out", tmp_path) == 2
    assert "output-unwritable" in capsys.readouterr().err
