"""Yaw, pitch and roll read from landmarks that a pinhole camera sees, at every angle, focal length and distance."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.face.pose import pose
from simreg.face.types import Pose
from synthetic.head import STRAIGHT, landmarks
from truth.camera import Camera

YAW, PITCH, ROLL = st.floats(-60, 60), st.floats(-40, 40), st.floats(-30, 30)
CAMERAS = st.builds(Camera, focal=st.floats(0.6, 1.2))
DISTANCES = st.floats(2.5, 8)
MANY = settings(max_examples=100)

YAW_BIAS, PITCH_BIAS = 14.0, 31.0
"""Degrees times face widths of distance: what a head is read too far turned, at most, as its near parts look larger."""


def read(distance: float = 4.5, camera: Camera = Camera(), **state: float) -> Pose:  # noqa: B008
    """The pose, its pitch from where the same head looks straight, as after its neutral state is known."""
    seen, rest = (pose(camera.head(head, (0, 0, distance))) for head in (STRAIGHT.but(**state), STRAIGHT))
    return Pose(seen.yaw, seen.pitch - rest.pitch, seen.roll)


def tilt(yaw: float, pitch: float, roll: float) -> float:
    """Degrees by which the line from ear to ear is tilted in the picture: exact, from the angles of the head."""
    y, p, r = (math.radians(angle) for angle in (yaw, pitch, roll))
    down = math.cos(p) * math.sin(r) + math.sin(p) * math.sin(y) * math.cos(r)
    return math.degrees(math.atan2(down, math.cos(y) * math.cos(r)))


@MANY
@given(YAW, PITCH, ROLL)
def test_from_afar_all_three_are_exact(yaw: float, pitch: float, roll: float) -> None:
    seen = pose(landmarks(STRAIGHT.but(yaw=yaw, pitch=pitch, roll=roll)))
    assert (seen.yaw, seen.pitch) == pytest.approx((yaw, pitch), abs=0.5)
    assert seen.roll == pytest.approx(tilt(yaw, pitch, roll), abs=0.6)


@MANY
@given(YAW, PITCH, CAMERAS, DISTANCES)
def test_nearby_what_is_read_too_far_is_bounded(yaw: float, pitch: float, camera: Camera, distance: float) -> None:
    seen = read(distance, camera, yaw=yaw, pitch=pitch)
    assert abs(seen.yaw - yaw) <= YAW_BIAS / distance
    assert abs(seen.pitch - pitch) <= PITCH_BIAS / distance


@MANY
@given(st.floats(-30, 30), st.floats(-15, 15), ROLL, CAMERAS, st.floats(4, 8))
def test_where_actions_are_judged_it_is_read_within_a_few_degrees(
    yaw: float, pitch: float, roll: float, camera: Camera, distance: float
) -> None:
    seen = read(distance, camera, yaw=yaw, pitch=pitch, roll=roll)
    assert (seen.yaw, seen.pitch) == pytest.approx((yaw, pitch), abs=3.5)
    assert seen.roll == pytest.approx(tilt(yaw, pitch, roll), abs=3.5)


@pytest.mark.parametrize(
    ("distance", "yaws", "pitches"),
    [
        (2.5, {10: 11.2, 25: 27.6, 40: 43.6, 60: 64.1}, {-40: -39.8, -20: -21.8, 20: 26.2, 40: 51.2}),
        (4.5, {10: 10.6, 25: 26.4, 40: 41.9, 60: 62.2}, {-40: -39.9, -20: -21.0, 20: 23.1, 40: 45.7}),
        (7.0, {10: 10.4, 25: 25.9, 40: 41.2, 60: 61.4}, {-40: -40.0, -20: -20.6, 20: 21.9, 40: 43.5}),
    ],
)
def test_the_bias_of_a_near_head_is_what_it_was(
    distance: float, yaws: dict[int, float], pitches: dict[int, float]
) -> None:
    """It is optics and not chance: the same at every focal length, and mirrored on the other side."""
    for focal in (0.6, 1.2):
        for side in (1, -1):
            at = {true: read(distance, Camera(focal), yaw=side * true).yaw for true in yaws}
            assert at == pytest.approx({true: side * seen for true, seen in yaws.items()}, abs=0.15)
        tipped = {true: read(distance, Camera(focal), pitch=true).pitch for true in pitches}
        assert tipped == pytest.approx(pitches, abs=0.15)


@pytest.mark.parametrize(("distance", "pitch"), [(2.5, -2.1), (4.5, -1.1), (7.0, -0.7)])
def test_a_head_that_looks_straight_is_read_as_looking_hardly_down(distance: float, pitch: float) -> None:
    rest = pose(Camera().head(place=(0, 0, distance)))
    assert (rest.yaw, rest.pitch, rest.roll) == pytest.approx((0, pitch, 0), abs=0.15)


@MANY
@given(st.floats(0.5, 60), st.floats(0.5, 40), ROLL, DISTANCES)
def test_signs_are_right_from_half_a_degree_on(yaw: float, pitch: float, roll: float, distance: float) -> None:
    left, right = read(distance, yaw=yaw), read(distance, yaw=-yaw)
    assert left.yaw > 0.9 * yaw
    assert right.yaw < -0.9 * yaw
    assert read(distance, pitch=pitch).pitch >= 0.9 * pitch
    assert read(distance, pitch=-pitch).pitch <= -0.9 * pitch
    assert read(distance, roll=roll).roll == pytest.approx(roll, abs=0.1)


@MANY
@given(YAW, PITCH, ROLL, CAMERAS, DISTANCES, st.floats(-20, 20))
def test_a_mirrored_scene_reads_mirrored(
    yaw: float, pitch: float, roll: float, camera: Camera, distance: float, aside: float
) -> None:
    x = distance * math.tan(math.radians(aside))
    here = pose(camera.head(STRAIGHT.but(yaw=yaw, pitch=pitch, roll=roll), (x, 0.3, distance)))
    there = pose(camera.head(STRAIGHT.but(yaw=-yaw, pitch=pitch, roll=-roll), (-x, 0.3, distance)))
    assert (there.yaw, there.pitch, there.roll) == pytest.approx((-here.yaw, here.pitch, -here.roll), abs=0.01)


@given(st.floats(-25, 25), st.floats(-15, 15), st.floats(3, 8))
def test_a_head_aside_of_the_middle_is_read_as_it_shows_itself(aside: float, up: float, distance: float) -> None:
    """Who faces the camera's plane from the image's right shows more of the right cheek: turned to the left."""
    x, y = distance * math.tan(math.radians(aside)), -distance * math.tan(math.radians(up))
    seen, rest = (pose(Camera().head(place=place)) for place in ((x, y, distance), (0.0, 0.0, distance)))
    assert seen.yaw == pytest.approx(aside, abs=3)
    assert seen.pitch - rest.pitch == pytest.approx(up, abs=5)


@pytest.mark.parametrize("yaw", [-50, -25, 0, 25, 50])
@pytest.mark.parametrize("pitch", [-20, 0, 20])
def test_a_pixel_of_noise_is_a_third_of_a_degree(yaw: int, pitch: int) -> None:
    """Of a face 128 pixels wide; root mean square."""
    points = Camera().head(STRAIGHT.but(yaw=yaw, pitch=pitch))
    noise = np.random.default_rng(1).normal(0, 1, (60, *points.shape)).astype(np.float32)
    clean, seen = pose(points), [pose(points + one) for one in noise]
    off = np.array([(one.yaw - clean.yaw, one.pitch - clean.pitch) for one in seen])
    across, up = np.sqrt(np.square(off).mean(axis=0))
    assert 0.15 < across < 0.4
    assert 0.25 < up < 0.8
