"""Recordings played whole, in another order, or put together on demand."""

import numpy as np
import pytest

from evaluation.attacks.manipulated.staged import A, made, sources, take
from simreg.evaluation.attacks.manipulated.cut_together import CutTogether
from simreg.evaluation.attacks.manipulated.footage import occurrences
from simreg.evaluation.attacks.manipulated.replayed import ReplayedRecording
from simreg.evaluation.attacks.manipulated.wrong_order import WrongOrder, shown
from synthetic.attempt import judge


def test_a_replay_is_the_recording() -> None:
    assert made(ReplayedRecording()) == list(take().frames)


@pytest.mark.parametrize("seed", range(4))
def test_the_wrong_order_shows_all_movements_but_not_the_challenge(seed: int) -> None:
    subject = take((A.TURN_LEFT, A.BLINK, A.TURN_RIGHT))
    frames = made(WrongOrder(), subject, seed=seed)
    result = judge(frames, subject.challenge).liveness
    assert {action.action for action in result.seen} == set(subject.challenge)
    assert not occurrences(result.seen, subject.challenge)
    assert result.fault is not None
    assert None not in sources(frames, subject)


@pytest.mark.parametrize("challenge", [(A.BLINK,), (A.BLINK, A.BLINK)])
def test_one_movement_has_no_other_order(challenge: tuple[A, ...]) -> None:
    assert WrongOrder().make(take(challenge), [], np.random.default_rng(1)) is None


def test_movements_are_told_where_they_are_played() -> None:
    subject = take()
    turn, blink = (s for s in subject.seen if s.action in subject.challenge)
    parts = [range(round(s.start_s * 15) - 3, round(s.end_s * 15) + 3) for s in (blink, turn)]
    first, second = shown(subject, parts)
    assert (first.action, second.action) == (A.BLINK, A.TURN_LEFT)
    assert first.start_s == pytest.approx(3 / 15, abs=0.1)
    assert second.start_s == pytest.approx(len(parts[0]) / 15 + 3 / 15, abs=0.1)


@pytest.mark.parametrize("blend", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_cut_together_does_the_challenge_with_joints(blend: bool, seed: int) -> None:
    subject = take()
    frames = made(CutTogether(blend=blend), subject, seed=seed)
    shown_from = [s for s in sources(frames, subject) if s is not None]
    steps = np.diff(shown_from)
    assert (steps != 1).sum() >= 2
    if not blend:
        assert len(shown_from) == len(frames)
        assert all(action.passed for action in judge(frames, subject.challenge).liveness.actions)
    else:
        assert 0 < len(frames) - len(shown_from) < len(frames) / 2
