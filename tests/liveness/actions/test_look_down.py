import pytest

from liveness.actions.contract import HeldContract
from liveness.clips import Clips
from simreg.liveness.actions.look_up import LOOK_DEGREES, LOOK_LEAVE
from simreg.liveness.types import Action


class TestLookDown(HeldContract):
    action = Action.LOOK_DOWN
    field = "pitch"
    sign = -1.0
    enter = LOOK_DEGREES
    leave = LOOK_LEAVE
    far = 22.0
    noise = 0.8
    too_brief_s = 0.15


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize(("clip", "chin_down"), [("turns-slowly.mp4", 440), ("approaches-recedes-talks.mp4", 572)])
def test_a_real_chin_that_is_lowered_is_seen(clips: Clips, clip: str, chin_down: int) -> None:
    assert any(start <= chin_down <= end for start, end in clips.when(clip, Action.LOOK_DOWN))
    assert not any(start <= chin_down <= end for start, end in clips.when(clip, Action.LOOK_UP))


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize("clip", ["talks.mp4", "one-blink.mp4", "smiles-one-blink.mp4", "still-two-blinks.mp4"])
def test_people_who_only_talk_or_smile_do_not_look_down(clips: Clips, clip: str) -> None:
    assert clips.when(clip, Action.LOOK_DOWN) == []
