"""What holds for every action, on curves made by code.

A curve is one value of a `Reading` over time: neutral, there, held, and back. Each action's tests say which value, how
far and how long, and inherit the rest.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simreg.liveness.actions import RULES
from simreg.liveness.actions.base import Done, Excursion, step
from simreg.liveness.neutral import Reading
from simreg.liveness.types import Action
from synthetic.observed import reading

RATES = (12.0, 15.0, 25.0, 30.0)
"""Frames a second at which actions must be seen."""

REST_S = 0.5
FEW = settings(max_examples=30, suppress_health_check=[HealthCheck.differing_executors])
"""Each action runs these tests, so that a few examples for each are many."""


def done(action: Action, readings: Sequence[Reading]) -> list[Done]:
    """How often, and when, an action is seen."""
    state, events = Excursion(), []
    for one in readings:
        state, event = step(RULES[action], state, one)
        events += [event] if event is not None else []
    return events


def hump(
    peak: float, rise_s: float, hold_s: float, fps: float, phase: float = 0.0, rest_s: float = REST_S
) -> list[float]:
    """Values from 0 to ``peak`` and back at these times; ``phase`` shifts the frames by a share of their distance."""
    corners = np.cumsum([0.0, rest_s, rise_s, hold_s, rise_s, rest_s])
    times = (np.arange(int(corners[-1] * fps) + 1) + phase) / fps
    return [float(value) for value in np.interp(times, corners, [0.0, 0.0, peak, peak, 0.0, 0.0])]


class ActionContract:
    """Tests of one action; ``away`` is where its value goes and ``rest`` where it is at rest."""

    action: ClassVar[Action]
    field: ClassVar[str]
    rest: ClassVar[float] = 0.0
    sign: ClassVar[float] = 1.0
    enter: ClassVar[float]
    """How far the value must go from rest."""
    leave: ClassVar[float]
    """Below this it is at rest again."""
    far: ClassVar[float]
    """How far a person goes."""
    rise_s: ClassVar[float] = 0.4
    hold_s: ClassVar[float] = 0.6
    noise: ClassVar[float]
    """Standard deviation of the value in a calm face, generously."""

    def readings(self, values: Sequence[float], fps: float) -> list[Reading]:
        goal = [self.rest + self.sign * value for value in values]
        return [reading(index / fps, **{self.field: value}) for index, value in enumerate(goal)]

    def curve(self, peak: float, fps: float = 15.0, hold_s: float | None = None, phase: float = 0.0) -> list[Reading]:
        held = self.hold_s if hold_s is None else hold_s
        return self.readings(hump(peak, self.rise_s, held, fps, phase), fps)

    @pytest.mark.parametrize("fps", RATES)
    @pytest.mark.parametrize("phase", [0.0, 0.3, 0.7])
    def test_done_once_it_counts_once(self, fps: float, phase: float) -> None:
        (seen,) = done(self.action, self.curve(self.far, fps, phase=phase))
        there, back = REST_S, REST_S + 2 * self.rise_s + self.hold_s
        assert there <= seen.start_s <= there + self.rise_s + 1 / fps
        assert seen.start_s <= seen.end_s <= back + 1 / fps

    @pytest.mark.parametrize("fps", RATES)
    def test_the_limit_counts_and_less_does_not(self, fps: float) -> None:
        slow = 1.0
        readings = [
            self.readings(hump(peak, slow, self.hold_s, fps), fps) for peak in (self.enter + 1e-6, self.enter - 0.01)
        ]
        assert [len(done(self.action, one)) for one in readings] == [1, 0]

    @pytest.mark.parametrize("fps", RATES)
    def test_the_other_way_does_not_count(self, fps: float) -> None:
        assert done(self.action, self.curve(-self.far, fps)) == []

    @pytest.mark.parametrize("fps", RATES)
    def test_twice_with_a_return_counts_twice(self, fps: float) -> None:
        one = hump(self.far, self.rise_s, self.hold_s, fps)
        assert len(done(self.action, self.readings([*one, *one], fps))) == 2

    @pytest.mark.parametrize("fps", RATES)
    def test_without_a_return_it_never_counts_twice(self, fps: float) -> None:
        half = (self.leave + self.enter) / 2
        one = [max(value, half) for value in hump(self.far, self.rise_s, self.hold_s, fps)]
        values = [0.0] * 5 + one + one + one
        assert len(done(self.action, self.readings([*values, *([0.0] * 5)], fps))) <= 1

    @FEW
    @given(seed=st.integers(0, 2**32 - 1), fps=st.sampled_from(RATES))
    def test_noise_neither_makes_nor_doubles_it(self, seed: int, fps: float) -> None:
        noise = np.random.default_rng(seed).normal(0, self.noise, 400)
        calm = noise[: int(4 * fps)].tolist()
        assert done(self.action, self.readings(calm, fps)) == []
        values = hump(self.far, self.rise_s, self.hold_s, fps)
        assert len(done(self.action, self.readings([v + n for v, n in zip(values, noise, strict=False)], fps))) == 1

    @FEW
    @given(values=st.lists(st.floats(-3, 0.999), max_size=60), fps=st.floats(1, 120))
    def test_what_never_reaches_the_limit_never_counts(self, values: list[float], fps: float) -> None:
        assert done(self.action, self.readings([v * self.enter for v in values], fps)) == []

    @FEW
    @given(values=st.lists(st.floats(-3, 3), max_size=80), fps=st.floats(5, 60))
    def test_it_counts_at_most_once_between_two_returns(self, values: list[float], fps: float) -> None:
        events = done(self.action, self.readings([v * self.enter for v in values], fps))
        returns = sum(a >= self.leave / self.enter > b for a, b in pairwise([*values, -1.0]))
        assert len(events) <= returns
        assert all(a.end_s <= b.start_s for a, b in pairwise(events))

    def test_no_other_action_is_seen(self) -> None:
        readings = self.curve(self.far)
        assert [action for action in Action if done(action, readings)] == [self.action]

    def test_a_capture_of_nothing_or_of_one_frame_shows_nothing(self) -> None:
        assert done(self.action, []) == []
        assert done(self.action, self.readings([self.far], 15.0)) == []


class HeldContract(ActionContract):
    """An action that must be held; ``too_brief_s`` is a hold that does not count."""

    too_brief_s: ClassVar[float]

    @pytest.mark.parametrize("fps", RATES)
    def test_a_spike_of_one_frame_does_not_count(self, fps: float) -> None:
        values = [0.0] * 10 + [self.far] + [0.0] * 10
        assert done(self.action, self.readings(values, fps)) == []

    @pytest.mark.parametrize("fps", RATES)
    def test_held_too_briefly_it_does_not_count(self, fps: float) -> None:
        values = [0.0] * 10 + [self.far] * int(self.too_brief_s * fps) + [0.0] * 10
        assert done(self.action, self.readings(values, fps)) == []
