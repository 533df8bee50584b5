from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.liveness.checks.loop import LEAST_DIFFERENCE, MOST_FRAMES, check, least_difference
from simreg.liveness.types import Action, State
from synthetic.observed import evidence, observation, watched
from synthetic.picture import Shot
from synthetic.script import Subject, looped, ping_pong, regrained

TURN = (Action.TURN_LEFT,)


@pytest.mark.parametrize("fps", [12, 30])
def test_a_person_who_does_it_twice_is_no_loop(fps: float) -> None:
    twice = Subject(fps=fps).follow([Action.TURN_LEFT, Action.TURN_LEFT, Action.BLINK, Action.BLINK]).shots
    passed(check, evidence(watched(twice, fps)))


def test_a_turn_there_and_back_is_no_reversal() -> None:
    passed(check, evidence(watched(Subject().hold(1).move(0.8, yaw=40).move(0.8, yaw=0).hold(1).shots)))


@pytest.mark.parametrize("fps", [12, 30])
@pytest.mark.parametrize("trick", [looped, ping_pong], ids=["loop", "ping-pong"])
def test_what_is_played_twice_is_found(trick: Callable[[list[Shot]], list[Shot]], fps: float) -> None:
    shots = Subject(fps=fps).follow(TURN).shots
    result = failed(check, evidence(watched(trick(shots), fps)), suspicious=True)
    assert result.value == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("trick", [looped, ping_pong], ids=["loop", "ping-pong"])
def test_a_loop_with_new_camera_noise_is_found(trick: Callable[[list[Shot]], list[Shot]]) -> None:
    """As where a screen that plays a loop is filmed, or the recording was coded again."""
    failed(check, evidence(watched(regrained(trick(Subject().follow(TURN).shots)))), suspicious=True)


def test_a_turn_that_is_played_again_later_is_found() -> None:
    shots = Subject().follow([Action.TURN_LEFT, Action.BLINK]).shots
    failed(check, evidence(watched([*shots, *shots[15:45]])), suspicious=True)


def test_a_long_capture_is_looked_at_in_parts() -> None:
    rng = np.random.default_rng(1)
    fresh = [rng.integers(0, 255, (36, 48), np.uint8) for _ in range(MOST_FRAMES + 400)]
    again = [*fresh[:-60], *fresh[-460:-400]]
    for small, judge in ((fresh, passed), (again, partial(failed, suspicious=True))):
        judge(check, evidence([observation(index, index / 30, None, thumbnail=one) for index, one in enumerate(small)]))


@pytest.mark.parametrize("fps", [600.0, 2_000.0])
def test_what_was_not_looked_at_does_not_pass(fps: float) -> None:
    rng = np.random.default_rng(1)
    small = [rng.integers(0, 255, (36, 48), np.uint8) for _ in range(500)]
    count = round(1.7 * fps)
    seen = [observation(index, index / fps, None, thumbnail=small[index % 500]) for index in range(count)]
    assert check(evidence(seen)).state is not State.PASSED


def test_a_still_capture_cannot_be_told_from_a_loop() -> None:
    """Camera noise alone is no movement: there is nothing that could be seen to come again."""
    result = check(evidence(watched([Shot(grain=index) for index in range(60)])))
    assert result.state is not State.FAILED


@pytest.mark.parametrize("frames", [0, 1, 2, 20])
def test_a_short_capture_says_nothing(frames: int) -> None:
    not_assessed(check, evidence(watched(Subject().hold(4).shots[:frames])))


def test_times_that_stand_still_say_nothing() -> None:
    not_assessed(check, evidence(watched(Subject().hold(4).shots, times=[0.0] * 60)))


def test_a_stretch_that_comes_again_is_found_in_each_direction() -> None:
    rng = np.random.default_rng(2)
    rows = rng.normal(100, 30, (40, 50)).astype(np.float32)
    assert least_difference(rows, 8) > LEAST_DIFFERENCE
    assert least_difference(np.concatenate([rows, rows]), 8) == pytest.approx(0, abs=1e-3)
    assert least_difference(np.concatenate([rows, rows[::-1]]), 8) == pytest.approx(0, abs=1e-3)
    assert least_difference(np.full((40, 50), 100, np.float32), 8) >= 1
