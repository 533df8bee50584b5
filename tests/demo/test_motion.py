import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.demo.head import HeadState
from simreg.demo.motion import Move, Sway, at, between, duration

LEFT, BACK = HeadState(yaw=40), HeadState()
MOVES = (Move(LEFT, 1.0, 0.5), Move(BACK, 2.0, 1.0))


@pytest.mark.parametrize(("time_s", "yaw"), [(0, 0), (0.5, 20), (1.0, 40), (1.4, 40), (2.5, 20), (3.6, 0), (99, 0)])
def test_the_head_is_where_it_was_sent(time_s: float, yaw: float) -> None:
    assert at(MOVES, time_s).yaw == pytest.approx(yaw)


@given(st.floats(0, 5))
def test_movements_are_smooth(time_s: float) -> None:
    step = abs(at(MOVES, time_s + 0.01).yaw - at(MOVES, time_s).yaw)
    assert step <= 0.01 * 40 * 1.9


def test_the_duration_is_that_of_all_moves() -> None:
    assert duration(MOVES) == 4.5


def test_between_mixes_every_part_of_a_state() -> None:
    start, end = HeadState(0, 0, 0, 1, 0, 0, 1, 0, 1), HeadState(2, 4, 6, 3, 8, 10, 0, 1, 2)
    assert between(start, end, 0.5) == HeadState(1, 2, 3, 2, 4, 5, 0.5, 0.5, 1.5)


def test_sway_is_small_never_still_and_the_same_for_the_same_seed() -> None:
    times = np.arange(0, 10, 1 / 15)
    yaws = np.array([Sway(1).added(BACK, t).yaw for t in times])
    assert 0.2 < np.abs(yaws).max() < 4
    assert (np.diff(yaws) != 0).all()
    assert yaws.tolist() == [Sway(1).added(BACK, t).yaw for t in times]
    assert yaws.tolist() != [Sway(2).added(BACK, t).yaw for t in times]
