import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.made_up import surface_of
from simreg.demo.head import FACE_SHARE, PIVOT, Head, HeadState, Lamp, rotation
from simreg.face import pose as estimator

WIDTH, HEIGHT = 320, 240
LEFT, DOWN, FRONT = np.eye(3)[0], np.eye(3)[1], -np.eye(3)[2]
RED, GREEN = [250, 0, 0], [0, 250, 0]
degrees = st.floats(-80, 80)


def a_triangle(z: float, colour: list[int]) -> tuple[list[list[float]], list[list[int]]]:
    return [[-1, -1, z], [1, -1, z], [0, 1, z]], [colour] * 3


def middle(head: Head, state: HeadState = HeadState()) -> list[int]:  # noqa: B008
    picture = head.render(state, WIDTH, HEIGHT)
    return [int(v) for v in picture[HEIGHT // 2 - 5 : HEIGHT // 2 + 5, WIDTH // 2 - 5 : WIDTH // 2 + 5].mean(axis=(0, 1))]


def test_positive_yaw_turns_the_nose_to_the_subjects_left() -> None:
    assert (rotation(30, 0, 0) @ FRONT)[0] == pytest.approx(np.sin(np.radians(30)))


def test_positive_pitch_raises_the_nose() -> None:
    assert (rotation(0, 30, 0) @ FRONT)[1] == pytest.approx(-np.sin(np.radians(30)))


def test_positive_roll_lowers_the_left_cheek() -> None:
    assert (rotation(0, 0, 30) @ LEFT)[1] == pytest.approx(np.sin(np.radians(30)))


@given(degrees, degrees, degrees)
def test_a_rotation_keeps_lengths_and_sides(yaw: float, pitch: float, roll: float) -> None:
    turned = rotation(yaw, pitch, roll)
    assert turned @ turned.T == pytest.approx(np.eye(3), abs=1e-9)
    assert np.linalg.det(turned) == pytest.approx(1)


@given(degrees, degrees)
def test_the_pose_of_exactly_turned_landmarks_is_read_exactly(yaw: float, pitch: float) -> None:
    points = np.zeros((478, 3), np.float32)
    points[estimator._RIGID] = estimator._HEAD
    head = Head(surface_of(points, np.empty((0, 3)), np.zeros((478, 3))))
    seen = estimator.pose(head.posed(HeadState(yaw=yaw, pitch=pitch)).astype(np.float32))
    assert (seen.yaw, seen.pitch) == pytest.approx((yaw, pitch), abs=0.01)


def test_the_pivot_stays_where_it_is() -> None:
    head = Head(surface_of([PIVOT], np.empty((0, 3)), [RED]))
    rest, turned = (head.project(state, WIDTH, HEIGHT) for state in (HeadState(), HeadState(50, -20, 10)))
    assert turned == pytest.approx(rest)


def test_a_face_width_has_its_share_of_the_picture_and_grows_as_it_comes_nearer() -> None:
    head = Head(surface_of([[-0.5, 0, 0], [0.5, 0, 0]], np.empty((0, 3)), [RED, RED]))
    near, far = (np.ptp(head.project(HeadState(scale=s), WIDTH, HEIGHT)[:, 0]) for s in (2, 1))
    assert far == pytest.approx(FACE_SHARE * HEIGHT)
    assert near == pytest.approx(2 * far)


def test_what_is_farther_away_is_smaller() -> None:
    head = Head(surface_of([[1, 0, 0], [1, 0, 1]], np.empty((0, 3)), [RED, RED]), distance=4)
    near, far = head.project(HeadState(), WIDTH, HEIGHT)[:, 0] - WIDTH / 2
    assert far / near == pytest.approx(4 / 5)


def test_what_does_not_follow_stays() -> None:
    surface = surface_of([[1, 0, 0]], np.empty((0, 3)), [RED])
    surface.follows[:] = 0
    head = Head(surface)
    assert head.project(HeadState(yaw=60), WIDTH, HEIGHT) == pytest.approx(head.project(HeadState(), WIDTH, HEIGHT))


@pytest.mark.parametrize("near_first", [True, False])
def test_the_nearer_surface_hides_the_farther_one(near_first: bool) -> None:
    parts = [a_triangle(-0.5, RED), a_triangle(0.5, GREEN)]
    (first, second) = parts if near_first else parts[::-1]
    head = Head(surface_of(first[0] + second[0], [[0, 1, 2], [3, 4, 5]], first[1] + second[1]))
    red, green, _ = middle(head)
    assert red > 200 > 50 > green


def test_the_inside_of_a_surface_is_not_seen() -> None:
    vertices, colours = a_triangle(0, RED)
    assert middle(Head(surface_of(vertices, [[2, 1, 0]], colours)))[0] < 20


def test_the_picture_lies_where_it_belongs() -> None:
    vertices = [[-1, -1, 0], [0, -1, 0], [0, 1, 0], [-1, 1, 0], [0, -1, 0], [1, -1, 0], [1, 1, 0], [0, 1, 0]]
    colours = [RED] * 4 + [GREEN] * 4
    head = Head(surface_of(vertices, [[0, 1, 2], [0, 2, 3], [4, 5, 6], [4, 6, 7]], colours))
    picture = head.render(HeadState(), WIDTH, HEIGHT).astype(int)
    right_side, left_side = picture[HEIGHT // 2, WIDTH // 2 - 40], picture[HEIGHT // 2, WIDTH // 2 + 40]
    assert right_side[0] > 200 > 50 > right_side[1]
    assert left_side[1] > 200 > 50 > left_side[0]


def test_less_light_makes_a_darker_picture() -> None:
    vertices, colours = a_triangle(0, RED)
    head = Head(surface_of(vertices, [[0, 1, 2]], colours))
    bright, dark = middle(head)[0], middle(head, HeadState(light=0.5))[0]
    assert dark == pytest.approx(bright / 2, abs=4)


@pytest.mark.parametrize(
    ("lamp", "share"),
    [
        (Lamp(0, 0, 1.0), 1.0),
        (Lamp(60, 0, 1.0), 0.5),
        (Lamp(-60, 0, 1.0), 0.5),
        (Lamp(0, 60, 0.6), 0.7),
        (Lamp(180, 0, 0.6), 0.4),
    ],
)
def test_a_lamp_lights_what_faces_it_by_the_cosine_and_the_rest_of_the_light_comes_from_everywhere(
    lamp: Lamp, share: float
) -> None:
    vertices, colours = a_triangle(0, RED)
    surface = surface_of(vertices, [[0, 1, 2]], colours)
    assert middle(Head(surface, lamp=lamp))[0] == pytest.approx(share * middle(Head(surface))[0], abs=3)


def test_a_lamp_stays_where_it_is_while_the_head_turns() -> None:
    vertices, colours = a_triangle(0, RED)
    head = Head(surface_of(vertices, [[0, 1, 2]], colours), lamp=Lamp(30, 0, 1.0))
    towards, away = (middle(head, HeadState(yaw=yaw))[0] for yaw in (30, -30))
    assert towards == pytest.approx(250, abs=4)
    assert away == pytest.approx(125, abs=4)


def test_each_shot_has_its_own_noise_and_the_same_shot_the_same() -> None:
    vertices, colours = a_triangle(0, [120, 120, 120])
    head = Head(surface_of(vertices, [[0, 1, 2]], colours))
    first, again, other = (head.render(HeadState(), WIDTH, HEIGHT, shot) for shot in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert np.abs(first.astype(int) - other).max() < 30
