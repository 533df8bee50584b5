import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.face.types import Observation
from simreg.liveness.checks.frame_rate import check
from synthetic.observed import evidence, observation


def even(fps: float, seconds: float = 4.0, start: float = 0.0) -> list[Observation]:
    return [observation(index, start + index / fps, None) for index in range(int(seconds * fps))]


@pytest.mark.parametrize("fps", [12.0, 11.99, 12.5, 15.0, 29.97, 30.0])
def test_twelve_frames_a_second_are_enough(fps: float) -> None:
    assert passed(check, evidence(even(fps))).value == pytest.approx(fps)


@pytest.mark.parametrize("fps", [11.8, 11.0, 10.0, 5.0, 1.0])
def test_fewer_are_not(fps: float) -> None:
    assert failed(check, evidence(even(fps)), suspicious=False).value == pytest.approx(fps)


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_frames_say_nothing(count: int) -> None:
    not_assessed(check, evidence(even(15)[:count]))


def test_times_that_stand_still_have_no_rate() -> None:
    not_assessed(check, evidence([observation(index, 0.0, None) for index in range(30)]))
