import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.liveness.checks.size import LEAST_WIDTH, check
from synthetic.head import STRAIGHT
from synthetic.observed import evidence, observations


@pytest.mark.parametrize("width", [LEAST_WIDTH + 0.5, 110, 300])
def test_a_large_face_passes(width: float) -> None:
    assert passed(check, evidence(observations([STRAIGHT.but(width=width)] * 10))).value == pytest.approx(width, rel=1e-3)


@pytest.mark.parametrize("width", [LEAST_WIDTH - 0.5, 60, 20])
def test_a_small_face_fails(width: float) -> None:
    failed(check, evidence(observations([STRAIGHT.but(width=width)] * 10)), suspicious=False)


def test_a_turned_head_is_as_large() -> None:
    passed(check, evidence(observations([STRAIGHT.but(width=LEAST_WIDTH + 1, yaw=45)] * 10)))


def test_a_step_back_is_forgiven() -> None:
    passed(check, evidence(observations([*[STRAIGHT] * 10, *[STRAIGHT.but(width=40)] * 5])))


def test_without_a_face_nothing_is_said() -> None:
    not_assessed(check, evidence(observations([None] * 5)))
