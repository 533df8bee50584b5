"""Sheets in space: what a camera sees of them, against where their places are."""

import numpy as np
import pytest
from numpy.typing import NDArray

from simreg.demo.head import HeadState
from simreg.evaluation.attacks.presentation.sheet import FLAT, PLACES, Bend, View, cylinder, project, view

WIDTH, HEIGHT = 320, 240
STATES = [
    HeadState(),
    HeadState(x=0.3, y=-0.2, scale=0.8),
    HeadState(yaw=45, pitch=-10, roll=8),
    HeadState(yaw=-30, pitch=35),
]


def seen_at(seen: View, place: NDArray[np.float64]) -> tuple[float, float]:
    column, row = round(float(place[0])), round(float(place[1]))
    return float(seen.u[row, column]), float(seen.v[row, column])


@pytest.mark.parametrize("state", STATES)
def test_a_place_on_a_flat_sheet_is_seen_where_it_is_projected(state: HeadState) -> None:
    seen = view(state, FLAT, WIDTH, HEIGHT)
    for u, v in ((0.0, 0.0), (0.4, 0.3), (-0.5, 0.2)):
        pixel = project(state, np.array([[u, v, 0.0]]), WIDTH, HEIGHT)[0]
        assert seen_at(seen, pixel) == pytest.approx((u, v), abs=0.02)


@pytest.mark.parametrize("degrees", [0.0, 90.0])
@pytest.mark.parametrize("state", [*STATES[:2], HeadState(yaw=20, pitch=-10, roll=5)])
def test_paper_does_not_stretch_when_it_is_bent(state: HeadState, degrees: float) -> None:
    radius, angle = 0.8, 0.5
    seen = view(state, cylinder(radius, degrees), WIDTH, HEIGHT)
    side, depth = radius * np.sin(angle), radius * (1 - np.cos(angle))
    place = np.array([[side, 0.1, depth] if degrees == 0 else [0.1, side, depth]])
    u, v = seen_at(seen, project(state, place, WIDTH, HEIGHT)[0])
    assert (u if degrees == 0 else v) == pytest.approx(radius * angle, abs=0.02)
    assert (v if degrees == 0 else u) == pytest.approx(0.1, abs=0.02)


def test_the_back_of_a_bent_sheet_is_not_seen() -> None:
    seen = view(HeadState(yaw=50), cylinder(0.6), WIDTH, HEIGHT)
    assert seen.there is not None
    assert seen.there[HEIGHT // 2, WIDTH // 2] == 1
    assert seen.there.min() == 0
    assert view(HeadState(yaw=50), FLAT, WIDTH, HEIGHT).there is None


def test_a_flat_sheet_that_faces_the_camera_has_its_own_light() -> None:
    assert np.allclose(view(HeadState(), FLAT, WIDTH, HEIGHT).shade, 1)


def test_a_sheet_that_turns_from_the_lamp_is_darker() -> None:
    to, away = (view(HeadState(yaw=yaw), FLAT, WIDTH, HEIGHT).shade.mean() for yaw in (-35, 35))
    assert to != pytest.approx(away, abs=0.05)


def test_a_wave_has_its_own_length() -> None:
    heights = 0.1 * np.sin(4 * PLACES)
    seen = view(HeadState(), Bend(heights), WIDTH, HEIGHT)
    flat = view(HeadState(), FLAT, WIDTH, HEIGHT)
    row = HEIGHT // 2
    assert np.ptp(seen.u[row]) > 1.01 * np.ptp(flat.u[row])
    assert (np.diff(seen.u[row]) > 0).all()
