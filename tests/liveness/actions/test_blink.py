import pytest

from liveness.actions.contract import RATES, ActionContract, done, hump
from liveness.clips import Clips
from simreg.liveness.actions.base import SETTLED_S
from simreg.liveness.actions.blink import LONGEST_S, MOST_PITCH, MOST_YAW, OPEN_AGAIN, REOPENED, SHUT
from simreg.liveness.neutral import relate
from simreg.liveness.types import Action
from synthetic.head import STRAIGHT
from synthetic.observed import observation, observations, observed_face, reading, walk

HALF_LOWERED = 0.4
"""Neither shut nor open again."""


class TestBlink(ActionContract):
    action = Action.BLINK
    field = "eyes"
    rest = 1.0
    sign = -1.0
    enter = SHUT
    leave = OPEN_AGAIN
    far = 0.9
    rise_s = 0.08
    hold_s = 0.1
    noise = 0.04

    @pytest.mark.parametrize("fps", RATES)
    def test_a_single_shut_frame_is_a_blink(self, fps: float) -> None:
        assert len(done(self.action, self.readings([0.0] * 5 + [0.8] + [0.0] * 5, fps))) == 1

    @pytest.mark.parametrize("fps", RATES)
    @pytest.mark.parametrize(("seconds", "times"), [(0.3, 1), (LONGEST_S - 0.15, 1), (LONGEST_S + 0.1, 0), (2.0, 0)])
    def test_eyes_that_stay_shut_are_no_blink(self, fps: float, seconds: float, times: int) -> None:
        assert len(done(self.action, self.curve(self.far, fps, hold_s=seconds))) == times

    def test_half_shut_eyes_are_no_blink(self) -> None:
        assert done(self.action, self.curve(0.45)) == []

    @pytest.mark.parametrize("fps", RATES)
    def test_lids_may_stay_half_lowered_afterwards(self, fps: float) -> None:
        """It counts once they have stayed open so far, ends where they opened, and counts once."""
        shut, after = round(0.1 * fps), round((SETTLED_S + 0.2) * fps)
        values = [0.0] * round(fps) + [0.8] * shut + [HALF_LOWERED] * after
        (seen,) = done(self.action, self.readings(values, fps))
        assert seen.end_s == pytest.approx((round(fps) + shut) / fps)
        assert done(self.action, self.readings([*values, 0.8, *[0.0] * 5], fps)) == [seen]

    @pytest.mark.parametrize("fps", RATES)
    def test_half_lowered_lids_that_shut_again_at_once_are_no_blink(self, fps: float) -> None:
        """Lids flutter within a long closure."""
        opened = [HALF_LOWERED] * max(1, round((SETTLED_S - 0.1) * fps))
        values = [0.0] * 5 + ([0.8] * round(0.3 * fps) + opened) * 6 + [0.0] * 5
        assert done(self.action, self.readings(values, fps)) == []

    @pytest.mark.parametrize("fps", RATES)
    def test_half_lowered_lids_after_a_long_closure_are_no_blink(self, fps: float) -> None:
        values = [0.0] * 5 + [0.8] * round((LONGEST_S + 0.2) * fps) + [HALF_LOWERED] * round(fps)
        assert done(self.action, self.readings(values, fps)) == []

    def test_lids_that_hardly_opened_are_no_blink(self) -> None:
        opened = 0.7 - REOPENED + 0.05
        assert OPEN_AGAIN < opened < SHUT
        assert done(self.action, self.readings([0.0] * 5 + [0.7] * 2 + [opened] * 15, 15.0)) == []

    def test_eyes_that_do_not_open_again_are_no_blink(self) -> None:
        assert done(self.action, self.readings([0.0] * 10 + [0.9] * 3, 15.0)) == []

    @pytest.mark.parametrize("turn", [{"yaw": MOST_YAW + 1}, {"yaw": -MOST_YAW - 1}, {"pitch": -MOST_PITCH - 1}])
    def test_eyes_of_a_turned_head_are_not_judged(self, turn: dict[str, float]) -> None:
        curve = [reading(one.time_s, eyes=one.eyes, **turn) for one in self.curve(self.far)]
        assert done(self.action, curve) == []

    def test_what_the_head_does_as_the_camera_sees_it_is_what_counts(self) -> None:
        """A head that is always turned aside has no yaw of its own, but hides an eye all the same."""
        curve = [reading(one.time_s, eyes=one.eyes, yaw=0.0, head=MOST_YAW + 1) for one in self.curve(self.far)]
        assert done(self.action, curve) == []


def closing(**eyes: float) -> list[tuple[float, float]]:
    """Actions seen when these eyes of a synthetic head go shut for a moment."""
    shut = [STRAIGHT.but(**eyes)] * 2
    _, progress = walk(observations([*[STRAIGHT] * 15, *shut, *[STRAIGHT] * 15]))
    return [(one.start_s, one.end_s) for one in progress.seen if one.action is Action.BLINK]


def test_both_eyes_shut_are_a_blink() -> None:
    assert closing(eyes=0.1) == [(15 / 15, 17 / 15)]


@pytest.mark.parametrize("eye", ["left_eye", "right_eye"])
def test_one_eye_shut_is_a_wink(eye: str) -> None:
    assert closing(**{eye: 0.05}) == []


def test_the_eyes_are_read_against_the_persons_own() -> None:
    """Narrow eyes that shut are a blink, wide eyes that become as narrow are none."""
    state, _ = walk(observations([STRAIGHT.but(eyes=0.5)] * 10))
    assert state.neutral is not None
    half = relate(state.neutral, observation(11, 1.0, observed_face(STRAIGHT.but(eyes=0.25))))
    assert half is not None
    assert half.eyes == pytest.approx(0.5, abs=0.01)


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize(
    ("clip", "blinks"),
    [
        ("one-blink.mp4", [65]),
        ("smiles-one-blink.mp4", [26]),
        ("still-two-blinks.mp4", [160]),  # that at 8 comes before the eyes are known
        ("talks.mp4", []),
        ("winks-glasses.mp4", []),
    ],
)
def test_real_blinks_are_seen_and_nothing_else_is(clips: Clips, clip: str, blinks: list[int]) -> None:
    seen = clips.when(clip, Action.BLINK)
    assert len(seen) == len(blinks)
    assert all(
        start == pytest.approx(at, abs=2) and 1 <= end - start <= 10
        for (start, end), at in zip(seen, blinks, strict=True)
    )


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize("at", [66, 94, 207, 211])
def test_short_blinks_among_long_closures_are_seen(clips: Clips, at: int) -> None:
    assert any(abs(start - at) <= 3 for start, _ in clips.when("long-closures-winks.mp4", Action.BLINK))


@pytest.mark.weights
@pytest.mark.material
def test_a_real_long_closure_is_no_blink(clips: Clips) -> None:
    assert [start for start, _ in clips.when("long-closures-winks.mp4", Action.BLINK) if 120 <= start < 204] == []


def test_noise_of_the_contract_is_generous() -> None:
    assert TestBlink.noise * 6 < SHUT
    assert hump(1.0, 0.1, 0.1, 30.0)[0] == 0
