from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from conftest import Weights
from demo.made_up import need_all
from simreg.capture.frame import Frame
from simreg.cli.demo_camera import PAGE, STAND_IN, on_camera, watch
from simreg.demo.run import CHALLENGE
from simreg.demo.scenarios import live
from simreg.demo.subject import PORTRAIT, make_subject
from simreg.errors import InputError
from simreg.liveness.guidance import Guidance, Hint
from simreg.liveness.types import Action
from simreg.loading import load_engine
from simreg.verification import Attempt

LOOK = Guidance(None, 0, 1, 0.0, Hint.LOOK_STRAIGHT, False)
TURN = Guidance(Action.TURN_LEFT, 0, 1, 0.3, None, False)
DONE = Guidance(None, 1, 1, 0.0, None, True)


class Scripted(Attempt):
    """Gives these answers, one a frame."""

    def __init__(self, *answers: Guidance) -> None:
        self._answers = iter(answers)

    def step(self, frame: Frame) -> Guidance:
        return next(self._answers)


def frames(count: int) -> Iterator[Frame]:
    return (Frame(i, i / 30, np.full((2, 3, 3), i, np.uint8)) for i in range(count))


def test_each_prompt_is_said_once_until_nothing_more_is_to_come() -> None:
    said: list[str] = []
    watched = watch(frames(9), Scripted(LOOK, LOOK, TURN, TURN, LOOK, DONE), said.append)
    assert said == [LOOK.text, TURN.text, LOOK.text]
    assert watched.frames == 6
    assert watched.last_s == pytest.approx(5 / 30)
    assert watched.straight is not None
    assert (int(watched.first[0, 0, 0]), int(watched.straight[0, 0, 0])) == (0, 2)


def test_a_camera_may_end_before_the_challenge_does() -> None:
    watched = watch(frames(2), Scripted(LOOK, LOOK), lambda _: None)
    assert watched.frames == 2
    assert watched.straight is None


def test_a_camera_without_pictures_is_told() -> None:
    with pytest.raises(InputError) as caught:
        watch(frames(0), Scripted(), lambda _: None)
    assert caught.value.code == "camera-unavailable"


@pytest.mark.weights
@pytest.mark.parametrize("own_document", [True, False])
def test_the_made_up_head_before_the_camera_is_prompted_and_judged(
    own_document: bool, weights: Weights, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    need_all(weights)
    engine = load_engine(store=weights.store)
    head = make_subject(weights.store, engine.detector, engine.mesh).head
    reference = weights.path(PORTRAIT) if own_document else None
    status, page = on_camera(live(head, CHALLENGE), engine, CHALLENGE, reference, tmp_path, "en")
    said = capsys.readouterr().out
    assert "Turn your head to your left." in said
    assert "Blink once." in said
    assert (STAND_IN in said) is not own_document
    assert status in (0, 3, 4)
    assert page == tmp_path / PAGE
    assert page.stat().st_size > 10_000
