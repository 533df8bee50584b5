"""Which blinks are seen at which frame rate: the truth is in the lids, whenever a frame happens to be taken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.face.types import Observation
from simreg.liveness.actions.blink import LONGEST_S, SHUT
from simreg.liveness.types import Action
from truth.camera import Camera
from truth.clock import RATES, Clock, clocks
from truth.measured import LENGTHS, PHASES, share_seen
from truth.moves import HALF_SHUT, SETTLE_S, Move, blink, observed, seen, turn

FEW = settings(max_examples=30)


def blinks(frames: list[Observation]) -> list[tuple[float, float]]:
    """Start and end of each blink that is seen."""
    return [(one.start_s, one.end_s) for one in seen(frames).seen if one.action is Action.BLINK]


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("length", LENGTHS)
def test_a_blink_is_seen_as_often_as_a_frame_falls_into_it(length: float, fps: float) -> None:
    """80 ms at 15 frames a second: 66 %; 150 ms at 15 and 100 ms at 24 or more: always."""
    assert share_seen(length, fps) == pytest.approx(min(1.0, HALF_SHUT * length * fps), abs=1.01 / PHASES)


@FEW
@given(clocks(), st.floats(0.08, 0.5))
def test_it_is_seen_exactly_if_a_frame_shows_the_lids_more_than_half_shut(clock: Clock, length: float) -> None:
    move = blink(length)
    frames = observed([move], clock)
    start, end = move.beyond(SHUT)
    caught = [one.time_s for one in frames if start + 0.002 * length <= one.time_s <= end - 0.002 * length]
    missed = not any(start - 0.002 * length <= one.time_s <= end + 0.002 * length for one in frames)
    events = blinks(frames)
    if caught and clock.longest_gap < LONGEST_S - length:
        ((first, last),) = events
        assert start <= first <= end
        assert first <= last <= move.end_s + clock.longest_gap
    if missed:
        assert events == []


@FEW
@given(clocks(least=12), st.floats(0.08, 0.5))
def test_what_is_shut_for_longer_than_the_gap_of_two_frames_is_never_missed(clock: Clock, length: float) -> None:
    if HALF_SHUT * length > 1.01 * clock.longest_gap:
        assert len(blinks(observed([blink(length)], clock))) == 1


@FEW
@given(clocks(least=15, lost=0.05), st.lists(st.floats(0.33, 0.45), min_size=2, max_size=6))
def test_each_of_several_blinks_is_seen_once(clock: Clock, lengths: list[float]) -> None:
    assert len(blinks(observed([blink(one, SETTLE_S + 0.9 * i) for i, one in enumerate(lengths)], clock))) == len(lengths)


@FEW
@given(clocks(least=10), st.floats(0, 3))
def test_eyes_shut_for_long_are_no_blink_and_held_long_enough_a_closure(clock: Clock, hold: float) -> None:
    frames = observed([Move("eyes", 0.0, SETTLE_S, 0.06, hold, 0.12)], clock)
    held = [one.time_s for one in frames if SETTLE_S + 0.03 < one.time_s < SETTLE_S + 0.06 + hold + 0.06]
    kinds = {one.action for one in seen(frames).seen}
    if hold > LONGEST_S:
        assert Action.BLINK not in kinds
    if len(held) >= 4 and held[-1] - held[0] > 0.801:
        assert kinds == {Action.CLOSE_EYES}
    if hold + 0.12 < 0.8:
        assert Action.CLOSE_EYES not in kinds


@FEW
@given(clocks(), st.floats(0.08, 0.5), st.sampled_from(["left_eye", "right_eye"]))
def test_a_wink_is_never_a_blink(clock: Clock, length: float, eye: str) -> None:
    assert blinks(observed([blink(length, value=eye)], clock)) == []


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize(("degrees", "judged"), [(10, True), (20, True), (26, True), (33, False), (45, False)])
def test_blinks_of_a_turned_head_are_judged_up_to_the_limit_on_both_sides(
    degrees: float, judged: bool, side: int
) -> None:
    turned = turn(side * degrees, 60, hold_s=1.5)
    middle = blink(0.3, turned.start_s + turned.rise_s + 0.6)
    camera = Camera()
    frames = observed([turned, middle], Clock(30), lambda head: camera.head(head, (0.0, 0.0, 4.5)))
    assert len(blinks(frames)) == int(judged)


@FEW
@given(
    clocks(), st.floats(1, 22), st.sampled_from([-1, 1]), st.floats(15, 200), st.sampled_from(["pitch", "yaw", "roll"])
)
def test_a_head_that_moves_with_open_eyes_never_blinks(
    clock: Clock, degrees: float, side: int, speed: float, way: str
) -> None:
    camera = Camera(0.6)
    frames = observed([turn(side * degrees, speed, value=way)], clock, lambda head: camera.head(head, (0.0, 0.0, 3.0)))
    assert blinks(frames) == []


@pytest.mark.parametrize("fps", RATES)
def test_the_shortest_blink_that_is_never_missed(fps: float) -> None:
    """30 ms at 60 frames a second, 61 at 30, 76 at 24, 121 at 15, 182 at 10, 364 at 5."""
    least = 1 / fps / HALF_SHUT
    assert share_seen(1.04 * least, fps) == 1
    assert share_seen(0.9 * least, fps) < 1
