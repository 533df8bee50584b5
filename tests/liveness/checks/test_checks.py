"""What holds for all checks together."""

import pytest

from liveness.checks.contract import not_assessed
from simreg.liveness.checks import CHECKS, Check, continuity, light, passive_pad, size
from simreg.liveness.checks.base import at_least, at_most
from simreg.liveness.types import State
from synthetic.head import STRAIGHT
from synthetic.observed import evidence, observations


def name_of(check: Check) -> str:
    return check.__module__.rpartition(".")[2]


def test_every_check_tells_its_own_name_and_no_two_the_same() -> None:
    names = [check(evidence([])).name for check in CHECKS]
    assert len(set(names)) == len(names) == 15
    assert names == [name_of(check).replace("_", "-") for check in CHECKS]


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_nothing_can_be_said_of_a_capture_without_frames(check: Check) -> None:
    not_assessed(check, evidence([], pad_scores=[]))


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_one_frame_raises_nothing_and_passes_little(check: Check) -> None:
    result = check(evidence(observations([STRAIGHT]), pad_scores=[0.9]))
    moving = {"continuity", "freeze", "repeats", "loop", "frame-times", "frame-rate", "not-flat", "turn-shape"}
    if result.name in {*moving, "same-person", "passive-pad"}:
        assert result.state is State.NOT_ASSESSED


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_a_capture_without_a_face_raises_nothing(check: Check) -> None:
    assert check(evidence(observations([None] * 30))).text


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_a_check_that_could_not_be_made_still_tells_its_limit_and_side(check: Check) -> None:
    calm = [STRAIGHT.but(yaw=index % 3) for index in range(60)]
    empty, full = check(evidence([], pad_scores=[])), check(evidence(observations(calm)))
    assert empty.limit is not None
    assert empty.above == full.above


def test_the_limit_itself_passes_on_either_side() -> None:
    assert at_least("x", 1.0, 1.0, "good", "bad").text == "good"
    assert at_most("x", 1.0, 1.0, "good", "bad").text == "good"
    assert at_least("x", 0.99, 1.0, "good", "bad", suspicious=True).suspicious
    assert not at_most("x", 0.99, 1.0, "good", "bad", suspicious=True).suspicious


@pytest.mark.parametrize("value", [float("nan")])
def test_what_is_no_number_never_passes(value: float) -> None:
    assert at_least("x", value, 1.0, "good", "bad").state is State.FAILED
    assert at_most("x", value, 1.0, "good", "bad").state is State.FAILED


def test_limits_are_where_they_can_be_read() -> None:
    assert continuity.MOST_JUMP > 1
    assert 0 < light.DARKEST < light.BRIGHTEST < 255
    assert size.LEAST_WIDTH > 0
    assert 0 < passive_pad.ATTACK <= passive_pad.BONA_FIDE < 1
