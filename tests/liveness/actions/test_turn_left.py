import pytest

from liveness.actions.contract import HeldContract, done, hump
from liveness.clips import Clips
from simreg.liveness.actions import RULES
from simreg.liveness.actions.turn_left import TURN_LEAVE
from simreg.liveness.types import Action


class TestTurnLeft(HeldContract):
    action = Action.TURN_LEFT
    field = "yaw"
    enter = 25.0
    leave = TURN_LEAVE
    far = 36.0
    noise = 0.8
    too_brief_s = 0.1

    @pytest.mark.parametrize(("degrees", "times"), [(20.0, 0), (24.9, 0), (25.0, 1), (60.0, 1)])
    def test_a_turn_counts_from_25_degrees(self, degrees: float, times: int) -> None:
        values = hump(degrees, 0.6, 0.6, 15.0)
        assert len(done(self.action, self.readings(values, 15.0))) == times

    def test_nobody_does_it_unasked(self) -> None:
        assert RULES[self.action].is_turn


@pytest.mark.weights
@pytest.mark.material
def test_a_real_turn_to_the_left_is_seen_after_one_to_the_right(clips: Clips) -> None:
    turns = [action for action, _, _ in clips.seen("turns-slowly.mp4") if RULES[action].is_turn]
    assert turns == [Action.TURN_RIGHT, Action.TURN_LEFT]
    ((start, end),) = clips.when("turns-slowly.mp4", Action.TURN_LEFT)
    assert 535 <= start <= 565
    assert end >= start + 5


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize("clip", ["talks.mp4", "one-blink.mp4", "still-two-blinks.mp4", "winks-glasses.mp4"])
def test_people_who_do_not_turn_are_not_seen_to_turn(clips: Clips, clip: str) -> None:
    assert not {action for action, _, _ in clips.seen(clip) if RULES[action].is_turn}
