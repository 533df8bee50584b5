"""Checks on the run of frames against recordings whose faults are known exactly, at every frame rate."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveness.checks.contract import failed, passed
from simreg.face.types import Observation
from simreg.liveness.checks import continuity, frame_rate, frame_times, freeze, loop, repeats
from simreg.liveness.evidence import Evidence
from synthetic.observed import evidence, watched
from synthetic.picture import Shot
from synthetic.script import looped, ping_pong, regrained
from truth.clock import Clock, clocks
from truth.moves import Move, blink, filmed, seconds, shots, state, sway, turn

RATES = (10.0, 15.0, 24.0, 30.0, 60.0)
TURN = [turn(40, 60, start_s=1.0)]
FEW = settings(max_examples=15)
NOTHING = np.zeros((36, 48), np.uint8)


@FEW
@given(clocks(least=10), st.floats(20, 45), st.floats(1.6, 12), st.sampled_from([1, -1]))
def test_a_person_who_turns_breaks_nothing(clock: Clock, degrees: float, gaps: float, side: int) -> None:
    """Uneven frame times and lost frames included, as long as the turn takes one gap and a half of two frames."""
    takes = gaps * clock.longest_gap
    capture = evidence(filmed([Move("yaw", side * degrees, 1.0, takes, 0.4, takes)], clock))
    for check in (continuity.check, freeze.check, repeats.check, loop.check):
        passed(check, capture)


@pytest.mark.parametrize("fps", RATES[1:4])
@pytest.mark.parametrize(("gaps", "is_cut"), [(1.0, True), (1.6, False), (2.2, False)])
def test_a_turn_within_one_gap_of_two_frames_cannot_be_told_from_a_cut(gaps: float, is_cut: bool, fps: float) -> None:
    """A frame is lost in the middle of it: at 15 frames a second such a turn takes 0.13 s."""
    move = Move("yaw", 30, 1.0, gaps * 2 / fps, 0.5, gaps * 2 / fps)
    times = Clock(fps).times(seconds([move]))
    worst = 0.0
    for lost in range(3):
        kept = [now for index, now in enumerate(times) if index != int(fps) + lost]
        worst = max(worst, continuity.check(capture_of(shots([move], kept), kept)).value or 0.0)
    assert (worst > 1.3 * continuity.MOST_JUMP) if is_cut else (worst < continuity.MOST_JUMP)


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("degrees", [10, 20, 60])
def test_a_head_that_is_elsewhere_at_once_is_a_cut(degrees: float, fps: float) -> None:
    times = Clock(fps).times(3)
    heads = [sway(state([], now).but(yaw=degrees / 2 if now < 1.5 else -degrees / 2), now) for now in times]
    capture = capture_of([Shot((head,), grain=i) for i, head in enumerate(heads)], times)
    result = failed(continuity.check, capture, suspicious=True)
    assert result.value is not None
    assert result.value > {10: 2.7, 20: 4.2, 60: 9.0}[int(degrees)]


@pytest.mark.parametrize(("fps", "least_s"), [(15, 0.5), (24, 0.3), (30, 0.3), (60, 0.2)])
def test_a_piece_of_a_turn_that_is_missing_is_a_cut_from_some_length_on(fps: float, least_s: float) -> None:
    """In the middle of a turn of 60 degrees a second; at 10 frames a second such a cut looks like the movement."""
    assert cut_in_a_turn(fps, least_s) > continuity.MOST_JUMP
    assert cut_in_a_turn(fps, 0.1) < continuity.MOST_JUMP


def cut_in_a_turn(fps: float, gone_s: float) -> float:
    times, at = Clock(fps).times(seconds(TURN) - gone_s), TURN[0].start_s + 0.05
    value = continuity.check(capture_of(shots(TURN, [t if t < at else t + gone_s for t in times]), times)).value
    assert value is not None
    return float(value)


def capture_of(pictures: list[Shot], times: list[float]) -> Evidence:
    return evidence(watched(pictures, times=times))


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("still_s", [0.25, 0.5, 1.0])
def test_a_frozen_picture_is_read_as_long_as_it_lasts(still_s: float, fps: float) -> None:
    times, at = Clock(fps).times(seconds(TURN)), 1.4
    pictures = shots(TURN, times)
    first = next(index for index, now in enumerate(times) if now >= at)
    held = [pictures[first] if at <= now < at + still_s else one for now, one in zip(times, pictures, strict=True)]
    last = max(now for now in times if now < at + still_s)
    result = freeze.check(capture_of(held, times))
    assert result.value == pytest.approx(last - times[first], abs=1e-6)
    assert result.suspicious is (last - times[first] > freeze.LONGEST_S)


@pytest.mark.parametrize("every", [2, 3, 5])
@pytest.mark.parametrize("fps", RATES)
def test_the_share_of_repeated_frames_is_exact(every: int, fps: float) -> None:
    times = Clock(fps).times(seconds(TURN))
    pictures = shots(TURN, times)
    again = [pictures[i - 1] if i % every == every - 1 else one for i, one in enumerate(pictures)]
    count = sum(a == b for a, b in pairwise(again))
    assert repeats.check(capture_of(again, times)).value == pytest.approx(count / (len(times) - 1))


@pytest.mark.parametrize("fps", RATES)
def test_played_twice_is_found_and_done_twice_is_not(fps: float) -> None:
    """The same movement to the millisecond, with nothing but a breath and the camera's noise between the two."""
    times = Clock(fps).times(seconds(TURN))
    once = shots(TURN, times)
    for trick in (looped, ping_pong):
        again = regrained(trick(once))
        failed(loop.check, evidence(watched(again, fps)), suspicious=True)
    passed(loop.check, evidence(filmed([*TURN, turn(40, 60, start_s=TURN[0].end_s + 1.0)], Clock(fps))))
    passed(loop.check, evidence(filmed([blink(0.2, 1.0 + 1.2 * index) for index in range(3)], Clock(fps))))


@given(clocks(least=5), st.floats(1, 6))
def test_frame_times_and_rate_are_those_of_the_clock(clock: Clock, length: float) -> None:
    times = clock.times(length)
    frames = [Observation(i, now, 320, 240, 0, True, False, None, NOTHING) for i, now in enumerate(times)]
    longest = frame_times.check(evidence(frames)).value
    assert longest is not None
    assert longest == pytest.approx(max(b - a for a, b in pairwise(times)))
    assert longest <= clock.longest_gap + 1e-9
    rate = frame_rate.check(evidence(frames)).value
    assert rate is not None
    assert rate <= clock.fps * 1.35
    if not clock.lost and not clock.jitter:
        assert rate == pytest.approx(clock.fps, rel=0.01)
