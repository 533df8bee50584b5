import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.liveness.checks.freeze import LONGEST_S, check, longest_run
from synthetic.head import STRAIGHT
from synthetic.observed import evidence, watched
from synthetic.picture import Shot
from synthetic.script import Subject, frozen


def test_a_still_person_before_a_camera_is_not_frozen() -> None:
    assert passed(check, evidence(watched([Shot(grain=index) for index in range(40)]))).value == 0


@pytest.mark.parametrize("fps", [12, 15, 30])
def test_a_picture_that_stands_still_is_frozen(fps: float) -> None:
    shots = Subject(fps=fps).hold(3).shots
    result = failed(check, evidence(watched(frozen(shots, 20, round(0.6 * fps)), fps)), suspicious=True)
    assert result.value == pytest.approx(0.6, abs=0.1)


def test_a_photograph_for_a_video_is_frozen() -> None:
    failed(check, evidence(watched([Shot()] * 45)), suspicious=True)


@pytest.mark.parametrize("fps", [15, 30])
def test_a_hiccup_is_not_frozen(fps: float) -> None:
    shots = Subject(fps=fps).hold(3).shots
    passed(check, evidence(watched(frozen(shots, 20, round(LONGEST_S * 0.7 * fps)), fps)))


def test_long_frames_of_one_picture_are_frozen_by_their_time_not_their_number() -> None:
    shots = [Shot(grain=index) for index in range(20)]
    times = [index / 15 for index in range(10)] + [2 + index / 15 for index in range(10)]
    two = [*shots[:10], shots[9], *shots[11:]]
    failed(check, evidence(watched(two, times=times)), suspicious=True)


def test_the_longest_run_is_the_longest_in_seconds() -> None:
    assert longest_run([True, True, False, True], [0.1, 0.1, 5.0, 0.3]) == pytest.approx(0.3)
    assert longest_run([], []) == 0
    assert longest_run([True, True], [0.2, -1.0]) == pytest.approx(0.2)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_frames_say_nothing(count: int) -> None:
    not_assessed(check, evidence(watched([Shot((STRAIGHT,))] * count)))
