from functools import cache

import cv2
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from face.sessions import FakeSession
from simreg.capture.frame import Image
from simreg.face.mesh import (
    INPUT_SIDE,
    MARGIN,
    OUTPUTS,
    AttentionMesh,
    crop,
    region_of_detection,
    region_of_points,
    to_crop,
)
from simreg.face.mesh_refinement import LEFT_EYE, LEFT_IRIS, LIPS, RIGHT_EYE, RIGHT_IRIS
from simreg.face.types import Box, Detection, Points, Region
from synthetic.head import STRAIGHT, landmarks

WIDTH, HEIGHT = 640, 480
FEW = settings(max_examples=30)
REGIONS = st.builds(Region, st.floats(100, 540), st.floats(100, 380), st.floats(20, 600), st.floats(-180, 180))


@cache
def ramp() -> Image:
    """Red tells x, green tells y."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([x * 255 / (WIDTH - 1), y * 255 / (HEIGHT - 1), 0 * x], axis=-1).round().astype(np.uint8)


def apply(matrix: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    return places @ matrix[:, :2].T + matrix[:, 2]


@FEW
@given(REGIONS, st.integers(16, 256))
def test_the_map_into_a_crop_takes_the_regions_square_to_the_pictures(region: Region, side: int) -> None:
    angle = np.radians(region.angle)
    across = region.side / 2 * np.array([np.cos(angle), np.sin(angle)])
    down = region.side / 2 * np.array([-np.sin(angle), np.cos(angle)])
    middle = np.array([region.x, region.y])
    corners = np.array([middle, middle - across - down, middle + across - down, middle + across + down])
    wanted = np.array([[side / 2, side / 2], [0, 0], [side, 0], [side, side]])
    assert apply(to_crop(region, side), corners) == pytest.approx(wanted, abs=1e-6 * side)


@FEW
@given(REGIONS, st.integers(16, 256))
def test_the_way_into_a_crop_and_back_ends_where_it_began(region: Region, side: int) -> None:
    matrix = to_crop(region, side)
    places = np.array([[0.0, 0.0], [WIDTH, 0.0], [123.4, 432.1]])
    back = cv2.invertAffineTransform(matrix)
    assert apply(np.asarray(back), apply(matrix, places)) == pytest.approx(places, abs=1e-3)


def test_a_region_that_is_the_picture_is_cropped_unchanged() -> None:
    picture = ramp()[:480, :480]
    assert (crop(picture, Region(240, 240, 480, 0), 480) == picture).all()


@FEW
@given(REGIONS, st.sampled_from([64, 128, 192]))
def test_each_pixel_of_a_crop_shows_its_place_in_the_picture(region: Region, side: int) -> None:
    seen = crop(ramp(), region, side).astype(np.float64)
    y, x = np.mgrid[0:side, 0:side]
    places = apply(np.asarray(cv2.invertAffineTransform(to_crop(region, side))), np.column_stack([x.ravel(), y.ravel()]))
    margin = region.side / side + 1
    inside = (places > margin).all(axis=1) & (places < np.array([WIDTH, HEIGHT]) - 1 - margin).all(axis=1)
    assume(inside.any())
    wanted = places * 255 / np.array([WIDTH - 1, HEIGHT - 1])
    assert np.abs(seen[..., :2].reshape(-1, 2) - wanted)[inside].max() < 1.6


@FEW
@given(st.floats(-2000, 3000), st.floats(-2000, 3000), st.floats(8, 5000), st.floats(-180, 180), st.integers(1, 60))
def test_any_region_of_any_picture_gives_a_crop(x: float, y: float, side: float, angle: float, height: int) -> None:
    assert crop(ramp()[:height], Region(x, y, side, angle), 128).shape == (128, 128, 3)


def test_beyond_the_edge_a_crop_repeats_it() -> None:
    seen = crop(np.full((50, 50, 3), 77, np.uint8), Region(-40, -40, 60, 0), 32)
    assert (seen == 77).all()


@pytest.mark.parametrize("roll", range(-60, 61, 15))
def test_the_region_of_landmarks_turns_with_the_face(roll: int) -> None:
    region = region_of_points(landmarks(STRAIGHT.but(roll=roll)))
    assert region.angle == pytest.approx(roll, abs=0.1)


@FEW
@given(st.floats(-50, 50), st.floats(-30, 30), st.floats(-180, 180), st.floats(30, 600))
def test_all_landmarks_lie_in_their_region(yaw: float, pitch: float, roll: float, width: float) -> None:
    points = landmarks(STRAIGHT.but(yaw=yaw, pitch=pitch, roll=roll, width=width))
    local = apply(to_crop(region_of_points(points), 100), points[:, :2].astype(np.float64))
    assert local.min() >= 50 - 50 / MARGIN - 0.1
    assert local.max() <= 50 + 50 / MARGIN + 0.1


def test_the_region_of_a_detection_is_upright_between_the_eyes() -> None:
    keypoints = np.array([[40, 50], [60, 70], [50, 70], [50, 80], [30, 55], [70, 75]], np.float32)
    region = region_of_detection(Detection(Box(20, 30, 60, 80), 0.9, keypoints))
    assert (region.x, region.y) == (50, 70)
    assert region.side == pytest.approx(MARGIN * 80)
    assert region.angle == pytest.approx(45)


class _MeshSession(FakeSession):
    """Answers with these landmarks, seen in the crop of this region."""

    def __init__(self, points: Points, region: Region, logit: float) -> None:
        local = points.copy()
        local[:, :2] = apply(to_crop(region, INPUT_SIDE), points[:, :2].astype(np.float64))
        local[:, 2] *= INPUT_SIDE / region.side
        parts = {
            "output_mesh_identity": local[:468],
            **{"output_lips": local[LIPS, :2], "output_left_eye": local[RIGHT_EYE, :2]},
            **{"output_right_eye": local[LEFT_EYE, :2], "output_left_iris": local[RIGHT_IRIS, :2]},
            **{"output_right_iris": local[LEFT_IRIS, :2], "conv_faceflag": np.array([logit])},
        }
        super().__init__({name: np.asarray(part, np.float32).reshape(1, -1) for name, part in parts.items()})


@FEW
@given(st.floats(-40, 40), st.floats(60, 300), st.floats(-0.2, 0.2))
def test_landmarks_come_back_in_pixels_of_the_frame(roll: float, width: float, shift: float) -> None:
    points = landmarks(STRAIGHT.but(roll=roll, width=width, mouth=0.3))
    right = region_of_points(points)
    region = Region(right.x + shift * width, right.y, right.side, right.angle)
    mesh = AttentionMesh(_MeshSession(points, region, 3.0)).find(ramp(), region)
    assert mesh.points.shape == (478, 3)
    assert mesh.points.dtype == np.float32
    assert mesh.points[:468] == pytest.approx(points[:468], abs=0.01)
    assert mesh.points[468:, :2] == pytest.approx(points[468:, :2], abs=0.01)


@pytest.mark.parametrize(("logit", "presence"), [(0.0, 0.5), (4.0, 0.982), (-4.0, 0.018), (1e6, 1.0), (-1e6, 0.0)])
def test_presence_is_a_share(logit: float, presence: float) -> None:
    region = Region(100, 100, 100, 0)
    session = _MeshSession(landmarks(STRAIGHT), region, logit)
    assert AttentionMesh(session).find(ramp(), region).presence == pytest.approx(presence, abs=1e-3)


def test_the_network_sees_the_crop_in_the_range_it_wants() -> None:
    region = Region(320, 240, 300, 20)
    session = _MeshSession(landmarks(STRAIGHT), region, 1.0)
    AttentionMesh(session).find(ramp(), region)
    (asked, fed) = session.runs[0]
    assert tuple(asked or ()) == OUTPUTS
    assert fed.shape == (1, 3, INPUT_SIDE, INPUT_SIDE)
    assert fed[0].transpose(1, 2, 0) == pytest.approx(crop(ramp(), region, INPUT_SIDE) / 255, abs=1e-6)
