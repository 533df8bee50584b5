"""The pixels of a screen before those of a camera."""

import numpy as np
import pytest
from numpy.typing import NDArray

from simreg.demo.head import HeadState
from simreg.evaluation.attacks.presentation.camera import HEIGHT, WIDTH
from simreg.evaluation.attacks.presentation.screen import Screen
from simreg.evaluation.attacks.presentation.sheet import FLAT, view


def screen(dots: float = 1000, glare: float = 0, bands: float = 0) -> Screen:
    white = np.ones(3, np.float32)
    return Screen(dots, 1.0, white, 0.0, bands, 2.0, 0.5, (320.0, 240.0, 30.0, glare), 0.0, 0.3)


def seen(one: Screen, time_s: float = 0.0) -> NDArray[np.float32]:
    picture = np.full((HEIGHT, WIDTH, 3), 100, np.float32)
    state = HeadState()
    cover = np.ones((HEIGHT, WIDTH), np.float32)
    one.seen(picture, cover, view(state, FLAT, WIDTH, HEIGHT), state, time_s)
    return picture


def test_a_dense_screen_shows_no_grid_and_a_coarse_one_does() -> None:
    dense, middling, coarse = (float(seen(screen(dots)).std()) for dots in (1000, 260, 150))
    assert dense < 0.1
    assert dense < middling < coarse
    assert coarse > 5


def test_as_many_pixels_as_the_camera_has_make_slow_waves() -> None:
    row = seen(screen(dots=196))[240, :, 1]
    spectrum = np.abs(np.fft.rfft(row - row.mean()))
    assert 0 < int(spectrum.argmax()) < 30


def test_flicker_rolls() -> None:
    before, after = seen(screen(bands=0.1)), seen(screen(bands=0.1), 0.5)
    assert np.ptp(before.mean(axis=(1, 2))) == pytest.approx(20, abs=1)
    assert np.abs(before - after).max() > 5


def test_a_lamp_is_mirrored_where_it_stands() -> None:
    picture = seen(screen(glare=80))
    assert picture[240, 320, 0] == pytest.approx(180, abs=1)
    assert picture[20, 20, 0] == pytest.approx(100, abs=1)


def test_tone_and_black() -> None:
    one = Screen(1000, 1.2, np.array([0.9, 1, 1.1], np.float32), 10.0, 0, 1, 0, (0, 0, 1, 0), 0, 0.3)
    light = one.shown(np.array([[[0, 0, 0], [128, 128, 128], [255, 255, 255]]], np.uint8))
    assert light[0, 0].tolist() == [10, 10, 10]
    assert light[0, 1, 0] < light[0, 1, 1] < light[0, 1, 2]
    assert light[0, 2].tolist() == [230, 255, 255]
