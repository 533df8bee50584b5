"""`simreg attacks` as a user calls it."""

import csv
from pathlib import Path
from typing import Protocol

import pytest

from simreg.cli.main import main
from simreg.evaluation.attacks.registry import all_species


class Weights(Protocol):
    def path(self, name: str) -> Path: ...
    def ready(self, name: str) -> Path: ...


NEEDED = ("blazeface-short-range.tflite", "attention-mesh.tflite", "mobilefacenet.onnx")


@pytest.fixture
def networks(weights: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NEEDED:
        weights.ready(name)
    folder = weights.path("mobilefacenet.onnx").parent
    if (folder / "minifasnet-v2-2.7.pth").exists():
        monkeypatch.setenv("SIMREG_MODELS", str(folder))


def test_the_list_names_every_species(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attacks", "list"]) == 0
    out = capsys.readouterr().out
    for species in all_species():
        assert f"{species.name} ({species.kind})" in out
    assert out.count("  imitates ") == out.count("  leaves out ") == len(all_species())


def test_an_unknown_species(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--clips", str(tmp_path / "c.csv"), "--out", str(tmp_path), "--species", "print-still,hologram"]
    assert main(["attacks", "make", *words]) == 2
    assert "species-unknown: “hologram”" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--seconds", "0"], ["--fps", "500"], ["--seed", "-1"], ["--seed", "x"]])
def test_unusable_numbers(words: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["attacks", "make", "--clips", str(tmp_path / "c.csv"), "--out", str(tmp_path), *words])
    assert caught.value.code == 2


@pytest.mark.weights
def test_a_list_that_is_not_there(networks: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attacks", "make", "--clips", str(tmp_path / "c.csv"), "--out", str(tmp_path / "out")]) == 2
    assert "simreg: file-missing: " in capsys.readouterr().err


@pytest.mark.weights
@pytest.mark.material
def test_attacks_on_a_real_clip(
    networks: None, material: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import cv2

    from capture.clips import read

    clip = material / "clips" / "one-blink.mp4"
    cv2.imwrite(str(tmp_path / "me.png"), cv2.cvtColor(read(clip)[0].image, cv2.COLOR_RGB2BGR))
    listed = tmp_path / "c.csv"
    listed.write_text(f"file,label,challenge,reference\n{clip},bona-fide,blink,me.png\n", encoding="utf-8")
    words = ["--clips", str(listed), "--out", str(tmp_path / "out"), "--seconds", "2", "--quiet"]
    assert main(["attacks", "make", *words, "--species", "print-still,print-eye-holes"]) == 0
    out = capsys.readouterr().out
    assert "1 recordings made, 0 were there already." in out
    assert "print-eye-holes: one-blink" in out
    rows = list(csv.DictReader((tmp_path / "out" / "clips.csv").open(encoding="utf-8")))
    assert [row["species"] for row in rows] == ["", "print-still"]
    assert (tmp_path / "out" / rows[1]["file"]).stat().st_size > 10_000
