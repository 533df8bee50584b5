"""Turns, looks, the open mouth and the approach: what the head did against what is said to have been done."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.face.types import Observation
from simreg.liveness.actions import RULES
from simreg.liveness.types import Action, SeenAction
from synthetic.head import STRAIGHT
from truth.camera import Camera
from truth.clock import Clock, clocks
from truth.moves import SETTLE_S, Move, mirror, observed, seen, turn

A = Action
FEW = settings(max_examples=25)
WAYS = {
    A.TURN_LEFT: ("yaw", 1.0, 0.0),
    A.TURN_RIGHT: ("yaw", -1.0, 0.0),
    A.LOOK_UP: ("pitch", 1.0, 0.0),
    A.LOOK_DOWN: ("pitch", -1.0, 0.0),
    A.OPEN_MOUTH: ("mouth", 1.0, 0.0),
    A.APPROACH: ("width", STRAIGHT.width, STRAIGHT.width),
}
"""By action: what moves, which way and in which unit of the rule's limits, and where it is at rest."""
FARTHEST = {"yaw": 60.0, "pitch": 40.0, "mouth": 0.9, "width": 0.9}
ROUNDING = 0.02
"""Share of a limit by which a reading may be off."""


CALM_S = 2.5
"""Longer at rest than on the way: of a slow movement straight after a short rest a part is learnt as neutral."""


def moved(action: Action, far: float, rise_s: float, hold_s: float) -> Move:
    """The head goes so far, in the unit of the action's limits."""
    value, unit, rest = WAYS[action]
    return Move(value, rest + far * unit, CALM_S, rise_s, hold_s, rise_s)


def events(frames: Sequence[Observation]) -> list[SeenAction]:
    return list(seen(frames).seen)


def held(action: Action, move: Move, far: float, frames: Sequence[Observation], limit: float) -> bool:
    """Whether frames show the movement beyond a limit for long enough."""
    if far < limit:
        return False
    start, end = move.beyond(limit / far)
    times = [one.time_s for one in frames if start <= one.time_s <= end]
    rule = RULES[action]
    return len(times) >= rule.least_frames and times[-1] - times[0] >= rule.hold_s


@pytest.mark.parametrize("action", WAYS)
@FEW
@given(clock=clocks(), share=st.floats(0.1, 1), rise_s=st.floats(0.15, 1.5), hold_s=st.floats(0, 0.8))
def test_it_is_seen_exactly_if_frames_show_it_for_long_enough(
    action: Action, clock: Clock, share: float, rise_s: float, hold_s: float
) -> None:
    far = share * FARTHEST[WAYS[action][0]]
    move = moved(action, far, rise_s, hold_s)
    frames = observed([move], clock)
    least = RULES[action].enter
    found = [one for one in events(frames) if one.action is action]
    if held(action, move, far, frames, least * (1 + ROUNDING)):
        (one,) = found
        early, late = move.beyond(least * (1 - ROUNDING) / far)
        assert early <= one.start_s <= late
        assert one.start_s + RULES[action].hold_s <= one.end_s <= move.end_s + clock.longest_gap
    elif not held(action, move, far, frames, least * (1 - ROUNDING)):
        assert found == []
    assert {one.action for one in events(frames)} <= {action}


@pytest.mark.parametrize("action", WAYS)
@FEW
@given(clock=clocks(least=8), rise_s=st.floats(0.1, 1.5))
def test_what_is_held_for_three_gaps_beyond_the_time_asked_for_is_never_missed(
    action: Action, clock: Clock, rise_s: float
) -> None:
    far = 1.2 * RULES[action].enter
    move = moved(action, far, rise_s, RULES[action].hold_s + 3 * clock.longest_gap)
    assert [one.action for one in events(observed([move], clock))] == [action]


@FEW
@given(clocks(least=8), st.floats(28, 60), st.floats(20, 300), st.floats(0.8, 1.2))
def test_the_mirrored_movement_is_the_other_action_at_the_same_times(
    clock: Clock, degrees: float, speed: float, hold_s: float
) -> None:
    move = [turn(degrees, speed, hold_s)]
    (left, *more), (right, *others) = (events(observed(one, clock)) for one in (move, mirror(move)))
    assert (left.action, right.action) == (A.TURN_LEFT, A.TURN_RIGHT)
    assert (right.start_s, right.end_s) == (left.start_s, left.end_s)
    assert more == others == []


@FEW
@given(clocks(least=12), st.sampled_from([1, -1]), st.floats(30, 55), st.floats(4, 7), st.floats(0.6, 1.2))
def test_seen_in_perspective_a_turn_is_a_turn(
    clock: Clock, side: int, degrees: float, distance: float, focal: float
) -> None:
    camera = Camera(focal)
    frames = observed([turn(side * degrees, 90, hold_s=0.6)], clock, lambda head: camera.head(head, (0.0, 0.0, distance)))
    assert [one.action for one in events(frames)] == [A.TURN_LEFT if side > 0 else A.TURN_RIGHT]


@pytest.mark.parametrize("distance", [2.5, 4.5, 7.0])
def test_the_turn_that_a_turn_takes_depends_on_the_distance(distance: float) -> None:
    """22.5 degrees at 2.5 face widths, 23.7 at 4.5, 24.2 at 7: a near head is read too far turned."""
    asked = {2.5: 22.6, 4.5: 23.6, 7.0: 24.1}[distance]
    for degrees, there in ((asked - 0.5, []), (asked + 0.5, [A.TURN_LEFT])):
        frames = observed([turn(degrees, 60)], Clock(30), lambda head: Camera().head(head, (0.0, 0.0, distance)))
        assert [one.action for one in events(frames)] == there


@FEW
@given(clocks(), st.sampled_from([1, -1]), st.floats(0, 24), st.floats(0, 12), st.floats(0, 30))
def test_a_head_that_stays_below_every_limit_does_nothing(
    clock: Clock, side: int, yaw: float, pitch: float, roll: float
) -> None:
    moves = [Move(v, side * d, SETTLE_S, 0.5, 1.0, 0.5) for v, d in (("yaw", yaw), ("pitch", pitch), ("roll", roll))]
    assert events(observed(moves, clock)) == []


@pytest.mark.parametrize("nearer", [1.15, 1.2, 1.3, 1.5])
@pytest.mark.parametrize("distance", [3.0, 5.0])
def test_an_approach_is_read_by_how_much_nearer_the_head_came(nearer: float, distance: float) -> None:
    camera = Camera()
    frames = observed(
        [Move("width", STRAIGHT.width * nearer, SETTLE_S, 1.0, 0.6, 1.0)],
        Clock(15),
        lambda head: camera.head(STRAIGHT, (0.0, 0.0, distance * STRAIGHT.width / head.width)),
    )
    assert [one.action for one in events(frames)] == ([A.APPROACH] if nearer > 1.25 else [])
