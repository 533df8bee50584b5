import warnings
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from face.sessions import FakeSession
from simreg.face.detector import INPUT_SIDE, BlazeFace, anchors
from simreg.face.types import Box

Candidate = tuple[int, Box, float]
"""Anchor, box in the picture, logit."""


def keypoints(box: Box) -> NDArray[np.float64]:
    """Six places that differ from each other."""
    shares = np.array([[0.3, 0.3], [0.7, 0.3], [0.5, 0.5], [0.5, 0.8], [0.0, 0.4], [1.0, 0.4]])
    return np.asarray(np.array([box.left, box.top]) + shares * np.array([box.width, box.height]), np.float64)


def session(size: tuple[int, int], candidates: Sequence[Candidate]) -> FakeSession:
    """A network that says of a picture (width, height) that there are these candidates."""
    scale = INPUT_SIDE / max(size)
    pad = np.array([(INPUT_SIDE - max(1, round(side * scale))) // 2 for side in size])
    raw, logits = np.zeros((1, 896, 16), np.float32), np.full((1, 896, 1), -50, np.float32)
    for anchor, box, logit in candidates:
        places = np.vstack([box.centre, keypoints(box)]) * scale + pad - anchors()[anchor] * INPUT_SIDE
        size_in = np.array([[box.width, box.height]]) * scale
        raw[0, anchor] = np.vstack([places[:1], size_in, places[1:]]).ravel()
        logits[0, anchor] = logit
    return FakeSession({"classificators": logits, "regressors": raw})


def detector(size: tuple[int, int], *candidates: Candidate) -> BlazeFace:
    return BlazeFace(session(size, candidates))


def picture(size: tuple[int, int]) -> NDArray[np.uint8]:
    return np.full((size[1], size[0], 3), 100, np.uint8)


def test_anchors_are_where_the_network_has_them() -> None:
    centres = anchors()
    assert centres.shape == (896, 2)
    assert (centres[0] == centres[1]).all()
    assert centres[0] == pytest.approx([4 / 128, 4 / 128])
    assert centres[2] == pytest.approx([12 / 128, 4 / 128])  # along the row first
    assert centres[512] == pytest.approx([8 / 128, 8 / 128])
    assert centres[-1] == pytest.approx([120 / 128, 120 / 128])


@given(
    st.sampled_from([(640, 480), (480, 640), (128, 128), (1920, 1080), (97, 33), (64, 64)]),
    st.integers(0, 895),
    st.floats(-0.1, 0.6),
    st.floats(-0.1, 0.6),
    st.floats(0.1, 0.5),
)
def test_a_box_comes_back_where_it_is_in_the_picture(
    size: tuple[int, int], anchor: int, left: float, top: float, share: float
) -> None:
    box = Box(left * size[0], top * size[1], share * size[0], share * size[1])
    (found,) = detector(size, (anchor, box, 5.0)).detect(picture(size))
    given_box = (box.left, box.top, box.width, box.height)
    assert (found.box.left, found.box.top, found.box.width, found.box.height) == pytest.approx(given_box, abs=0.01)
    assert found.keypoints == pytest.approx(keypoints(box), abs=0.01)
    assert found.score == pytest.approx(1 / (1 + np.exp(-5.0)), abs=1e-5)


def test_nothing_is_found_below_the_least_score() -> None:
    assert detector((640, 480), (3, Box(10, 10, 50, 50), -0.1)).detect(picture((640, 480))) == []


def test_candidates_of_one_face_become_one_weighted_by_their_scores() -> None:
    near = detector((640, 480), (3, Box(100, 100, 50, 50), 0.0), (4, Box(110, 100, 50, 50), 50.0))
    (found,) = near.detect(picture((640, 480)))
    assert found.box.left == pytest.approx(100 + 10 * 1.0 / 1.5, abs=0.01)
    assert found.score == pytest.approx(1.0)


def test_two_faces_stay_two_and_the_surer_comes_first() -> None:
    both = detector((640, 480), (3, Box(100, 100, 50, 50), 1.0), (400, Box(400, 100, 50, 50), 3.0))
    assert [round(one.box.left) for one in both.detect(picture((640, 480)))] == [400, 100]


def test_many_equal_candidates_are_one_face() -> None:
    crowd = [(anchor, Box(100, 100, 80, 80), 2.0) for anchor in range(896)]
    assert len(detector((640, 480), *crowd).detect(picture((640, 480)))) == 1


@pytest.mark.parametrize("logit", [1e4, -1e4, 3e38, -3e38])
def test_extreme_scores_are_no_overflow(logit: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = detector((640, 480), (3, Box(100, 100, 80, 80), logit)).detect(picture((640, 480)))
    assert len(found) == (logit > 0)


def test_the_network_sees_the_whole_picture_with_black_around_it() -> None:
    fake = session((640, 320), [])
    bright = np.full((320, 640, 3), 255, np.uint8)
    BlazeFace(fake).detect(bright)
    (_, fed) = fake.runs[0]
    assert fed.shape == (1, 3, 128, 128)
    assert (fed[0, :, 32:96] == 1).all()
    assert (fed[0, :, :32] == -1).all()
    assert (fed[0, :, 96:] == -1).all()


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1), (2, 3)])
def test_odd_pictures_are_looked_at(size: tuple[int, int]) -> None:
    assert detector(size).detect(picture(size)) == []
