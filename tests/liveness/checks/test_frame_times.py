import math

import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.face.types import Observation
from simreg.liveness.checks.frame_times import LONGEST_GAP_S, check
from synthetic.observed import evidence, observation


def at(*times: float) -> list[Observation]:
    return [observation(index, time_s, None) for index, time_s in enumerate(times)]


def even(fps: float, count: int = 30) -> list[float]:
    return [index / fps for index in range(count)]


@pytest.mark.parametrize("fps", [12, 15, 23.976, 30, 60])
def test_an_even_rate_passes(fps: float) -> None:
    assert passed(check, evidence(at(*even(fps)))).value == pytest.approx(1 / fps)


def test_a_phone_whose_rate_varies_passes() -> None:
    times = [0.0]
    for index in range(40):
        times.append(times[-1] + (0.033 if index % 3 else 0.1))
    passed(check, evidence(at(*times)))


def test_a_gap_fails() -> None:
    first = even(15)
    gap = LONGEST_GAP_S + 0.1
    result = failed(check, evidence(at(*first, *(first[-1] + gap + t for t in even(15)))), suspicious=False)
    assert result.value == pytest.approx(gap)


@pytest.mark.parametrize("times", [(0.0, 0.1, 0.1, 0.2), (0.0, 0.1, 0.05, 0.2), (5.0, 0.0, 0.1), (0.0, 0.0)])
def test_times_that_stand_still_or_run_backwards_fail(times: tuple[float, ...]) -> None:
    assert failed(check, evidence(at(*times)), suspicious=True).value == math.inf


def test_a_time_that_is_none_never_passes() -> None:
    failed(check, evidence(at(0.0, math.nan, 0.2)), suspicious=True)


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_frames_say_nothing(count: int) -> None:
    not_assessed(check, evidence(at(*even(15, count))))
