import pytest

from liveness.actions.contract import HeldContract
from liveness.clips import Clips
from simreg.liveness.actions.open_mouth import SHUT, WIDE
from simreg.liveness.types import Action


class TestOpenMouth(HeldContract):
    action = Action.OPEN_MOUTH
    field = "mouth"
    enter = WIDE
    leave = SHUT
    far = 0.6
    noise = 0.02
    too_brief_s = 0.2


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize("open_at", [295, 345])
def test_a_real_mouth_that_opens_is_seen(clips: Clips, open_at: int) -> None:
    seen = clips.when("approaches-recedes-talks.mp4", Action.OPEN_MOUTH)
    assert sum(start <= open_at <= end for start, end in seen) == 1
    assert not any(start <= 320 <= end for start, end in seen)  # shut between the two


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize("clip", ["talks.mp4", "one-blink.mp4", "smiles-one-blink.mp4", "still-two-blinks.mp4"])
def test_a_mouth_that_talks_or_smiles_is_not_open(clips: Clips, clip: str) -> None:
    assert clips.when(clip, Action.OPEN_MOUTH) == []
