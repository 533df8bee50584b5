import pytest

from liveness.actions.contract import HeldContract
from liveness.clips import Clips
from simreg.liveness.actions.approach import BACK, NEARER
from simreg.liveness.types import Action
from synthetic.head import STRAIGHT
from synthetic.observed import observations, walk


class TestApproach(HeldContract):
    action = Action.APPROACH
    field = "size"
    rest = 1.0
    enter = NEARER
    leave = BACK
    far = 0.5
    noise = 0.02
    too_brief_s = 0.2


def test_a_turned_head_is_no_nearer() -> None:
    turning = [STRAIGHT.but(yaw=yaw) for yaw in range(0, 56, 5)]
    _, progress = walk(observations([*[STRAIGHT] * 15, *turning, *reversed(turning)]))
    assert Action.APPROACH not in {one.action for one in progress.seen}


@pytest.mark.weights
@pytest.mark.material
def test_a_real_approach_is_seen_where_it_is(clips: Clips) -> None:
    ((start, end),) = clips.when("approaches-recedes-talks.mp4", Action.APPROACH)
    assert start == pytest.approx(803, abs=15)
    assert end == pytest.approx(869, abs=15)


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize("clip", ["talks.mp4", "turns-slowly.mp4", "one-blink.mp4", "still-two-blinks.mp4"])
def test_people_who_stay_where_they_are_do_not_approach(clips: Clips, clip: str) -> None:
    assert clips.when(clip, Action.APPROACH) == []
