import pytest

from liveness.actions.contract import HeldContract, done, hump
from liveness.clips import Clips
from simreg.liveness.actions import RULES
from simreg.liveness.actions.turn_left import TURN_LEAVE
from simreg.liveness.types import Action


class TestTurnRight(HeldContract):
    action = Action.TURN_RIGHT
    field = "yaw"
    sign = -1.0
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

    def test_from_one_side_to_the_other_both_turns_count(self) -> None:
        values = [*hump(-36, 0.4, 0.4, 15.0, rest_s=0.0), *hump(36, 0.4, 0.4, 15.0, rest_s=0.0)]
        swing = self.readings(values, 15.0)
        assert len(done(Action.TURN_LEFT, swing)) == len(done(Action.TURN_RIGHT, swing)) == 1


@pytest.mark.weights
@pytest.mark.material
def test_a_real_turn_to_the_right_is_seen_where_it_is(clips: Clips) -> None:
    ((start, end),) = clips.when("turns-slowly.mp4", Action.TURN_RIGHT)
    assert 40 <= start <= 75
    assert 100 <= end <= 140
