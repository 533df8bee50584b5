"""What an attempt says to the person at any moment."""

from collections.abc import Sequence
from typing import Any

import pytest

from simreg.capture.frame import Frame
from simreg.face.observe import SEARCH_EVERY_S
from simreg.liveness.challenge import Challenge
from simreg.liveness.guidance import Guidance, Hint
from simreg.verification import Attempt
from synthetic.attempt import CHALLENGE, OTHER, A, follows
from synthetic.engine import synthetic_engine
from synthetic.script import Subject, during, each, film, joined_by, taken, without_faces


def guided(frames: Sequence[Frame], challenge: Challenge = CHALLENGE) -> list[Guidance]:
    attempt = Attempt(synthetic_engine(), challenge)
    return [attempt.step(frame) for frame in frames]


def test_before_the_first_frame_a_face_is_asked_for() -> None:
    assert Attempt(synthetic_engine(), CHALLENGE).guidance.hint is Hint.NO_FACE


def test_first_the_person_looks_straight_then_each_action_is_asked_for_in_order() -> None:
    steps = guided(film(follows()))
    assert steps[0].hint is Hint.LOOK_STRAIGHT
    asked = [step.action for step in steps if step.action is not None]
    order = [action for action, before in zip(asked, [None, *asked], strict=False) if action is not before]
    assert order == list(CHALLENGE)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert (steps[-1].done, steps[-1].total) == (3, 3)


def test_extent_grows_while_the_head_turns_and_then_it_is_asked_back() -> None:
    steps = guided(film(Subject().hold(1).move(0.8, yaw=40).hold(0.5).move(0.8, yaw=0).hold(0.5).shots))
    turning = [step.extent for step in steps[15:27] if step.action is A.TURN_LEFT]
    assert len(turning) >= 5
    assert turning == sorted(turning)
    assert turning[0] < 0.2
    assert turning[-1] > 0.7
    held = steps[30]
    assert (held.hint, held.done, held.action) == (Hint.TURN_BACK, 1, None)
    assert (steps[-1].hint, steps[-1].action) == (None, A.BLINK)


def test_it_is_finished_with_the_last_action_and_not_before() -> None:
    steps = guided(film(follows()))
    last = next(index for index, step in enumerate(steps) if step.finished)
    assert steps[last].done == 3
    assert all(step.finished and step.text == "" for step in steps[last:])
    assert not any(step.finished for step in steps[:last])


def test_a_wrong_turn_is_told_at_once() -> None:
    steps = guided(film(follows(A.TURN_RIGHT)))
    wrong = next(index for index, step in enumerate(steps) if step.finished)
    assert steps[wrong].hint is Hint.WRONG_WAY
    assert steps[wrong].done == 0
    assert 18 < wrong < 32  # while the head is turned


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (lambda piece: without_faces(piece), Hint.NO_FACE),
        (lambda piece: joined_by(piece, OTHER), Hint.SEVERAL_FACES),
        (lambda piece: taken(piece, light=0.15), Hint.TOO_DARK),
        (lambda piece: taken(piece, light=6.0), Hint.TOO_BRIGHT),
        (lambda piece: each(piece, width=50.0), Hint.TOO_FAR),
        (lambda piece: each(piece, width=260.0), Hint.TOO_NEAR),
    ],
    ids=["nobody", "two", "dark", "bright", "far", "near"],
)
def test_what_is_wrong_is_told_while_it_is_wrong(change: Any, hint: Hint) -> None:
    calm = Subject().hold(4).shots
    steps = guided(film(during(calm, 20, 40, change)))
    delay = round(15 * SEARCH_EVERY_S) + 1
    assert {step.hint for step in steps[20 + delay : 40]} == {hint}
    assert hint not in {step.hint for step in [*steps[:20], *steps[40 + delay :]]}


def test_what_is_shown_never_depends_on_later_frames() -> None:
    frames = film(follows())
    assert guided(frames[:50]) == guided(frames)[:50]
