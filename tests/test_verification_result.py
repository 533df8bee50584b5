"""One piece of code judges frames and files, and what its result tells."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from simreg import verify_files
from simreg.capture.frame import Frame, Image
from simreg.capture.video import open_video
from simreg.comparison.types import Threshold
from simreg.decision.types import Outcome
from simreg.engine import Engine
from simreg.result import VerificationResult
from simreg.sampling import STRETCH_S
from simreg.verification import MOST_PROBES, Attempt
from synthetic.attempt import ACCEPT, CHALLENGE, REFUSE, A, follows, judge, plain
from synthetic.engine import synthetic_engine, synthetic_threshold
from synthetic.picture import Shot
from synthetic.reference import portrait
from synthetic.script import during, film, without_faces


def bare(result: VerificationResult) -> VerificationResult:
    """Without what cannot be the same twice."""
    return replace(result, timing_ms={}, pictures=None)


def test_the_same_frames_give_the_same_result() -> None:
    assert bare(judge(film(follows()))) == bare(plain())


def test_asking_for_the_result_changes_nothing() -> None:
    attempt = Attempt(synthetic_engine(), CHALLENGE)
    for frame in film(follows()):
        attempt.step(frame)
        attempt.guidance  # noqa: B018
    summary = attempt.capture_summary("frames")
    attempt.finish(portrait(), summary)
    assert bare(attempt.finish(portrait(), summary)) == bare(plain())


def write_film(path: Path, frames: Sequence[Frame], fps: int = 15) -> None:
    """A recording without loss, so that the pictures carry what was drawn."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264rgb", rate=fps, options={"qp": "0", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 320, 240, "rgb24"
        stream.time_base = Fraction(1, fps)
        for frame in frames:
            picture = av.VideoFrame.from_ndarray(frame.image, format="rgb24")
            picture.pts, picture.time_base = frame.index, Fraction(1, fps)
            container.mux(stream.encode(picture))
        container.mux(stream.encode())


@pytest.mark.parametrize(
    ("shots", "outcome"),
    [(follows(), ACCEPT), (follows(A.TURN_RIGHT), REFUSE)],
    ids=["accepted", "refused"],
)
def test_a_file_is_judged_as_its_frames_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shots: list[Shot], outcome: Outcome
) -> None:
    monkeypatch.setattr(verify_files, "find_portrait", lambda *_: portrait())
    clip, document = tmp_path / "clip.mp4", tmp_path / "document.png"
    write_film(clip, film(shots))
    cv2.imwrite(str(document), np.ascontiguousarray(portrait().image[:, :, ::-1]))
    from_file = verify_files.verify(document, clip, CHALLENGE, engine=synthetic_engine())
    with open_video(clip) as source:
        from_frames = judge(list(source))
    assert from_file.decision.outcome is outcome
    assert bare(replace(from_file, capture=from_frames.capture)) == bare(from_frames)
    assert from_file.capture.frames == len(shots)
    assert {"load", "total"} <= set(from_file.timing_ms)


# --- what is told ----------------------------------------------------------------------------------------------------


def test_the_curves_have_one_point_a_frame() -> None:
    result = judge(film(during(follows(), 60, 64, without_faces)))
    curves = result.liveness.curves
    assert [sample.time_s for sample in curves] == pytest.approx([index / 15 for index in range(len(curves))])
    assert max(sample.yaw or 0 for sample in curves) == pytest.approx(36, abs=3)
    assert {sample.yaw for sample in curves[60:64]} == {None}
    assert curves[0].eyes is None  # before the neutral state is known
    assert min(sample.eyes for sample in curves if sample.eyes is not None) < 0.3


def test_the_capture_is_summed_up() -> None:
    capture = plain().capture
    assert (capture.frames, capture.width, capture.height) == (len(follows()), 320, 240)
    assert capture.fps == pytest.approx(15)
    assert judge([]).capture.frames == 0


def test_pictures_are_kept_only_where_they_are_asked_for() -> None:
    assert plain().pictures is None
    pictures = judge(film(follows()), with_images=True).pictures
    assert pictures is not None
    assert pictures.reference is not None
    assert len(pictures.probes) == plain().comparison.probes


def test_without_a_portrait_there_is_no_picture_of_it() -> None:
    pictures = judge(film(follows()[:30]), problem="reference-no-face", with_images=True).pictures
    assert pictures is not None
    assert pictures.reference is None


class _Counting:
    """A recogniser that counts how often it is asked."""

    def __init__(self, engine: Engine) -> None:
        self.recogniser = engine.recogniser
        self.name, self.sha256, self.preprocessing = "synthetic", "5e" * 32, "none"
        self.templates = 0

    def chip(self, image: Image, points: Any) -> Image:
        return self.recogniser.chip(image, points)

    def template(self, chip: Image, quick: Any = None) -> Any:
        self.templates += 1
        return self.recogniser.template(chip, quick)

    def quick_template(self, chip: Image) -> Any:
        self.templates += 1
        return self.recogniser.quick_template(chip)


def test_the_costly_network_is_asked_once_a_stretch_and_an_action() -> None:
    engine = synthetic_engine()
    counting = _Counting(engine)
    frames = film(follows())
    judge(frames, engine=replace(engine, recogniser=counting))
    parts = 1 + frames[-1].time_s / STRETCH_S + 2 * len(CHALLENGE)  # an action ends a stretch and is one itself
    assert 2 <= counting.templates <= parts + 1 + MOST_PROBES  # and the reference


def test_a_threshold_says_what_the_comparison_is_held_against() -> None:
    threshold: Threshold = synthetic_threshold(0.6, 0.55)
    result = judge(film(follows()), engine=synthetic_engine(threshold=threshold))
    assert result.comparison.threshold == threshold
