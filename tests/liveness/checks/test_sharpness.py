import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.liveness.checks.sharpness import LEAST, check
from synthetic.head import STRAIGHT
from synthetic.observed import evidence, observations, watched
from synthetic.script import Subject, taken


@pytest.mark.parametrize(("sharpness", "passes"), [(LEAST, True), (0.9, True), (LEAST - 0.01, False), (0.0, False)])
def test_the_limit(sharpness: float, passes: bool) -> None:
    seen = evidence(observations([STRAIGHT] * 10, sharpness=sharpness))
    if passes:
        passed(check, seen)
    else:
        failed(check, seen, suspicious=False)


def test_frames_blurred_by_movement_are_forgiven() -> None:
    seen = [*observations([STRAIGHT] * 10), *observations([STRAIGHT] * 20, sharpness=0.0)]
    passed(check, evidence(seen))


def test_pictures_out_of_focus_fail() -> None:
    shots = Subject().hold(1).shots
    passed(check, evidence(watched(shots)))
    failed(check, evidence(watched(taken(shots, blur=4.0))), suspicious=False)


def test_without_a_face_nothing_is_said() -> None:
    not_assessed(check, evidence(observations([None] * 5)))
