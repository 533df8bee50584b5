import pytest

from liveness.actions.contract import HeldContract
from liveness.clips import Clips
from simreg.liveness.actions.look_up import LOOK_DEGREES, LOOK_LEAVE
from simreg.liveness.types import Action


class TestLookUp(HeldContract):
    action = Action.LOOK_UP
    field = "pitch"
    enter = LOOK_DEGREES
    leave = LOOK_LEAVE
    far = 22.0
    noise = 0.8
    too_brief_s = 0.15


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize(("clip", "chin_up"), [("turns-slowly.mp4", 40), ("approaches-recedes-talks.mp4", 620)])
def test_a_real_chin_that_is_raised_is_seen(clips: Clips, clip: str, chin_up: int) -> None:
    assert any(start <= chin_up <= end for start, end in clips.when(clip, Action.LOOK_UP))
    assert not any(start <= chin_up <= end for start, end in clips.when(clip, Action.LOOK_DOWN))


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize("clip", ["talks.mp4", "one-blink.mp4", "smiles-one-blink.mp4", "still-two-blinks.mp4"])
def test_people_who_only_talk_or_smile_do_not_look_up(clips: Clips, clip: str) -> None:
    assert clips.when(clip, Action.LOOK_UP) == []
