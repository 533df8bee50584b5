"""Captures that no person makes: a handful of frames, impossible times, networks that fail."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from simreg.capture.frame import Image
from simreg.comparison.types import ComparisonDecision
from simreg.face.types import Box, Detection, Mesh, Region
from synthetic.attempt import REFUSE, A, accepted, codes, follows, judge
from synthetic.engine import SyntheticDetector, SyntheticMesh, synthetic_engine
from synthetic.script import each, film


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_a_handful_of_frames_is_judged_and_not_accepted(count: int) -> None:
    result = judge(film(follows()[:count]), (A.BLINK,))
    assert not accepted(result)
    assert len(result.liveness.curves) == count


def test_all_frames_at_one_time() -> None:
    shots = follows()
    result = judge(film(shots, times=[0.0] * len(shots)))
    assert result.decision.outcome is REFUSE
    assert "frame-times" in codes(result)


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("where", [0, 40, -1])
def test_times_that_are_no_numbers(bad: float, where: int) -> None:
    frames = film(follows())
    frames[where] = replace(frames[where], time_s=bad)
    assert not accepted(judge(frames))


def test_a_picture_size_that_changes() -> None:
    frames = film(follows())
    small = np.zeros((1, 1, 3), np.uint8)
    odd = [replace(frame, image=small if frame.index % 20 == 7 else frame.image) for frame in frames]
    larger = [replace(f, image=np.tile(f.image, (2, 2, 1)) if f.index > 40 else f.image) for f in frames]
    assert not accepted(judge(odd))
    judge(larger)


@pytest.mark.parametrize("x", [0.0, 5.0, 320.0])
def test_a_face_at_the_pictures_edge_is_not_compared(x: float) -> None:
    result = judge(film(each(follows(), x=x)))
    assert not accepted(result)
    assert result.comparison.decision is ComparisonDecision.NOT_ASSESSED


class _Wild(SyntheticDetector):
    """Finds boxes that cannot be."""

    def detect(self, image: Image) -> list[Detection]:
        sides = ((0.0, 0.0), (float("nan"), 10.0), (1e9, 1e9), (-50.0, -50.0), (float("inf"), 5.0))
        keypoints = np.zeros((6, 2), np.float32)
        return [Detection(Box(10, 10, *side), 0.9, keypoints) for side in sides]


class _Broken(SyntheticMesh):
    """Gives landmarks that are no numbers."""

    def find(self, image: Image, region: Region) -> Mesh:
        return Mesh(np.full((478, 3), np.nan, np.float32), 0.99)


@pytest.mark.parametrize("parts", [{"detector": _Wild()}, {"mesh": _Broken()}, {"detector": _Wild(), "mesh": _Broken()}])
def test_networks_that_fail_show_nobody(parts: dict[str, Any]) -> None:
    result = judge(film(follows()[:20]), engine=replace(synthetic_engine(), **parts))
    assert codes(result)[0] == "capture-no-face"
