"""Whole challenges, done by a head that is known at every moment, seen by cameras of every rate."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simreg.face.types import Points
from simreg.liveness.actions import RULES
from simreg.liveness.challenge import Progress
from simreg.liveness.types import Action
from synthetic.head import STRAIGHT, HeadState
from truth.camera import Camera
from truth.clock import Clock, clocks
from truth.moves import SETTLE_S, Move, blink, mirror, observed, seen

A = Action
FEW = settings(max_examples=25)
OTHER_SIDE = {A.TURN_LEFT: A.TURN_RIGHT, A.TURN_RIGHT: A.TURN_LEFT}
CHALLENGES = st.lists(st.sampled_from([*A]), min_size=1, max_size=4).map(tuple)
PERFORMED: dict[Action, tuple[str, float, float, float]] = {
    A.TURN_LEFT: ("yaw", 35.0, 0.5, 0.5),
    A.TURN_RIGHT: ("yaw", -35.0, 0.5, 0.5),
    A.LOOK_UP: ("pitch", 20.0, 0.4, 0.6),
    A.LOOK_DOWN: ("pitch", -20.0, 0.4, 0.6),
    A.CLOSE_EYES: ("eyes", 0.0, 0.15, 1.4),
    A.OPEN_MOUTH: ("mouth", 0.7, 0.3, 0.6),
    A.APPROACH: ("width", 1.5 * STRAIGHT.width, 0.6, 0.6),
}
"""What moves, how far, within how many seconds, and how long it is held."""


def performed(challenge: tuple[Action, ...]) -> list[Move]:
    """The actions one after the other, with rests."""
    moves, now = [], SETTLE_S
    for action in challenge:
        if action is A.BLINK:
            moves.append(blink(0.42, now))
        else:
            value, peak, takes, stays = PERFORMED[action]
            moves.append(Move(value, peak, now, takes, stays, takes))
        now = moves[-1].end_s + 0.5
    return moves


def see(head: HeadState) -> Points:
    """In perspective, as near as the head's width says."""
    return Camera().head(head, (0.0, 0.0, 5.0 * STRAIGHT.width / head.width))


def watched(moves: list[Move], clock: Clock, challenge: tuple[Action, ...]) -> Progress:
    return seen(observed(moves, clock, see), challenge)


@FEW
@given(CHALLENGES, clocks(least=12, lost=0.05))
def test_who_does_what_is_asked_completes_it_and_the_times_are_theirs(
    challenge: tuple[Action, ...], clock: Clock
) -> None:
    moves = performed(challenge)
    progress = watched(moves, clock, challenge)
    assert progress.complete
    for action, move, result in zip(challenge, moves, progress.results, strict=True):
        assert result.action is action
        assert result.start_s is not None
        assert result.end_s is not None
        assert move.start_s <= result.start_s <= move.start_s + move.rise_s + clock.longest_gap
        assert result.start_s + RULES[action].hold_s <= result.end_s <= move.end_s + clock.longest_gap


@FEW
@given(CHALLENGES, clocks(least=12, lost=0.05))
def test_the_mirrored_subject_does_the_mirrored_challenge(challenge: tuple[Action, ...], clock: Clock) -> None:
    other = tuple(OTHER_SIDE.get(action, action) for action in challenge)
    here, there = watched(performed(challenge), clock, challenge), watched(mirror(performed(challenge)), clock, other)
    assert [(one.start_s, one.end_s) for one in there.results] == [(one.start_s, one.end_s) for one in here.results]
    if other != challenge:
        assert not watched(mirror(performed(challenge)), clock, challenge).complete


@FEW
@given(CHALLENGES, st.permutations(range(4)), clocks(least=12, lost=0))
def test_another_order_never_completes_it(challenge: tuple[Action, ...], order: list[int], clock: Clock) -> None:
    done = tuple(challenge[index] for index in order if index < len(challenge))
    assume(done != challenge)
    assert not watched(performed(done), clock, challenge).complete


@FEW
@given(CHALLENGES, st.data(), clocks(least=12, lost=0))
def test_one_action_left_out_never_completes_it(challenge: tuple[Action, ...], data: st.DataObject, clock: Clock) -> None:
    gone = data.draw(st.integers(0, len(challenge) - 1))
    progress = watched(performed((*challenge[:gone], *challenge[gone + 1 :])), clock, challenge)
    assert not progress.complete


@FEW
@given(
    st.sampled_from([A.TURN_LEFT, A.TURN_RIGHT]), st.sampled_from([a for a in A if a is not A.BLINK]), clocks(least=12)
)
def test_a_turn_that_was_not_asked_for_is_a_fault(turned: Action, asked: Action, clock: Clock) -> None:
    assume(turned is not asked)
    progress = watched(performed((turned,)), clock, (asked,))
    assert progress.fault == "wrong-action"
    assert progress.faulty is not None
    assert progress.faulty.action is turned
