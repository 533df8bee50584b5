"""Lids, mouth, distances and the region of the face, from landmarks that a pinhole camera sees."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.face.eyes import eye_distance, mouth, openness
from simreg.face.mesh import region_of_points, to_crop
from simreg.face.observe import face_width
from synthetic.head import OPEN_EYE, STRAIGHT, HeadState
from truth.camera import Camera

SHARE = st.floats(0, 1)
YAW, PITCH, ROLL = st.floats(-60, 60), st.floats(-40, 40), st.floats(-30, 30)
DISTANCES = st.floats(2.5, 8)
MANY = settings(max_examples=80)


def eyes(head: HeadState, distance: float = 4.5) -> tuple[float, float]:
    """Left and right eye, 1 = as open as when the same head looks straight."""
    seen, rest = (openness(Camera().head(one, (0, 0, distance))) for one in (head, STRAIGHT))
    return seen.left / rest.left, seen.right / rest.right


@MANY
@given(SHARE, SHARE, DISTANCES, st.floats(0.6, 1.2))
def test_each_lid_gap_is_exact_while_the_head_is_straight(
    left: float, right: float, distance: float, focal: float
) -> None:
    seen = openness(Camera(focal).head(STRAIGHT.but(left_eye=left, right_eye=right), (0, 0, distance)))
    assert (seen.left, seen.right) == pytest.approx((OPEN_EYE * left, OPEN_EYE * right), rel=0.025, abs=1e-5)


@MANY
@given(SHARE, SHARE, st.floats(-30, 30), st.floats(-18, 18), st.floats(4, 8))
def test_where_blinks_are_judged_each_eye_is_read_within_a_twelfth(
    left: float, right: float, yaw: float, pitch: float, distance: float
) -> None:
    """Of its open state; a lowered or raised head shows the gap narrower, a turned one wider: never a blink, nor none."""
    seen = eyes(STRAIGHT.but(left_eye=left, right_eye=right, yaw=yaw, pitch=pitch), distance)
    assert seen == pytest.approx((left, right), abs=0.085)


@MANY
@given(SHARE, YAW, PITCH, ROLL, DISTANCES)
def test_shut_eyes_are_shut_at_every_angle_and_open_ones_open_where_blinks_are_judged(
    share: float, yaw: float, pitch: float, roll: float, distance: float
) -> None:
    """Raised by 40 and turned by 60 degrees a near head's open eyes show as little as 0.38 of their gap."""
    pose = {"yaw": yaw, "pitch": pitch, "roll": roll}
    open_, half, shut = (max(eyes(STRAIGHT.but(eyes=e, **pose), distance)) for e in (1.0, share, 0.0))
    assert shut < 0.001
    assert open_ > (0.8 if abs(yaw) <= 30 and abs(pitch) <= 18 else 0.36)
    assert half == pytest.approx(share * open_, abs=0.06)


@MANY
@given(SHARE, SHARE, YAW, PITCH, ROLL, DISTANCES)
def test_a_mirrored_face_has_its_eyes_exchanged(
    left: float, right: float, yaw: float, pitch: float, roll: float, distance: float
) -> None:
    here = eyes(STRAIGHT.but(left_eye=left, right_eye=right, yaw=yaw, pitch=pitch, roll=roll), distance)
    there = eyes(STRAIGHT.but(left_eye=right, right_eye=left, yaw=-yaw, pitch=pitch, roll=-roll), distance)
    assert there == pytest.approx(here[::-1], abs=0.002)


@MANY
@given(SHARE, st.floats(-30, 30), st.floats(-15, 15), ROLL, st.floats(4, 8))
def test_the_mouth_is_its_gap_over_its_width(gap: float, yaw: float, pitch: float, roll: float, distance: float) -> None:
    seen = mouth(Camera().head(STRAIGHT.but(mouth=gap, yaw=yaw, pitch=pitch, roll=roll), (0, 0, distance)))
    assert seen == pytest.approx(gap, rel=0.1, abs=1e-4)


@MANY
@given(YAW, PITCH, ROLL, st.floats(4, 8), st.floats(0.6, 1.2))
def test_a_turned_head_keeps_its_widths(yaw: float, pitch: float, roll: float, distance: float, focal: float) -> None:
    """A near head that turns measures less: its cheeks go back by up to 3 %, its eyes by up to 14 %."""
    camera, place = Camera(focal), (0, 0, distance)
    turned, rest = (camera.head(head, place) for head in (STRAIGHT.but(yaw=yaw, pitch=pitch, roll=roll), STRAIGHT))
    assert 0.965 < face_width(turned) / face_width(rest) < 1.01
    assert 0.86 < eye_distance(turned) / eye_distance(rest) < 1.02


@MANY
@given(st.floats(2.5, 8), st.floats(0.6, 1.2), st.floats(1, 2))
def test_a_head_that_comes_nearer_grows_by_as_much(distance: float, focal: float, nearer: float) -> None:
    far, near = (Camera(focal).head(place=(0, 0, d)) for d in (distance * nearer, distance))
    assert face_width(near) / face_width(far) == pytest.approx(nearer, rel=0.03)


@MANY
@given(YAW, PITCH, ROLL, DISTANCES, st.floats(-1, 1), st.floats(-0.6, 0.6))
def test_the_next_region_holds_the_whole_face_with_room_around_it(
    yaw: float, pitch: float, roll: float, distance: float, x: float, y: float
) -> None:
    points = Camera().head(STRAIGHT.but(yaw=yaw, pitch=pitch, roll=roll), (x, y, distance))
    region = region_of_points(points)
    matrix = to_crop(region, 192)
    inside = points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    assert inside.min() == pytest.approx(32, abs=20)
    assert inside.max() == pytest.approx(160, abs=20)
    longer, shorter = sorted(np.ptp(inside, axis=0))[::-1]
    assert longer == pytest.approx(128, abs=0.1)
    assert (inside.min(axis=0) + inside.max(axis=0)) / 2 == pytest.approx([96, 96], abs=0.1)
    eyes = inside[[33, 263], 1]
    assert eyes[0] == pytest.approx(eyes[1], abs=0.1)
    assert inside[152, 1] > inside[10, 1]
    assert shorter > 60


@MANY
@given(st.floats(-180, 180))
def test_the_region_turns_with_the_head(roll: float) -> None:
    region = region_of_points(Camera().head(STRAIGHT.but(roll=roll)))
    assert (region.angle - roll + 180) % 360 - 180 == pytest.approx(0, abs=0.05)
    assert region.side == pytest.approx(region_of_points(Camera().head()).side, rel=0.01)
