from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.liveness.neutral import (
    FRONTAL_PITCH,
    FRONTAL_YAW,
    LEAST_FRAMES,
    LEAST_OPEN_EYE,
    LEAST_S,
    MEMORY_S,
    MOST_OFFSET,
    Neutral,
    NeutralState,
    learn,
    relate,
)
from synthetic.head import OPEN_EYE, STRAIGHT, HeadState
from synthetic.observed import observation, observations, observed_face

FEW = settings(max_examples=25)
SHUT = LEAST_OPEN_EYE / OPEN_EYE - 0.02
"""Of the synthetic subject's eye, just too little to be open."""


def learnt(heads: Sequence[HeadState | None], fps: float = 15.0) -> Neutral | None:
    state = NeutralState()
    for one in observations(heads, fps):
        state = learn(state, one)
    return state.neutral


def known(heads: Sequence[HeadState | None], fps: float = 15.0) -> Neutral:
    neutral = learnt(heads, fps)
    assert neutral is not None
    return neutral


# --- when it is known ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", [12, 15, 30, 60])
def test_it_takes_some_frames_and_some_time(fps: float) -> None:
    first = next(count for count in range(1, 40) if learnt([STRAIGHT] * count, fps))
    assert first >= LEAST_FRAMES
    assert (first - 1) / fps >= LEAST_S
    assert (first - 3) / fps <= LEAST_S or first == LEAST_FRAMES


def test_frames_of_one_moment_teach_nothing() -> None:
    state = NeutralState()
    for index in range(100):
        state = learn(state, observation(index, 0.0, observed_face()))
    assert state.neutral is None


def test_nobody_teaches_nothing() -> None:
    assert learnt([None] * 50) is None


@FEW
@given(st.lists(st.floats(0, SHUT), min_size=1, max_size=40))
def test_shut_eyes_never_become_somebodys_neutral(eyes: list[float]) -> None:
    assert learnt([STRAIGHT.but(eyes=share) for share in eyes] * 2) is None


@FEW
@given(st.sampled_from(["left_eye", "right_eye"]), st.floats(0, SHUT))
def test_one_shut_eye_is_no_neutral_either(eye: str, share: float) -> None:
    assert learnt([STRAIGHT.but(**{eye: share})] * 30) is None


@pytest.mark.parametrize("turn", [{"yaw": FRONTAL_YAW + 1}, {"yaw": -FRONTAL_YAW - 1}, {"pitch": FRONTAL_PITCH + 6}])
def test_a_turned_head_is_no_neutral(turn: dict[str, float]) -> None:
    assert learnt([STRAIGHT.but(**turn)] * 60) is None


# --- what it is ------------------------------------------------------------------------------------------------------


def test_it_is_the_persons_own() -> None:
    neutral = known([STRAIGHT.but(pitch=8, left_eye=0.7, right_eye=0.8, mouth=0.1, width=140)] * 30)
    assert neutral.yaw == pytest.approx(0, abs=0.1)
    assert neutral.pitch == pytest.approx(8, abs=1)
    assert (neutral.left_eye, neutral.right_eye) == pytest.approx((0.7 * OPEN_EYE, 0.8 * OPEN_EYE), rel=0.02)
    assert neutral.mouth == pytest.approx(0.1, abs=0.01)
    assert neutral.width == pytest.approx(140, rel=0.01)


@FEW
@given(st.lists(st.floats(-60, 60), min_size=1, max_size=40), st.floats(-20, 20))
def test_its_turn_is_bounded_whatever_the_head_does(yaws: list[float], held: float) -> None:
    neutral = learnt([STRAIGHT.but(yaw=yaw) for yaw in [*yaws, *[held] * 40]])
    assert neutral is None or abs(neutral.yaw) <= MOST_OFFSET


@pytest.mark.parametrize("side", [1, -1])
def test_a_head_that_is_always_turned_aside_counts_as_partly_turned(side: int) -> None:
    neutral = known([STRAIGHT.but(yaw=side * 19)] * 60)
    reading = relate(neutral, observation(0, 5.0, observed_face(STRAIGHT.but(yaw=side * 30))))
    assert reading is not None
    assert reading.yaw == pytest.approx(side * (30 - MOST_OFFSET), abs=0.2)


def test_a_blink_changes_nothing() -> None:
    open_eyes = known([STRAIGHT] * 30)
    blinked = known([*[STRAIGHT] * 15, *[STRAIGHT.but(eyes=0.1)] * 3, *[STRAIGHT] * 15])
    assert blinked.left_eye == pytest.approx(open_eyes.left_eye)


@pytest.mark.parametrize("seconds", [2, 10])
@pytest.mark.parametrize("eyes", [0.05, SHUT])
def test_eyes_that_stay_shut_change_nothing(eyes: float, seconds: int) -> None:
    neutral = known([*[STRAIGHT] * 15, *[STRAIGHT.but(eyes=eyes)] * (15 * seconds)])
    assert neutral.left_eye == pytest.approx(OPEN_EYE, rel=0.01)


@pytest.mark.parametrize("change", [{"yaw": 18}, {"pitch": -16}, {"width": 150}, {"eyes": 0.5}])
def test_a_movement_of_two_seconds_changes_nothing(change: dict[str, float]) -> None:
    still = known([STRAIGHT] * 15)
    moved = known([*[STRAIGHT] * 15, *[STRAIGHT.but(**change)] * 30])
    assert moved == still


def test_a_start_that_was_not_straight_is_recovered_from() -> None:
    neutral = known([*[STRAIGHT.but(yaw=15)] * 8, *[STRAIGHT] * 30, *[STRAIGHT] * 60])
    assert neutral.yaw == pytest.approx(0, abs=1)


@pytest.mark.parametrize("change", [{"width": 160}, {"pitch": 18}])
def test_a_new_calm_state_is_learnt_after_a_while(change: dict[str, float]) -> None:
    settled = STRAIGHT.but(**change)
    late = [settled] * round(15 * (2 * MEMORY_S + 1))
    neutral = known([*[STRAIGHT] * 15, *late])
    assert (neutral.width, neutral.pitch) == pytest.approx((settled.width, settled.pitch), abs=1)


def test_a_face_that_was_away_is_learnt_anew() -> None:
    away: list[HeadState | None] = [None] * round(15 * (MEMORY_S + 1))
    neutral = known([*[STRAIGHT] * 15, *away, *[STRAIGHT.but(width=160)] * 15])
    assert neutral.width == pytest.approx(160, abs=1)


# --- readings --------------------------------------------------------------------------------------------------------


def test_a_reading_is_relative_to_it() -> None:
    neutral = known([STRAIGHT.but(yaw=5, pitch=4, mouth=0.1)] * 60)
    head = STRAIGHT.but(yaw=25, pitch=14, mouth=0.4, width=165, left_eye=0.2, right_eye=0.5)
    reading = relate(neutral, observation(9, 1.5, observed_face(head)))
    assert reading is not None
    assert reading.time_s == 1.5
    assert reading.yaw == pytest.approx(20, abs=0.5)
    assert reading.head == pytest.approx(25, abs=0.5)
    assert reading.pitch == pytest.approx(10, abs=0.5)
    assert reading.mouth == pytest.approx(0.3, abs=0.02)
    assert reading.size == pytest.approx(1.5, abs=0.01)
    assert reading.eyes == pytest.approx(0.5, abs=0.05)  # the wider open one


def test_without_a_face_there_is_no_reading() -> None:
    assert relate(known([STRAIGHT] * 10), observation(0, 0.0, None)) is None


@FEW
@given(st.lists(st.sampled_from([0.0, 0.02, 0.3, 5.0, -1.0]), min_size=4, max_size=60), st.floats(0.3, 1.0))
def test_times_that_jump_or_run_backwards_raise_nothing(steps: list[float], eyes: float) -> None:
    state, now = NeutralState(), 0.0
    for index, length in enumerate(steps):
        now += length
        state = learn(state, observation(index, now, observed_face(STRAIGHT.but(eyes=eyes))))
    assert state.neutral is None or state.neutral.left_eye > 0
