from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.comparison.probes import probe_quality
from simreg.face.types import EyeOpenness, ObservedFace, Pose
from synthetic.head import STRAIGHT
from synthetic.observed import observed_face

GOOD: dict[str, Any] = {"pose": Pose(0, 0, 0), "eyes": EyeOpenness(0.15, 0.15), "mouth": 0.0, "eye_distance": 80.0}


def face(**native: Any) -> ObservedFace:
    return observed_face(STRAIGHT, **(GOOD | native))


def test_a_good_probe_is_worth_all() -> None:
    assert probe_quality(face()) == 1.0


@pytest.mark.parametrize(
    "spoilt",
    [
        {"pose": Pose(50, 0, 0)},
        {"pose": Pose(-50, 0, 0)},
        {"pose": Pose(0, 35, 0)},
        {"pose": Pose(0, -35, 0)},
        {"eyes": EyeOpenness(0.0, 0.15)},
        {"eyes": EyeOpenness(0.15, 0.0)},
        {"mouth": 0.6},
        {"sharpness": 0.1},
        {"brightness": 45.0},
        {"brightness": 220.0},
        {"clipped": 0.3},
        {"occlusion": 0.1},
        {"eye_distance": 20.0},
    ],
    ids=str,
)
def test_one_bad_value_spoils_a_probe(spoilt: dict[str, Any]) -> None:
    assert probe_quality(face(**spoilt)) < 0.7


def test_roll_does_not_matter_as_the_face_is_turned_upright() -> None:
    assert probe_quality(face(pose=Pose(0, 0, 30))) == 1.0


def test_what_cannot_be_told_is_not_held_against_a_probe() -> None:
    assert probe_quality(face(occlusion=None)) == probe_quality(face(occlusion=0.0))


@given(yaw=st.floats(-180, 180), pitch=st.floats(-90, 90), eyes=st.floats(0, 1), mouth=st.floats(0, 3))
@pytest.mark.parametrize("sharpness", [0.0, 1.0])
@pytest.mark.parametrize("clipped", [0.0, 1.0])
def test_quality_is_a_share(
    yaw: float, pitch: float, eyes: float, mouth: float, sharpness: float, clipped: float
) -> None:
    native = {"pose": Pose(yaw, pitch, 0), "eyes": EyeOpenness(eyes, eyes), "mouth": mouth}
    assert 0 <= probe_quality(face(**native, sharpness=sharpness, clipped=clipped, eye_distance=1.0)) <= 1


@given(st.floats(0, 90), st.floats(0, 90))
def test_a_straighter_head_is_never_worth_less(one: float, other: float) -> None:
    straight, turned = sorted((one, other))
    assert probe_quality(face(pose=Pose(straight, 0, 0))) >= probe_quality(face(pose=Pose(turned, 0, 0)))
    assert probe_quality(face(pose=Pose(0, -straight, 0))) >= probe_quality(face(pose=Pose(0, -turned, 0)))
