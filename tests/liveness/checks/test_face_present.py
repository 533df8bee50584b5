from liveness.checks.contract import failed, not_assessed, passed
from simreg.liveness.checks.face_present import LEAST_SHARE, check
from synthetic.head import STRAIGHT
from synthetic.observed import evidence, observations


def test_a_subject_who_stays_passes() -> None:
    assert passed(check, evidence(observations([STRAIGHT] * 40))).value == 1


def test_a_subject_who_is_lost_for_a_moment_passes() -> None:
    lost = int(40 * (1 - LEAST_SHARE))
    passed(check, evidence(observations([STRAIGHT] * (40 - lost) + [None] * lost)))


def test_a_subject_who_leaves_fails() -> None:
    assert failed(check, evidence(observations([STRAIGHT] * 35 + [None] * 5)), suspicious=False).value == 35 / 40


def test_nobody_fails() -> None:
    assert failed(check, evidence(observations([None] * 40)), suspicious=False).value == 0


def test_without_frames_nothing_is_said() -> None:
    not_assessed(check, evidence([]))
