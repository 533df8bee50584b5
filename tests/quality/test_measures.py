import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from simreg.quality.cropped import cropped
from simreg.quality.exposure import BRIGHT, DARK, exposure
from simreg.quality.sharpness import sharpness
from synthetic.head import STRAIGHT, landmarks
from synthetic.picture import Shot, draw

GREY = NDArray[np.uint8]


def patch() -> GREY:
    """The drawn face, 128 pixels wide."""
    return np.asarray(cv2.cvtColor(draw(Shot())[61:189, 96:224], cv2.COLOR_RGB2GRAY), np.uint8)


def blurred(sigma: float) -> GREY:
    return np.asarray(cv2.GaussianBlur(patch(), (0, 0), sigma), np.uint8)


def lit(factor: float) -> GREY:
    return np.asarray(cv2.convertScaleAbs(patch(), alpha=factor), np.uint8)


def test_blur_lowers_sharpness_step_by_step() -> None:
    steps = [sharpness(patch()), *(sharpness(blurred(sigma)) for sigma in (0.5, 1, 2, 4, 8))]
    assert steps == sorted(steps, reverse=True)
    assert len(set(steps)) == len(steps)


def test_a_flat_patch_is_blurred_and_a_chessboard_crisp() -> None:
    assert sharpness(np.full((128, 128), 100, np.uint8)) == 0
    board = (np.indices((128, 128)).sum(axis=0) % 2 * 255).astype(np.uint8)
    assert sharpness(board) > 0.99


@given(st.integers(0, 2**32 - 1), st.integers(0, 255), st.integers(0, 255))
def test_all_measures_stay_in_their_ranges(seed: int, low: int, high: int) -> None:
    grey = np.random.default_rng(seed).integers(min(low, high), max(low, high) + 1, (128, 128)).astype(np.uint8)
    light = exposure(grey)
    assert 0 <= sharpness(grey) < 1
    assert 0 <= light.clipped <= 1
    assert min(low, high) <= light.brightness <= max(low, high)
    assert 0 <= light.contrast <= 128


def test_less_light_lowers_brightness_and_contrast() -> None:
    steps = [exposure(lit(factor)) for factor in (1, 0.7, 0.4, 0.2, 0.05)]
    for measure in ([one.brightness for one in steps], [one.contrast for one in steps]):
        assert measure == sorted(measure, reverse=True)
        assert len(set(measure)) == len(measure)


@pytest.mark.parametrize("factors", [(1, 0.3, 0.1, 0.02), (1, 1.5, 2.5, 6)])
def test_the_share_without_detail_grows_towards_black_and_white(factors: tuple[float, ...]) -> None:
    steps = [exposure(lit(factor)).clipped for factor in factors]
    assert steps == sorted(steps)
    assert steps[0] < 0.1 < 0.9 < steps[-1]


@pytest.mark.parametrize(("level", "share"), [(DARK, 1), (DARK + 1, 0), (BRIGHT - 1, 0), (BRIGHT, 1)])
def test_detail_ends_at_the_limits(level: int, share: int) -> None:
    assert exposure(np.full((8, 8), level, np.uint8)).clipped == share


def test_a_face_inside_the_picture_is_whole() -> None:
    assert cropped(landmarks(STRAIGHT), 320, 240) == 0


def test_a_face_that_leaves_is_cropped_more_and_more() -> None:
    steps = [cropped(landmarks(STRAIGHT.but(x=x)), 320, 240) for x in (160, 60, 30, 0, -30, -80)]
    assert steps == sorted(steps)
    assert steps[0] == 0
    assert steps[-1] == 1
    assert 0.3 < steps[3] < 0.7


@pytest.mark.parametrize(("x", "y"), [(160, -90), (160, 330), (-80, 120), (400, 120)])
def test_every_edge_crops(x: int, y: int) -> None:
    assert cropped(landmarks(STRAIGHT.but(x=x, y=y)), 320, 240) == 1
