"""Somebody behind a mask who does what is asked for when it is due."""

import pytest

from evaluation.attacks.manipulated.staged import A, attacker, nobody, take
from simreg.evaluation.attacks.presentation.performer import HELD_S, perform
from simreg.face.eyes import openness

CHALLENGE = (A.BLINK,)


def opening(frames: tuple[int, ...]) -> list[float]:
    points = [attacker(CHALLENGE).points[index] for index in frames]
    assert all(p is not None for p in points)
    eyes = [openness(p) for p in points if p is not None]
    return [eye.left for eye in eyes]


def test_a_clip_that_shows_everything_is_played_as_it_is() -> None:
    subject = attacker(CHALLENGE)
    acted = perform([nobody(), subject], [(2.0, A.BLINK)], 5)
    assert acted is not None
    assert list(acted.frames) == list(range(len(acted.frames)))
    assert len(acted.frames) >= len(subject.frames) - 1


def test_it_is_not_where_the_order_is_another() -> None:
    both = take((A.BLINK, A.CLOSE_EYES), 4.0, 3)
    forth = perform([both], [(2.0, A.BLINK), (5.0, A.CLOSE_EYES)], 8)
    back = perform([both], [(2.0, A.CLOSE_EYES), (5.0, A.BLINK)], 8)
    assert forth is not None
    assert back is not None
    assert list(forth.frames) == sorted(forth.frames)
    assert list(back.frames) != sorted(back.frames)


def test_the_eyes_shut_when_it_is_due_and_only_then() -> None:
    acted = perform([attacker(CHALLENGE)], [(2.0, A.BLINK)], 5, own=())
    assert acted is not None
    eyes = opening(acted.frames)
    assert len(eyes) == 5 * 15 + 1
    assert min(eyes[30:45]) < 0.4 * max(eyes)
    assert min(eyes[:28] + eyes[50:]) > 0.6 * max(eyes)


def test_who_blinks_can_also_keep_the_eyes_shut() -> None:
    acted = perform([attacker(CHALLENGE)], [(2.0, A.CLOSE_EYES)], 6)
    assert acted is not None
    eyes = opening(acted.frames)
    assert sum(eye < 0.5 * max(eyes) for eye in eyes) / 15 >= HELD_S


def test_who_can_do_it_is_preferred() -> None:
    turner = take((A.TURN_LEFT,), 7.0, 2)
    acted = perform([turner, attacker(CHALLENGE)], [(2.0, A.BLINK)], 5)
    assert acted is not None
    assert acted.take is attacker(CHALLENGE)


@pytest.mark.parametrize("others", [[], [nobody()]])
def test_nobody_can_do_it(others: list) -> None:  # type: ignore[type-arg]
    assert perform(others, [(2.0, A.BLINK)], 5) is None
