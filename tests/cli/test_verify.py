"""`simreg verify` as a user calls it: exit statuses, words, JSON, report, and unusable input."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import av
import cv2
import numpy as np
import pytest

from simreg.cli.main import main


class Weights(Protocol):
    def path(self, name: str) -> Path: ...
    def ready(self, name: str) -> Path: ...


NEEDED = (
    "blazeface-short-range.tflite",
    "attention-mesh.tflite",
    "mobilefacenet.onnx",
    "minifasnet-v2-2.7.pth",
    "minifasnet-v1se-4.0.pth",
)


@pytest.fixture
def all_weights(weights: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    """All networks are here, and the command finds the ones that the suite found."""
    for name in NEEDED:
        weights.ready(name)
    folder = weights.path("minifasnet-v2-2.7.pth").parent
    if (folder / "minifasnet-v2-2.7.pth").exists():
        monkeypatch.setenv("SIMREG_MODELS", str(folder))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "card.png"
    cv2.imwrite(str(path), np.full((240, 320, 3), 200, np.uint8))
    return path


def film(path: Path, frames: int = 30, shade: int = 120) -> Path:
    """A clip without a face: noise on grey."""
    random = np.random.default_rng(1)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=15)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        for _ in range(frames):
            image = np.clip(random.normal(shade, 12, (240, 320, 3)), 0, 255).astype(np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        out.mux(stream.encode(None))
    return path


def call(*words: object) -> int:
    return main(["verify", *map(str, words)])


def refused(capsys: pytest.CaptureFixture[str]) -> str:
    """The code on standard error; nothing on standard output, no traceback, a remedy."""
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    lines = err.strip().splitlines()
    assert lines[0].startswith("simreg: ")
    assert len(lines) >= 2
    assert lines[-1].endswith(".")
    return lines[0].split(": ")[1]


def test_missing_files(tmp_path: Path, picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--reference", tmp_path / "no.jpg", "--capture", film(tmp_path / "c.mp4")) == 2
    assert refused(capsys) == "file-missing"
    assert call("--reference", picture, "--capture", tmp_path / "no.mp4") == 2
    assert refused(capsys) == "file-missing"


@pytest.mark.parametrize(
    "content", [b"", b"hello, this is no video\n" * 50, b"\x00" * 5000], ids=["empty", "text", "zeros"]
)
def test_files_of_no_use(content: bytes, tmp_path: Path, picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(content)
    assert call("--reference", picture, "--capture", bad) == 2
    assert refused(capsys) in {"file-empty", "capture-unknown"}
    assert call("--reference", bad, "--capture", film(tmp_path / "c.mp4")) == 2
    assert refused(capsys) in {"file-empty", "picture-unknown"}


def test_one_frame_and_swapped_files(tmp_path: Path, picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("--reference", picture, "--capture", film(tmp_path / "one.mp4", frames=1)) == 2
    assert refused(capsys) == "capture-one-frame"
    assert call("--reference", film(tmp_path / "c.mp4"), "--capture", picture) == 2
    assert refused(capsys) == "picture-is-video"


@pytest.mark.parametrize(
    ("challenge", "code"),
    [("jump", "challenge-unknown-action"), (",", "challenge-empty"), (",".join(["blink"] * 9), "challenge-too-long")],
)
def test_challenges_of_no_use(
    challenge: str, code: str, tmp_path: Path, picture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("--reference", picture, "--capture", tmp_path / "c.mp4", "--challenge", challenge) == 2
    assert refused(capsys) == code


def test_usage_gives_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["verify"], ["verify", "--window", "x"], ["nothing"], []):
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == 2
        assert "Traceback" not in capsys.readouterr().err


@pytest.mark.weights
@pytest.mark.usefixtures("all_weights")
def test_no_face_anywhere_is_a_result(tmp_path: Path, picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = film(tmp_path / "c.mp4")
    assert call("--reference", picture, "--capture", clip, "--challenge", "blink", "--json") == 4
    said = json.loads(capsys.readouterr().out)
    assert said["decision"]["reasons"][0]["code"] == "capture-no-face"
    assert said["liveness"]["decision"] == "not-assessed"
    assert said["comparison"]["decision"] == "not-assessed"
    assert said["comparison"]["similarity"] is None
    assert {check["state"] for check in said["liveness"]["checks"] if check["name"] == "same-person"} == {"not-assessed"}


@pytest.mark.weights
@pytest.mark.usefixtures("all_weights")
def test_a_report_that_cannot_be_written(tmp_path: Path, picture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = film(tmp_path / "c.mp4")
    assert call("--reference", picture, "--capture", clip, "--report", tmp_path / "no" / "out.html") == 2
    assert refused(capsys) == "output-unwritable"


def frame_of(clip: Path, index: int, target: Path) -> Path:
    with av.open(str(clip)) as source:
        for number, frame in enumerate(source.decode(video=0)):
            if number == index:
                cv2.imwrite(str(target), frame.to_ndarray(format="bgr24"))
                return target
    raise AssertionError("the clip has fewer frames")


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.usefixtures("all_weights")
def test_a_live_person_is_accepted_with_their_own_portrait_and_nobody_elses(
    material: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = material / "clips" / "smiles-one-blink.mp4"
    own = frame_of(clip, 60, tmp_path / "own.png")
    other = frame_of(material / "clips" / "news-1.mp4", 70, tmp_path / "other.png")
    page = tmp_path / "out.html"
    assert call("--reference", own, "--capture", clip, "--challenge", "blink", "--json", "--report", page) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {
        *("decision", "liveness", "comparison", "reference", "capture", "models", "timing_ms", "version"),
    }
    assert said["decision"]["outcome"] == "accept"
    assert [action["passed"] for action in said["liveness"]["actions"]] == [True]
    assert set(said["comparison"]["threshold"]) >= {"value", "target_fmr", "recogniser", "model_sha256", "source"}
    assert said["comparison"]["threshold"]["recogniser"] == "mobilefacenet"
    assert said["capture"]["frames"] == 72
    assert {"load", "total"} <= set(said["timing_ms"])
    assert "data:image" not in page.read_text()
    assert call("--reference", other, "--capture", clip, "--challenge", "blink") == 4
    assert "[non-match]" in capsys.readouterr().out
    assert call("--reference", own, "--capture", clip) == 3
    words = capsys.readouterr().out
    assert "blink at 0.9 s" in words
    assert "[challenge-none]" in words
    assert call("--reference", own, "--capture", clip, "--challenge", "turn-left") == 4
    assert call("--reference", own, "--capture", clip, "--challenge", "blink", "--report", page, "--with-images") == 0
    assert "data:image" in page.read_text()


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.usefixtures("all_weights")
def test_a_mirrored_recording_turns_the_other_way(
    material: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = material / "clips" / "turns-slowly.mp4"
    own = frame_of(clip, 5, tmp_path / "own.png")
    assert call("--reference", own, "--capture", clip, "--challenge", "turn-right,turn-left", "--json") == 0
    assert call("--reference", own, "--capture", clip, "--challenge", "turn-right", "--mirrored") == 4
    assert "[challenge-wrong-action]" in capsys.readouterr().out


@pytest.mark.weights
@pytest.mark.material
def test_another_models_threshold_is_refused(
    all_weights: None, material: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = material / "clips" / "smiles-one-blink.mp4"
    own = frame_of(clip, 60, tmp_path / "own.png")
    shipped = Path(__file__).parents[2] / "src" / "simreg" / "comparison" / "data" / "dlib-resnet.json"
    assert call("--reference", own, "--capture", clip, "--challenge", "blink", "--threshold", shipped) == 2
    assert refused(capsys) == "threshold-other-model"


def test_as_a_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "simreg.cli.main", "verify", "--reference", "a", "--capture", "b"],
        cwd=tmp_path,
        env={**os.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "file-missing" in done.stderr
