from collections.abc import Callable, Sequence

import numpy as np
import pytest

from demo.made_up import Recorder
from simreg.demo.head import Head, HeadState
from simreg.demo.scenarios import FPS, Scene, flat_print, ignores, live
from simreg.liveness.types import Action

Scenario = Callable[[Head, Sequence[Action], int], Scene]
CHALLENGE = (Action.TURN_LEFT, Action.BLINK, Action.TURN_RIGHT)


def played(scenario: Scenario, challenge: Sequence[Action] = CHALLENGE, seed: int = 0) -> list[HeadState]:
    recorder = Recorder()
    frames = list(scenario(recorder, challenge, seed))
    assert len(frames) == len(recorder.states)
    return recorder.states


@pytest.mark.parametrize("scenario", [live, ignores, flat_print])
def test_frames_are_numbered_and_timed_and_each_is_a_new_shot(scenario: Scenario) -> None:
    frames = list(scenario(Recorder(), CHALLENGE, 0))
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert [frame.time_s for frame in frames] == [i / FPS for i in range(len(frames))]
    assert [int(frame.image[0, 0, 0]) for frame in frames] == [i % 256 for i in range(len(frames))]


@pytest.mark.parametrize("scenario", [live, ignores, flat_print])
def test_the_same_seed_plays_the_same(scenario: Scenario) -> None:
    assert played(scenario, seed=4) == played(scenario, seed=4)
    assert played(scenario, seed=4) != played(scenario, seed=5)


def test_a_live_subject_does_what_is_asked_in_order() -> None:
    states = played(live)
    yaws, eyes = np.array([s.yaw for s in states]), np.array([s.eyes for s in states])
    left, shut, right = int(yaws.argmax()), int(eyes.argmin()), int(yaws.argmin())
    assert left < shut < right
    assert yaws.max() > 32
    assert yaws.min() < -32
    assert eyes.min() < 0.1
    assert abs(yaws[shut]) < 5


@pytest.mark.parametrize("action", list(Action))
def test_every_action_is_done_and_undone(action: Action) -> None:
    states = played(live, (action,))
    changed = [s for s in states if max(abs(s.yaw), abs(s.pitch)) > 10 or s.eyes < 0.5 or s.mouth > 0.5 or s.scale > 1.2]
    assert changed
    assert states[0] not in changed
    assert states[-1] not in changed


def test_a_subject_who_ignores_the_challenge_neither_turns_nor_keeps_still() -> None:
    states = played(ignores)
    assert max(abs(s.yaw) for s in states) < 8
    assert max(abs(s.pitch) for s in states) > 15


def test_a_subject_who_was_asked_for_everything_ignores_it_by_doing_nothing() -> None:
    assert max(abs(s.yaw) + abs(s.pitch) for s in played(ignores, tuple(Action))) < 10


def test_a_print_is_turned_but_never_blinks() -> None:
    states = played(flat_print)
    assert max(s.yaw for s in states) > 45
    assert min(s.yaw for s in states) < -45
    assert {s.eyes for s in states} == {1.0}
