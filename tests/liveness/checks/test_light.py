import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.liveness.checks.light import BRIGHTEST, DARKEST, LEAST_CONTRAST, check
from simreg.liveness.evidence import Evidence
from synthetic.head import STRAIGHT
from synthetic.observed import evidence, observations, watched
from synthetic.script import Subject, taken


def lit(brightness: float, contrast: float = 40.0) -> Evidence:
    return evidence(observations([STRAIGHT] * 10, brightness=brightness, contrast=contrast))


@pytest.mark.parametrize("brightness", [DARKEST, 100.0, 200.0, BRIGHTEST])
def test_enough_light_passes(brightness: float) -> None:
    passed(check, lit(brightness))


@pytest.mark.parametrize("brightness", [0.0, 20.0, DARKEST - 1])
def test_too_little_fails(brightness: float) -> None:
    assert "dark" in failed(check, lit(brightness), suspicious=False).text


@pytest.mark.parametrize("brightness", [BRIGHTEST + 1, 250.0, 255.0])
def test_too_much_fails(brightness: float) -> None:
    assert "bright" in failed(check, lit(brightness), suspicious=False).text


@pytest.mark.parametrize("brightness", [0.0, 20.0, 130.0, 220.0, 255.0])
def test_a_washed_out_face_fails(brightness: float) -> None:
    failed(check, lit(brightness, LEAST_CONTRAST - 1), suspicious=False)


def test_a_moment_of_darkness_is_forgiven() -> None:
    seen = [*observations([STRAIGHT] * 20), *observations([STRAIGHT] * 5, brightness=10.0)]
    passed(check, evidence(seen))


@pytest.mark.parametrize("light", [0.1, 0.2, 4.0])
def test_pictures_in_bad_light_fail(light: float) -> None:
    shots = Subject().hold(1).shots
    passed(check, evidence(watched(shots)))
    failed(check, evidence(watched(taken(shots, light=light))), suspicious=False)


def test_without_a_face_nothing_is_said() -> None:
    not_assessed(check, evidence(observations([None] * 5)))
