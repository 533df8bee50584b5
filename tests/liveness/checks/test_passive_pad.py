import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.liveness.checks.passive_pad import ATTACK, BONA_FIDE, LEAST_FRAMES, check
from synthetic.observed import evidence

MIDDLE = (ATTACK + BONA_FIDE) / 2


def test_a_live_face_passes() -> None:
    assert passed(check, evidence([], pad_scores=[0.9, 0.95, 0.99])).value == 0.95


def test_a_print_fails() -> None:
    failed(check, evidence([], pad_scores=[0.1, 0.2, 0.9, 0.3]), suspicious=True)


def test_the_clip_is_judged_not_a_frame() -> None:
    passed(check, evidence([], pad_scores=[0.98, 0.97, 0.01, 0.99, 0.96]))
    failed(check, evidence([], pad_scores=[0.02, 0.03, 0.99, 0.01, 0.04]), suspicious=True)


@pytest.mark.parametrize("value", [ATTACK, MIDDLE, BONA_FIDE - 1e-6])
def test_between_the_limits_nothing_is_said(value: float) -> None:
    assert not_assessed(check, evidence([], pad_scores=[value] * 5)).value == value


@pytest.mark.parametrize(("value", "passes"), [(BONA_FIDE, True), (ATTACK - 1e-6, False)])
def test_the_limits_themselves(value: float, passes: bool) -> None:
    if passes:
        passed(check, evidence([], pad_scores=[value] * 5))
    else:
        failed(check, evidence([], pad_scores=[value] * 5), suspicious=True)


def test_too_few_frames_say_nothing() -> None:
    not_assessed(check, evidence([], pad_scores=[0.99] * (LEAST_FRAMES - 1)))


def test_without_the_network_nothing_is_said() -> None:
    assert "installed" in not_assessed(check, evidence([], pad_scores=None)).text
