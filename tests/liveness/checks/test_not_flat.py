from collections.abc import Sequence

import numpy as np
import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.face.types import Observation
from simreg.liveness.checks.not_flat import LEAST_DEPTH, MOST_TURNED, TURNED, check, residual
from synthetic.head import STRAIGHT, HeadState, landmarks
from synthetic.observed import evidence, face_of, observation, observations, observed_face

REST = [STRAIGHT] * 12
PRINT = STRAIGHT.but(flat=True)


def turning(degrees: float, side: int = 1) -> list[HeadState]:
    return [STRAIGHT.but(yaw=side * degrees * share) for share in (0.3, 0.6, 0.9, 1.0, 1.0, 1.0, 0.6, 0.3)]


def shaken(heads: Sequence[HeadState], pixels: float) -> list[Observation]:
    rng = np.random.default_rng(5)
    faces = [face_of(landmarks(head) + rng.normal(0, pixels, (478, 3)).astype(np.float32)) for head in heads]
    return [observation(index, index / 15, face) for index, face in enumerate(faces)]


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("degrees", [25, 35, 45])
def test_a_head_that_turns_shows_depth(degrees: float, side: int) -> None:
    passed(check, evidence(observations([*REST, *turning(degrees, side)])))


def test_depth_grows_with_the_turn() -> None:
    straight = observed_face()
    depths = [residual(straight, observed_face(STRAIGHT.but(yaw=yaw))) for yaw in (0, 10, 20, 30, 40)]
    assert depths == sorted(depths)
    assert depths[0] == pytest.approx(0, abs=1e-3)
    assert depths[3] > LEAST_DEPTH


@pytest.mark.parametrize("degrees", [40, 50, 60])
def test_a_print_that_turns_shows_none(degrees: float) -> None:
    """The mesh believes in the turn; the plane's points do not lie."""
    turned = [PRINT.but(yaw=degrees - 5.0, turned=degrees)] * 6
    seen = observations([*[PRINT] * 12, *turned])
    assert seen[-1].face is not None
    assert seen[-1].face.pose.yaw > TURNED
    assert failed(check, evidence(seen), suspicious=True).value == pytest.approx(0, abs=0.01)


def test_a_print_seen_in_perspective_shows_none() -> None:
    straight = landmarks(STRAIGHT)
    near = straight.copy()
    depth = 1 + 0.002 * (straight[:, 0] - 160)
    near[:, :2] = 160 + (straight[:, :2] - 160) * np.array([0.6, 1.0]) / depth[:, None]
    assert residual(observed_face(), face_of(near)) < 0.01


@pytest.mark.parametrize("pixels", [0.3, 0.8])
def test_noise_of_the_landmarks_changes_neither(pixels: float) -> None:
    passed(check, evidence(shaken([*REST, *turning(35)], pixels)))
    turned = [PRINT.but(yaw=45.0, turned=50.0)] * 6
    failed(check, evidence(shaken([*[PRINT] * 12, *turned], pixels)), suspicious=True)


def test_a_head_that_does_not_turn_says_nothing() -> None:
    not_assessed(check, evidence(observations([*REST, *turning(TURNED - 3)])))


def test_a_single_turned_frame_says_nothing() -> None:
    not_assessed(check, evidence(observations([*REST, STRAIGHT.but(yaw=30)])))


def test_a_head_turned_out_of_sight_says_nothing() -> None:
    not_assessed(check, evidence(observations([*REST, *[STRAIGHT.but(yaw=MOST_TURNED + 10)] * 6])))


def test_a_head_that_never_looks_straight_says_nothing() -> None:
    not_assessed(check, evidence(observations([STRAIGHT.but(yaw=35)] * 30)))


def test_a_mesh_whose_points_fall_together_is_flat() -> None:
    nowhere = face_of(np.full((478, 3), 7, np.float32))
    assert residual(observed_face(), nowhere) == pytest.approx(0, abs=1e-6)
