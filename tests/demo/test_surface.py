import cv2
import numpy as np
import pytest

from demo.made_up import made_up_points
from simreg.demo.head import Head, HeadState
from simreg.demo.surface import MARGIN, printed, strip, wind

PICTURE = np.full((240, 240, 3), 90, np.uint8)
POINTS = made_up_points()


@pytest.mark.parametrize("state", [HeadState(yaw=50), HeadState(pitch=-35), HeadState(40, 20, 10, scale=1.3)])
def test_a_turned_flat_print_is_the_picture_under_a_homography(state: HeadState) -> None:
    paper = printed(PICTURE, POINTS, PICTURE)
    seen = Head(paper).project(state, 640, 480)[:, :2]
    matrix, _ = cv2.findHomography(paper.places, seen)
    mapped = cv2.perspectiveTransform(paper.places[None].astype(np.float64), matrix)[0]
    assert np.abs(mapped - seen).max() < 0.05


def test_a_bent_print_keeps_its_lengths_and_is_no_plane() -> None:
    flat, bent = (printed(PICTURE, POINTS, PICTURE, radius).vertices.reshape(9, 33, 3) for radius in (None, 1.0))
    steps = np.linalg.norm(np.diff(bent[0], axis=0), axis=1)
    assert steps == pytest.approx(np.linalg.norm(np.diff(flat[0], axis=0), axis=1), rel=0.01)
    assert np.ptp(flat[..., 2]) == 0
    assert np.ptp(bent[..., 2]) == pytest.approx(1 - np.cos(np.ptp(flat[..., 0]) / 2), abs=0.02)


def test_the_face_is_in_the_middle_of_its_print() -> None:
    vertices = printed(PICTURE, POINTS, PICTURE).vertices
    assert vertices[:, 0].min() == pytest.approx(-vertices[:, 0].max(), abs=0.05)
    assert vertices[:, 0].max() > MARGIN


def test_winding_shows_or_hides_all_triangles() -> None:
    flat = np.random.default_rng(0).uniform(0, 1, (30, 2)).astype(np.float32)
    triangles = np.arange(30, dtype=np.int32).reshape(10, 3)
    for seen, sign in ((True, 1), (False, -1)):
        a, b, c = (flat[wind(triangles, flat, outside_seen=seen)[:, i]].astype(np.float64) for i in range(3))
        assert (sign * np.cross(np.c_[b - a, np.zeros(10)], np.c_[c - a, np.zeros(10)])[:, 2] >= 0).all()


def test_a_strip_covers_a_grid_once() -> None:
    triangles = strip(np.arange(12, dtype=np.int32).reshape(3, 4))
    assert len(triangles) == 2 * 2 * 3
    assert set(triangles.ravel().tolist()) == set(range(12))
