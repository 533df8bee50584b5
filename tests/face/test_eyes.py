import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.face.eyes import eye_centres, eye_distance, mouth, openness
from synthetic.head import OPEN_EYE, STRAIGHT, landmarks

SHARES = st.floats(0, 1)


@given(SHARES, SHARES)
def test_each_eye_is_read_for_itself(left: float, right: float) -> None:
    seen = openness(landmarks(STRAIGHT.but(left_eye=left, right_eye=right)))
    assert (seen.left, seen.right) == pytest.approx((OPEN_EYE * left, OPEN_EYE * right), abs=1e-5)


@given(st.floats(-50, 50), st.floats(-30, 30), st.floats(30, 600), st.floats(0, 1000), SHARES)
def test_turn_tilt_size_and_place_keep_openness(yaw: float, roll: float, width: float, x: float, eyes: float) -> None:
    here = openness(landmarks(STRAIGHT.but(eyes=eyes)))
    there = openness(landmarks(STRAIGHT.but(eyes=eyes, yaw=yaw, roll=roll, width=width, x=x)))
    if yaw == 0 or roll == 0:
        assert (there.left, there.right) == pytest.approx((here.left, here.right), abs=1e-4)
    assert abs(there.left - here.left) < 0.3 * here.left + 1e-4  # a tilted and turned head shows lids aslant


@given(st.floats(-60, 60), st.floats(30, 600))
def test_a_turn_alone_keeps_openness_and_eye_distance(yaw: float, width: float) -> None:
    points = landmarks(STRAIGHT.but(yaw=yaw, width=width))
    assert openness(points).left == pytest.approx(OPEN_EYE, abs=1e-4)
    assert eye_distance(points) / width == pytest.approx(eye_distance(landmarks(STRAIGHT)) / STRAIGHT.width, rel=1e-4)


@pytest.mark.parametrize("pitch", range(-30, 31, 10))
def test_a_raised_or_lowered_head_shows_a_narrower_gap(pitch: int) -> None:
    gap = openness(landmarks(STRAIGHT.but(pitch=pitch))).left
    assert gap == pytest.approx(OPEN_EYE * np.cos(np.radians(pitch)), rel=0.01)


@given(SHARES, st.floats(-40, 40), st.floats(40, 400))
def test_the_mouth_is_its_gap_over_its_width(gap: float, yaw: float, width: float) -> None:
    assert mouth(landmarks(STRAIGHT.but(mouth=gap, yaw=yaw, width=width))) == pytest.approx(gap, abs=1e-3)


def test_the_right_eye_comes_first_and_lies_at_the_images_left() -> None:
    right, left = eye_centres(landmarks(STRAIGHT))
    assert right[0] < left[0]


def test_landmarks_that_fall_together_give_numbers() -> None:
    nowhere = np.zeros((478, 3), np.float32)
    assert openness(nowhere).left == 0
    assert mouth(nowhere) == 0
    assert eye_distance(nowhere) == 0
