"""The neutral state against the head it is learnt from, at every frame rate and distance."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.liveness.neutral import LEAST_FRAMES, LEAST_S, NeutralState, learn, relate
from synthetic.head import OPEN_EYE, STRAIGHT
from synthetic.observed import face_of, observation, walk
from truth.camera import Camera
from truth.clock import Clock, clocks
from truth.moves import Move, blink, observed, turn

FEW = settings(max_examples=25)


@FEW
@given(clocks(), st.floats(-10, 10), st.floats(0.5, 1), st.floats(0.5, 1), st.floats(0, 0.2))
def test_it_is_the_state_of_the_head_at_every_rate(
    clock: Clock, pitch: float, left: float, right: float, mouth: float
) -> None:
    rest = STRAIGHT.but(pitch=pitch, left_eye=left, right_eye=right, mouth=mouth)
    state, _ = walk(observed([blink(0.2), turn(35, 90, start_s=3.0)], clock, rest=rest))
    assert state.neutral is not None
    seen = state.neutral
    assert (seen.yaw, seen.pitch) == pytest.approx((0, pitch), abs=0.3)
    assert (seen.left_eye, seen.right_eye) == pytest.approx((OPEN_EYE * left, OPEN_EYE * right), rel=0.03)
    assert seen.mouth == pytest.approx(mouth, abs=0.01)
    assert seen.width == pytest.approx(STRAIGHT.width, rel=0.01)


@FEW
@given(clocks())
def test_it_is_known_as_soon_as_there_are_frames_enough(clock: Clock) -> None:
    frames = observed([], clock, until_s=4.0)
    state, count = NeutralState(), 0
    while state.neutral is None:
        state = learn(state, frames[count])
        count += 1
    took = frames[count - 1].time_s - frames[0].time_s
    assert count >= LEAST_FRAMES
    assert took >= LEAST_S
    assert took <= max(LEAST_S, (LEAST_FRAMES - 1) * clock.longest_gap) + clock.longest_gap


@settings(max_examples=100)
@given(st.floats(-35, 35), st.floats(-15, 15), st.floats(0, 1), st.floats(0, 0.8), st.floats(0.7, 1.6), st.floats(4.5, 7))
def test_readings_are_the_difference_from_it(
    yaw: float, pitch: float, eyes: float, mouth: float, nearer: float, distance: float
) -> None:
    """Seen in perspective, of a head whose own straight state looks down a little and has its mouth a little open."""
    rest = STRAIGHT.but(pitch=-5.0, mouth=0.05)
    camera, far = Camera(), (0.0, 0.0, distance)
    state, _ = walk(observed([], Clock(), lambda head: camera.head(head, far), rest, until_s=1.0))
    assert state.neutral is not None
    head = rest.but(yaw=yaw, pitch=pitch - 5.0, eyes=eyes, mouth=mouth + 0.05)
    there = face_of(camera.head(head, (0.0, 0.0, distance / nearer)))
    seen = relate(state.neutral, observation(0, 9.0, there))
    assert seen is not None
    assert (seen.yaw, seen.pitch) == pytest.approx((yaw, pitch), abs=5.5)
    assert seen.eyes == pytest.approx(eyes, abs=0.2)
    assert seen.mouth == pytest.approx(mouth, abs=0.15)
    assert seen.size == pytest.approx(nearer, rel=0.05)
    assert seen.time_s == 9.0


@pytest.mark.parametrize("fps", [12.0, 15.0, 30.0])
@pytest.mark.parametrize("often", [1, 3, 6])
@pytest.mark.parametrize("value", ["mouth", "eyes", "yaw", "pitch"])
def test_a_movement_done_again_and_again_is_never_learnt(value: str, often: int, fps: float) -> None:
    """Half of the time and more is spent away from rest."""
    peak = {"mouth": 0.6, "eyes": 0.4, "yaw": 35.0, "pitch": -20.0}[value]
    moves = [Move(value, peak, 1.5 + 1.6 * index, 0.2, 0.7, 0.2) for index in range(often)]
    before, after = (walk(observed(one, Clock(fps)))[0].neutral for one in ([], moves))
    assert before is not None
    assert after is not None
    assert (after.yaw, after.pitch) == pytest.approx((before.yaw, before.pitch), abs=0.5)
    assert (after.left_eye, after.mouth) == pytest.approx((before.left_eye, before.mouth), abs=0.01)
