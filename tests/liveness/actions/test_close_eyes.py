import pytest

from liveness.actions.contract import RATES, HeldContract, done
from liveness.clips import Clips
from simreg.liveness.actions.blink import OPEN_AGAIN, SHUT
from simreg.liveness.actions.close_eyes import HOLD_S
from simreg.liveness.types import Action
from synthetic.observed import reading


class TestCloseEyes(HeldContract):
    action = Action.CLOSE_EYES
    field = "eyes"
    rest = 1.0
    sign = -1.0
    enter = SHUT
    leave = OPEN_AGAIN
    far = 0.9
    rise_s = 0.1
    hold_s = HOLD_S + 0.4
    noise = 0.04
    too_brief_s = HOLD_S

    @pytest.mark.parametrize("fps", RATES)
    def test_a_blink_is_not_held(self, fps: float) -> None:
        assert done(self.action, self.curve(self.far, fps, hold_s=0.2)) == []

    @pytest.mark.parametrize("fps", RATES)
    def test_two_blinks_with_open_eyes_between_are_not_held(self, fps: float) -> None:
        blink, gap = [0.9] * round(0.3 * fps), [0.0] * round(0.3 * fps)
        assert done(self.action, self.readings([*gap, *blink, *gap, *blink, *gap], fps)) == []

    @pytest.mark.parametrize("fps", RATES)
    def test_eyes_that_blink_half_open_are_not_held_shut(self, fps: float) -> None:
        half = (SHUT + OPEN_AGAIN) / 2
        blinks = ([0.9] * 2 + [half] * round(0.5 * fps)) * 4
        assert done(self.action, self.readings([0.0] * 10 + blinks + [0.0] * 5, fps)) == []

    def test_eyes_that_cannot_be_judged_are_not_held_shut(self) -> None:
        shut = [reading(index / 15, eyes=0.1) for index in range(2)]
        away = [reading(index / 15, eyes=0.1, yaw=40.0) for index in range(2, 20)]
        back = [reading(index / 15, eyes=0.1) for index in range(20, 22)]
        assert done(self.action, [reading(-0.1), *shut, *away, *back]) == []

    def test_a_few_frames_with_long_gaps_between_are_not_held_shut(self) -> None:
        """Too much could have happened in the gaps."""
        assert done(self.action, self.readings([0.0, 0.9, 0.9, 0.9, 0.0], 2.0)) == []

    def test_it_counts_while_the_eyes_are_still_shut(self) -> None:
        (seen,) = done(self.action, self.readings([0.0] * 5 + [0.9] * 30, 15.0))
        assert seen.end_s - seen.start_s == pytest.approx(HOLD_S, abs=1 / 15)


@pytest.mark.weights
@pytest.mark.material
def test_a_real_long_closure_is_seen_where_it_is(clips: Clips) -> None:
    ((start, end),) = clips.when("long-closures-winks.mp4", Action.CLOSE_EYES)
    assert start == pytest.approx(126, abs=6)
    assert end == pytest.approx(206, abs=6)


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize("clip", ["talks.mp4", "one-blink.mp4", "still-two-blinks.mp4", "winks-glasses.mp4"])
def test_blinks_and_winks_are_not_held(clips: Clips, clip: str) -> None:
    assert clips.when(clip, Action.CLOSE_EYES) == []
