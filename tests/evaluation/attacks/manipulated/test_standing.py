"""Recordings that stand still or go round."""

from itertools import groupby, pairwise

import numpy as np
import pytest

from evaluation.attacks.manipulated.staged import apart, likeness, made, sources, take
from simreg.evaluation.attacks.manipulated.frozen import FROZEN_S, FrozenVideo, pauses
from simreg.evaluation.attacks.manipulated.looped import LoopedVideo
from synthetic.attempt import judge


def test_it_stands_still_before_each_movement_and_at_the_end() -> None:
    subject = take()
    numbers = sources(made(FrozenVideo(grain=False)), subject)
    held = [len(list(group)) for _, group in groupby(numbers)]
    assert sum(length > FROZEN_S[0] * 15 for length in held) == 3
    assert max(held) <= FROZEN_S[1] * 15 + 1


def test_it_goes_on_from_the_very_same_picture() -> None:
    numbers = [n for n in sources(made(FrozenVideo(grain=False)), take()) if n is not None]
    assert set(np.diff(numbers)) <= {0, 1}


def test_the_challenge_is_still_done() -> None:
    assert all(action.passed for action in judge(made(FrozenVideo(grain=False)), take().challenge).liveness.actions)


def test_with_grain_no_two_pictures_are_equal_but_the_scene_stands_still() -> None:
    frames = made(FrozenVideo(grain=True))
    steps = np.array([apart(a.image, b.image) for a, b in pairwise(frames)])
    assert steps.min() > 0.2
    longest = max(len(list(g)) for key, g in groupby((steps < 0.75 * np.median(steps)).tolist()) if key)
    assert longest >= FROZEN_S[0] * 15 - 1


def test_pauses_are_at_rest() -> None:
    subject = take()
    for index in pauses(subject, range(len(subject.frames))):
        time_s = subject.frames[index].time_s
        assert not any(seen.start_s <= time_s <= seen.end_s for seen in subject.seen)


@pytest.mark.parametrize("ping_pong", [False, True])
def test_a_loop_shows_the_same_frames_again(ping_pong: bool) -> None:
    subject = take()
    numbers = np.array(likeness(made(LoopedVideo(ping_pong=ping_pong)), subject))
    steps = np.diff(numbers)
    assert len(numbers) - len(set(numbers.tolist())) > 15
    if ping_pong:
        assert (steps == -1).sum() > 10
        assert np.abs(steps).max() <= 2
    else:
        assert (steps < -3).sum() >= 2


@pytest.mark.parametrize("ping_pong", [False, True])
def test_a_loop_is_at_rest(ping_pong: bool) -> None:
    subject = take()
    numbers = likeness(made(LoopedVideo(ping_pong=ping_pong)), subject)
    again = {n for n in numbers if numbers.count(n) > 1}
    busy = [s for s in subject.seen if any(s.start_s <= subject.frames[n].time_s <= s.end_s for n in again)]
    assert not busy
