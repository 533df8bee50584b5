from dataclasses import replace

import pytest

from simreg.liveness.types import Action, Sample
from simreg.report import curves

from .sample import BLIND, CHALLENGE, sample_curves

NOBODY = Sample(0.0, None, None, None, None, None)


def sample(time_s: float, yaw: float | None, eyes: float | None = 1.0) -> Sample:
    return Sample(time_s, yaw, 0.0 if yaw is not None else None, eyes if yaw is not None else None, None, None)


def test_a_curve_breaks_where_no_face_was_seen() -> None:
    samples = [sample(0, 1), sample(1, 2), sample(2, None), sample(3, 4), sample(4, float("nan"))]
    assert list(curves.runs(samples, curves.yaw)) == [[(0, 1), (1, 2)], [(3, 4)]]


def test_gaps_reach_from_the_last_face_to_the_next() -> None:
    samples = [sample(0, None), sample(1, 2), sample(2, None), sample(3, None), sample(4, 1), sample(5, None)]
    assert curves.gaps(samples) == [curves.Gap(0, 1), curves.Gap(1, 4), curves.Gap(4, 5)]
    assert curves.gaps([sample(0, 1), sample(1, 1)]) == []
    assert curves.gaps([]) == []


def test_the_sample_has_one_gap() -> None:
    (gap,) = curves.gaps(sample_curves())
    assert gap.start_s <= BLIND[0] + 0.07
    assert gap.end_s >= BLIND[1] - 0.07


def test_a_face_whose_eyes_cannot_be_judged_is_no_gap() -> None:
    assert curves.gaps([sample(0, 1), replace(NOBODY, time_s=1, yaw=30.0), sample(2, 1)]) == []


@pytest.mark.parametrize(("action", "at"), [(Action.TURN_LEFT, 39.9), (Action.BLINK, 0.05), (Action.TURN_RIGHT, -43.1)])
def test_how_far_an_action_went(action: Action, at: float) -> None:
    (asked,) = (a for a in CHALLENGE if a.action is action)
    assert asked.start_s is not None
    assert asked.end_s is not None
    found = curves.peak(sample_curves(), action, asked.start_s, asked.end_s)
    assert found is not None
    assert found[1] == pytest.approx(at, abs=0.6)
    assert asked.start_s <= found[0] <= asked.end_s


def test_a_movement_is_followed_after_it_counted_but_not_into_the_next() -> None:
    yaws = (0, 15, 27, 38, 44, 30, 10, 0, 50)
    samples = [sample(index / 10, yaw) for index, yaw in enumerate(yaws)]
    assert curves.peak(samples, Action.TURN_LEFT, 0.15, 0.25) == (0.4, 44)


def test_no_extent_without_a_value() -> None:
    assert curves.peak([NOBODY], Action.BLINK, 0, 1) is None
    assert curves.peak([], Action.BLINK, 0, 1) is None


@pytest.mark.parametrize("action", Action)
def test_every_action_shows_in_a_curve(action: Action) -> None:
    samples = [Sample(0.0, 0.0, 0.0, 1.0, 0.0, 1.0), Sample(0.1, 30.0, 30.0, 2.0, 1.0, 2.0)]
    found = curves.peak(samples, action, 0, 1)
    assert found is not None
    assert (found[0] == 0.1) is curves.rises(action)
    assert curves.curve_of(action)(samples[1]) is not None
