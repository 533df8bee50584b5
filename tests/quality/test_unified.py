import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.quality.unified import LIMIT, PortraitQuality, portrait_quality

GOOD = {"eye_distance": 80.0, "sharpness": 0.6, "contrast": 40.0, "clipped": 0.0, "yaw": 0.0, "pitch": 0.0}


def quality(**changes: float) -> PortraitQuality:
    return portrait_quality(**(GOOD | changes))


def test_a_good_portrait_has_full_quality() -> None:
    assert quality().unified == 100


@pytest.mark.parametrize(
    ("name", "limit", "beyond", "component"),
    [
        ("eye_distance", 20.0, 19.7, "eye_distance"),
        ("sharpness", 0.28, 0.277, "sharpness"),
        ("contrast", 8.0, 7.9, "contrast"),
        ("clipped", 0.7, 0.705, "clipped"),
        ("yaw", 40.0, 40.4, "pose"),
        ("yaw", -40.0, -40.4, "pose"),
        ("pitch", 35.0, 35.4, "pose"),
        ("pitch", -35.0, -35.4, "pose"),
    ],
)
def test_the_limit_of_each_value_is_worth_the_least_score(name: str, limit: float, beyond: float, component: str) -> None:
    assert getattr(quality(**{name: limit}), component) == LIMIT
    assert getattr(quality(**{name: beyond}), component) < LIMIT
    assert quality(**{name: beyond}).unified < LIMIT


@given(
    eye_distance=st.floats(0, 2000),
    sharpness=st.floats(0, 1),
    contrast=st.floats(0, 128),
    clipped=st.floats(0, 1),
    yaw=st.floats(-180, 180),
    pitch=st.floats(-180, 180),
)
def test_the_unified_score_is_the_least_component(**values: float) -> None:
    found = portrait_quality(**values)
    parts = (found.eye_distance, found.sharpness, found.contrast, found.clipped, found.pose)
    assert all(0 <= part <= 100 for part in parts)
    assert found.unified == min(parts)


@given(low=st.floats(0, 100), high=st.floats(0, 100))
def test_larger_faces_are_never_worth_less(low: float, high: float) -> None:
    low, high = sorted((low, high))
    assert quality(eye_distance=low).eye_distance <= quality(eye_distance=high).eye_distance
