from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simreg.errors import InputError
from simreg.liveness.actions import RULES
from simreg.liveness.challenge import (
    MOST_ACTIONS,
    WINDOW_S,
    Challenge,
    Progress,
    advance,
    close,
    draw,
    parse_challenge,
)
from simreg.liveness.neutral import Reading
from simreg.liveness.types import Action
from synthetic.observed import reading

A = Action
FPS = 15.0

FAR: dict[Action, dict[str, float]] = {
    A.TURN_LEFT: {"yaw": 36.0},
    A.TURN_RIGHT: {"yaw": -36.0},
    A.LOOK_UP: {"pitch": 17.0},
    A.LOOK_DOWN: {"pitch": -17.0},
    A.BLINK: {"eyes": 0.1},
    A.CLOSE_EYES: {"eyes": 0.1},
    A.OPEN_MOUTH: {"mouth": 0.6},
    A.APPROACH: {"size": 1.5},
}
FRAMES = dict.fromkeys(Action, 5) | {A.BLINK: 3, A.CLOSE_EYES: 18}
ACTIONS = st.sampled_from(list(Action))
CHALLENGES = st.lists(ACTIONS, min_size=1, max_size=4).map(tuple)


class Film:
    """Readings one after the other, at an even rate."""

    def __init__(self) -> None:
        self.readings: list[Reading] = []

    def calm(self, frames: int = 4) -> "Film":
        return self.show(frames)

    def show(self, frames: int, **values: float) -> "Film":
        start = len(self.readings)
        self.readings += [reading((start + index) / FPS, **values) for index in range(frames)]
        return self

    def do(self, *actions: Action) -> "Film":
        for action in actions:
            self.show(FRAMES[action], **FAR[action]).calm()
        return self


def follow(challenge: Challenge, readings: Iterable[Reading], window_s: float = WINDOW_S) -> Progress:
    progress = Progress(challenge, window_s)
    for one in readings:
        progress = advance(progress, one)
    return progress


def done(progress: Progress) -> list[Action]:
    return [result.action for result in progress.results if result.passed]


# --- the words -------------------------------------------------------------------------------------------------------


@given(st.lists(ACTIONS, min_size=1, max_size=MOST_ACTIONS), st.sampled_from([",", ", ", " ,", ",,"]), st.booleans())
def test_names_are_read_back(actions: list[Action], comma: str, loud: bool) -> None:
    text = comma.join(actions)
    assert parse_challenge(text.upper() if loud else text) == tuple(actions)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "challenge-empty"),
        (" , ,", "challenge-empty"),
        ("turn-left,jump", "challenge-unknown-action"),
        ("turn left", "challenge-unknown-action"),
        ("turn-left;blink", "challenge-unknown-action"),
        (",".join(["blink"] * (MOST_ACTIONS + 1)), "challenge-too-long"),
    ],
)
def test_what_is_no_challenge_is_refused_with_a_remedy(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_challenge(text)
    assert caught.value.code == code
    assert caught.value.remedy


@given(st.text(max_size=60))
def test_any_text_is_a_challenge_or_an_input_error(text: str) -> None:
    with suppress(InputError):
        assert 1 <= len(parse_challenge(text)) <= MOST_ACTIONS


def test_an_unknown_action_is_named_with_those_that_are_known() -> None:
    with pytest.raises(InputError, match="jump") as caught:
        parse_challenge("jump")
    assert all(action in caught.value.remedy for action in Action)


# --- drawing ---------------------------------------------------------------------------------------------------------


@given(st.lists(ACTIONS, min_size=2, unique=True), st.lists(st.integers(0, 2**64), max_size=8))
def test_a_draw_holds_only_the_given_actions_and_none_twice_in_a_row(actions: list[Action], picks: list[int]) -> None:
    drawn = draw(actions, picks)
    assert len(drawn) == len(picks)
    assert set(drawn) <= set(actions)
    assert all(a is not b for a, b in pairwise(drawn))
    assert draw(actions, picks) == drawn


def test_every_action_can_be_drawn_at_every_place() -> None:
    actions = list(Action)
    firsts, seconds = (
        {draw(actions, [pick, 0])[0] for pick in range(8)},
        {draw(actions, [0, pick])[1] for pick in range(7)},
    )
    assert firsts == set(actions)
    assert seconds == set(actions[1:])


@pytest.mark.parametrize("actions", [[], [A.BLINK]])
def test_too_few_actions_to_draw_from_are_refused(actions: list[Action]) -> None:
    with pytest.raises(InputError) as caught:
        draw(actions, [0, 0])
    assert caught.value.code == "challenge-too-few-actions"


# --- following -------------------------------------------------------------------------------------------------------


@given(CHALLENGES)
def test_what_is_done_as_asked_is_complete(challenge: Challenge) -> None:
    progress = follow(challenge, Film().calm().do(*challenge).readings)
    assert progress.complete
    assert progress.due is None
    results, fault = close(progress)
    assert fault is None
    assert all(result.passed for result in results)
    starts = [result.start_s or 0.0 for result in results]
    assert starts == sorted(starts)


def expected(challenge: Sequence[Action], performed: Sequence[Action]) -> tuple[list[Action], str | None]:
    """The rules in a few words: what passes, and the fault, if these actions are done one after the other."""
    passed: list[Action] = []
    for action in performed:
        if len(passed) == len(challenge):
            break
        due = challenge[len(passed)]
        if action is due:
            passed.append(due)
        elif action in (A.TURN_LEFT, A.TURN_RIGHT) or {action, due} == {A.LOOK_UP, A.LOOK_DOWN}:
            return passed, "wrong-action"
    return passed, None if len(passed) == len(challenge) else "action-missing"


@settings(max_examples=100)
@given(CHALLENGES, st.lists(ACTIONS, max_size=8))
def test_order_is_enforced(challenge: Challenge, performed: list[Action]) -> None:
    progress = follow(challenge, Film().calm().do(*performed).readings)
    passed, fault = expected(challenge, performed)
    assert done(progress) == passed
    assert close(progress)[1] == fault
    assert [one.action for one in progress.seen] == performed


@given(CHALLENGES, st.integers(0, 4))
def test_blinks_that_nobody_asked_for_are_no_fault(challenge: Challenge, often: int) -> None:
    assume(A.BLINK not in challenge)
    film = Film().calm().do(*[A.BLINK] * often)
    for action in challenge:
        film.do(action, *[A.BLINK] * often)
    assert follow(challenge, film.readings).complete


@pytest.mark.parametrize("due", [action for action in Action if action is not A.TURN_LEFT])
def test_a_turn_that_nobody_asked_for_is_a_fault(due: Action) -> None:
    progress = follow((due,), Film().calm().do(A.TURN_LEFT, due).readings)
    assert progress.fault == "wrong-action"
    assert progress.faulty is not None
    assert progress.faulty.action is A.TURN_LEFT
    assert done(progress) == []


@pytest.mark.parametrize(("due", "other"), [(A.LOOK_UP, A.LOOK_DOWN), (A.LOOK_DOWN, A.LOOK_UP)])
def test_the_opposite_of_what_is_due_is_a_fault(due: Action, other: Action) -> None:
    assert follow((due,), Film().calm().do(other).readings).fault == "wrong-action"
    assert follow((A.BLINK,), Film().calm().do(other).readings).fault is None


def test_the_opposite_is_no_fault_before_the_one_that_is_due_is_shown() -> None:
    """The chin sinks while the head is still turned: nobody has asked for a look up yet."""
    film = Film().calm().show(5, yaw=36).show(8, yaw=36, pitch=-17).show(3, pitch=-17).calm()
    challenge = (A.TURN_LEFT, A.LOOK_UP)
    assert follow(challenge, film.readings).fault is None
    assert follow(challenge, film.do(A.LOOK_UP).readings).complete
    assert follow(challenge, Film().calm().do(A.TURN_LEFT, A.LOOK_DOWN).readings).fault == "wrong-action"


def test_after_the_last_action_everything_is_allowed() -> None:
    progress = follow((A.BLINK,), Film().calm().do(A.BLINK, A.TURN_LEFT, A.LOOK_UP).readings)
    assert progress.complete
    assert len(progress.seen) == 3


def test_after_a_fault_nothing_counts_any_more() -> None:
    progress = follow((A.TURN_LEFT, A.BLINK), Film().calm().do(A.TURN_RIGHT, A.TURN_LEFT, A.BLINK).readings)
    results, fault = close(progress)
    assert (fault, [result.passed for result in results]) == ("wrong-action", [False, False])
    assert progress.due is None


def test_without_a_challenge_all_is_seen_and_nothing_is_a_fault() -> None:
    progress = follow((), Film().calm().do(*Action).readings)
    assert not progress.complete
    assert close(progress) == ((), None)
    assert [one.action for one in progress.seen] == list(Action)


# --- returning -------------------------------------------------------------------------------------------------------


def test_nothing_passes_before_the_return_to_neutral() -> None:
    """The mouth that was opened stays open while the eyes shut."""
    film = Film().calm().show(5, mouth=0.6).show(3, mouth=0.6, eyes=0.1).show(5, mouth=0.6)
    challenge = (A.OPEN_MOUTH, A.BLINK)
    assert done(follow(challenge, film.readings)) == [A.OPEN_MOUTH]
    assert follow(challenge, film.readings).returning is A.OPEN_MOUTH
    assert follow(challenge, film.calm().do(A.BLINK).readings).complete


def test_an_action_that_began_before_the_return_does_not_count() -> None:
    film = Film().calm().show(5, mouth=0.6).show(5, mouth=0.6, size=1.5).show(10, size=1.5).calm()
    assert done(follow((A.OPEN_MOUTH, A.APPROACH), film.readings)) == [A.OPEN_MOUTH]


def test_one_turn_is_not_two() -> None:
    challenge = (A.TURN_LEFT, A.TURN_LEFT)
    assert done(follow(challenge, Film().calm().show(60, yaw=36).calm().readings)) == [A.TURN_LEFT]
    assert follow(challenge, Film().calm().do(A.TURN_LEFT, A.TURN_LEFT).readings).complete


def test_an_action_that_was_under_way_when_the_first_frame_came_does_not_count_for_the_next() -> None:
    progress = follow((A.BLINK, A.TURN_LEFT), Film().show(8, yaw=36).calm().do(A.BLINK).readings)
    assert A.TURN_LEFT not in done(progress)


POSES: list[dict[str, float]] = [
    {},
    *FAR.values(),
    {"yaw": 36.0, "mouth": 0.6},
    {"eyes": 0.1, "mouth": 0.6},
    {"yaw": 20.0},
    {"mouth": 0.2},
    {"size": 1.2, "eyes": 0.6},
]
STRETCHES = st.lists(st.tuples(st.sampled_from(POSES), st.integers(1, 15)), max_size=16)


@settings(max_examples=100)
@given(CHALLENGES, STRETCHES)
def test_whatever_happens_the_rules_hold(challenge: Challenge, stretches: list[tuple[dict[str, float], int]]) -> None:
    film = Film().calm()
    for values, frames in stretches:
        film.show(frames, **values)
    before = Progress(challenge)
    for one in film.readings:
        after = advance(before, one)
        assert done(after) == list(challenge[: len(after.results)])
        assert after.results[: len(before.results)] == before.results or before.returning is not None
        assert before.fault is None or (after.fault == before.fault and len(after.results) == len(before.results))
        assert not (after.complete and after.fault)
        before = after
    if before.faulty is not None:
        due = challenge[len(before.results)]
        assert RULES[before.faulty.action].is_turn or RULES[due].opposite is before.faulty.action
        assert before.faulty.action is not due
    for first, second in pairwise(before.results):
        between = [r for r in film.readings if (first.start_s or 0) < r.time_s <= (second.start_s or 0)]
        went = [RULES[first.action].signal(r) for r in between]
        assert any(value is not None and value < RULES[first.action].leave for value in went)


# --- the window ------------------------------------------------------------------------------------------------------


def test_what_is_not_done_in_its_window_is_too_late() -> None:
    early = Film().calm(70).readings  # 4.7 s
    assert follow((A.BLINK,), early, window_s=5).fault is None
    assert follow((A.BLINK,), Film().calm(80).do(A.BLINK).readings, window_s=5).fault == "too-late"


def test_the_window_begins_anew_with_each_action() -> None:
    film = Film()
    for action in (A.BLINK, A.TURN_LEFT, A.OPEN_MOUTH):
        film.calm(60).do(action)
    assert follow((A.BLINK, A.TURN_LEFT, A.OPEN_MOUTH), film.readings, window_s=5).complete


def test_an_action_done_in_time_may_be_over_later() -> None:
    film = Film().calm(60).show(40, yaw=36).calm(10)
    progress = follow((A.TURN_LEFT, A.BLINK), film.readings, window_s=5)
    assert progress.fault is None
    assert follow((A.TURN_LEFT, A.BLINK), film.calm(40).do(A.BLINK).readings, window_s=5).complete


def test_time_out_of_sight_counts() -> None:
    away = [reading(0.0), *(reading(10 + index / FPS, yaw=36.0) for index in range(5))]
    assert follow((A.TURN_LEFT,), away, window_s=5).fault == "too-late"


def test_a_challenge_that_is_complete_is_never_too_late() -> None:
    assert follow((A.BLINK,), Film().calm().do(A.BLINK).calm(200).readings, window_s=5).complete


def test_a_capture_that_ends_early_misses_the_rest() -> None:
    results, fault = close(follow((A.BLINK, A.TURN_LEFT, A.BLINK), Film().calm().do(A.BLINK).readings))
    assert fault == "action-missing"
    assert [(one.action, one.passed) for one in results] == [(A.BLINK, True), (A.TURN_LEFT, False), (A.BLINK, False)]
    assert results[1].start_s is None


def test_before_the_first_frame_the_first_action_is_due() -> None:
    progress = Progress((A.BLINK,))
    assert progress.due is A.BLINK
    assert close(progress)[1] == "action-missing"
