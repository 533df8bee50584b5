import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.face.pose import pose
from synthetic.head import STRAIGHT, landmarks

FRONTAL = pose(landmarks(STRAIGHT))


def read(**state: float) -> tuple[float, float, float]:
    """Degrees from where the same head looks straight."""
    seen = pose(landmarks(STRAIGHT.but(**state)))
    return seen.yaw - FRONTAL.yaw, seen.pitch - FRONTAL.pitch, seen.roll - FRONTAL.roll


def test_a_head_that_looks_straight_reads_straight() -> None:
    assert abs(FRONTAL.yaw) < 0.01
    assert abs(FRONTAL.roll) < 0.01
    assert abs(FRONTAL.pitch) < 5  # whose straight is nobody's average


@pytest.mark.parametrize("degrees", range(-60, 61, 5))
def test_yaw_is_exact(degrees: int) -> None:
    assert read(yaw=degrees) == pytest.approx((degrees, 0, 0), abs=0.3)


@pytest.mark.parametrize("degrees", range(-30, 31, 5))
def test_pitch_is_exact(degrees: int) -> None:
    assert read(pitch=degrees) == pytest.approx((0, degrees, 0), abs=0.3)


@pytest.mark.parametrize("degrees", range(-30, 31, 5))
def test_roll_is_exact(degrees: int) -> None:
    assert read(roll=degrees) == pytest.approx((0, 0, degrees), abs=0.3)


@pytest.mark.parametrize("yaw", range(-60, 61, 15))
@pytest.mark.parametrize("pitch", range(-30, 31, 15))
@pytest.mark.parametrize("roll", [-30, 0, 20])
def test_yaw_and_pitch_are_exact_together_and_with_a_tilted_head(yaw: int, pitch: int, roll: int) -> None:
    assert read(yaw=yaw, pitch=pitch, roll=roll)[:2] == pytest.approx((yaw, pitch), abs=0.5)


def test_signs_are_the_subjects_own() -> None:
    straight, left, up, tilted = (
        landmarks(STRAIGHT.but(**state)) for state in ({}, {"yaw": 30}, {"pitch": 20}, {"roll": 20})
    )
    nose, left_eye = 1, 263
    assert left[nose, 0] > straight[nose, 0]  # the subject's left is at the image's right
    assert up[nose, 1] < straight[nose, 1]
    assert tilted[left_eye, 1] > straight[left_eye, 1]  # towards the left shoulder
    assert pose(left).yaw > 0 < pose(up).pitch - FRONTAL.pitch
    assert pose(tilted).roll > 0


@given(
    st.floats(-50, 50),
    st.floats(-25, 25),
    st.floats(20, 900),
    st.floats(-500, 2000),
    st.floats(-500, 2000),
    st.floats(0, 1),
    st.floats(0, 0.8),
)
def test_size_place_and_expression_change_nothing(
    yaw: float, pitch: float, width: float, x: float, y: float, eyes: float, mouth: float
) -> None:
    here = pose(landmarks(STRAIGHT.but(yaw=yaw, pitch=pitch)))
    there = pose(landmarks(STRAIGHT.but(yaw=yaw, pitch=pitch, width=width, x=x, y=y, eyes=eyes, mouth=mouth)))
    assert (here.yaw, here.pitch, here.roll) == pytest.approx((there.yaw, there.pitch, there.roll), abs=0.1)


@given(st.floats(-45, 45), st.integers(0, 2**32 - 1))
def test_noise_of_half_a_pixel_moves_it_little(yaw: float, seed: int) -> None:
    points = landmarks(STRAIGHT.but(yaw=yaw, width=150))
    noisy = points + np.random.default_rng(seed).normal(0, 0.5, points.shape).astype(np.float32)
    assert abs(pose(noisy).yaw - pose(points).yaw) < 2


@pytest.mark.parametrize("degrees", range(-60, 61, 20))
def test_a_mirror_image_reads_the_other_way(degrees: int) -> None:
    there, back = read(yaw=degrees), read(yaw=-degrees)
    assert there[0] == pytest.approx(-back[0], abs=0.05)
