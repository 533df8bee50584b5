import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.liveness.checks.repeats import check
from synthetic.observed import evidence, watched
from synthetic.picture import Shot
from synthetic.script import Subject, repeated


def test_new_pictures_pass() -> None:
    assert passed(check, evidence(watched(Subject().hold(3).shots))).value == 0


@pytest.mark.parametrize("times", [2, 3])
def test_frames_that_come_several_times_fail(times: int) -> None:
    result = failed(
        check, evidence(watched(repeated(Subject(fps=15).hold(3).shots, times), 15.0 * times)), suspicious=False
    )
    assert result.value == pytest.approx(1 - 1 / times, abs=0.02)


def test_a_few_repeats_pass() -> None:
    """A browser's clock and a camera's differ: one frame in six comes twice at 30 for 25."""
    shots = Subject(fps=25).hold(3).shots
    doubled = [shot for index, shot in enumerate(shots) for _ in range(2 if index % 5 == 4 else 1)]
    passed(check, evidence(watched(doubled, 30.0)))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_frames_say_nothing(count: int) -> None:
    not_assessed(check, evidence(watched([Shot()] * count)))
