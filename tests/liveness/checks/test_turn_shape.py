import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.liveness.checks.not_flat import TURNED
from simreg.liveness.checks.turn_shape import check, shape
from synthetic.head import STRAIGHT
from synthetic.observed import evidence, observations, observed_face

REST = [STRAIGHT] * 12
PRINT = STRAIGHT.but(flat=True)


@pytest.mark.parametrize("yaw", [-45, -30, 25, 40])
def test_a_head_keeps_its_width(yaw: float) -> None:
    passed(check, evidence(observations([*REST, *[STRAIGHT.but(yaw=yaw)] * 6])))


@pytest.mark.parametrize("degrees", [50, 60])
def test_a_print_becomes_narrow(degrees: float) -> None:
    turned = [PRINT.but(yaw=degrees - 5.0, turned=degrees)] * 6
    failed(check, evidence(observations([*[PRINT] * 12, *turned])), suspicious=True)


@pytest.mark.parametrize("roll", [-30, -10, 15, 35])
def test_a_tilted_head_has_the_same_shape(roll: float) -> None:
    assert shape(observed_face(STRAIGHT.but(roll=roll))) == pytest.approx(shape(observed_face()), rel=0.02)


@pytest.mark.parametrize("width", [60, 200])
def test_a_larger_head_has_the_same_shape(width: float) -> None:
    assert shape(observed_face(STRAIGHT.but(width=width))) == pytest.approx(shape(observed_face()), rel=1e-3)


def test_a_head_that_does_not_turn_says_nothing() -> None:
    not_assessed(check, evidence(observations([*REST, *[STRAIGHT.but(yaw=TURNED - 3)] * 6])))
