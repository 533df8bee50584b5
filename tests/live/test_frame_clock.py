"""The frames' times: they rise, they follow the page's clock, and that clock cannot run away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.errors import InputError
from simreg.live.frame_clock import MOST_APART_S, FrameClock

STEPS = st.lists(st.tuples(st.integers(-50, 400), st.floats(0, 0.4)), min_size=1, max_size=60)


def test_bunched_arrivals_keep_the_times_of_the_page() -> None:
    clock, times = FrameClock.start(500, 100.0), []
    for milliseconds, arrived in ((500, 100.0), (566, 100.3), (633, 100.31), (700, 100.32)):
        clock, time_s = clock.at(milliseconds, arrived)
        times.append(time_s)
    assert times == pytest.approx([0, 0.066, 0.133, 0.2])


@given(STEPS)
def test_times_rise_and_stay_near_the_arrival_or_the_capture_ends(steps: list[tuple[int, float]]) -> None:
    clock, before, said, arrived, ended = FrameClock.start(0, 10.0), -1.0, 0, 10.0, ""
    earliest = 0.0
    for step, later in steps:
        said, arrived = max(0, said + step), arrived + later
        earliest = min(earliest, arrived - 10.0 - said / 1000)
        try:
            clock, time_s = clock.at(said, arrived)
        except InputError as error:
            ended = error.code
            break
        assert time_s > before or time_s == 0
        assert time_s <= arrived - 10.0 + MOST_APART_S + 0.001 * len(steps)
        before = time_s
    assert ended in {"", "frame-clock"}


@pytest.mark.parametrize("rate", [0.2, 3.0])
def test_a_clock_that_runs_slow_or_fast_ends_the_capture(rate: float) -> None:
    clock = FrameClock.start(0, 0.0)
    with pytest.raises(InputError) as error:  # noqa: PT012
        for frame in range(200):
            clock, _ = clock.at(round(1000 * rate * frame / 15), frame / 15)
    assert error.value.code == "frame-clock"


def test_frames_that_come_back_in_time_are_pushed_forward() -> None:
    clock = FrameClock.start(0, 0.0)
    clock, first = clock.at(400, 0.4)
    clock, second = clock.at(100, 0.41)
    assert second > first
