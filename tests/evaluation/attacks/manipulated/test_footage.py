"""What is found in a recording, and how its pieces are joined."""

import numpy as np
import pytest

from evaluation.attacks.manipulated.staged import A, apart, nobody, take
from simreg.evaluation.attacks.manipulated.footage import (
    at_rest,
    interval,
    nearest,
    occurrences,
    performance,
    photograph,
    runs,
    size,
    unrest,
)
from simreg.evaluation.attacks.manipulated.joints import Piece, around, cut, fitted, idle, seen
from simreg.evaluation.attacks.manipulated.morph import Picture, morph
from simreg.liveness.types import SeenAction
from synthetic.head import STRAIGHT, landmarks
from synthetic.picture import Shot, draw

SEEN = [
    SeenAction(A.BLINK, 1, 1.2),
    SeenAction(A.TURN_LEFT, 2, 3),
    SeenAction(A.BLINK, 2.5, 2.7),
    SeenAction(A.BLINK, 4, 4.1),
]


@pytest.mark.parametrize(
    ("challenge", "starts"),
    [
        ((A.BLINK,), [[1], [2.5], [4]]),
        ((A.BLINK, A.TURN_LEFT), [[1, 2]]),
        ((A.TURN_LEFT, A.BLINK), [[2, 4]]),
        ((A.BLINK, A.BLINK), [[1, 2.5], [2.5, 4]]),
        ((A.TURN_RIGHT,), []),
        ((A.TURN_LEFT, A.TURN_LEFT), []),
    ],
)
def test_movements_are_found_in_order_one_after_the_other(challenge: tuple[A, ...], starts: list[list[float]]) -> None:
    assert [[s.start_s for s in way] for way in occurrences(list(reversed(SEEN)), challenge)] == starts


def test_movements_are_not_at_rest() -> None:
    subject = take()
    rest = at_rest(subject)
    assert rest.mean() > 0.2
    for action in subject.seen:
        inside = [action.start_s <= frame.time_s <= action.end_s for frame in subject.frames]
        assert not rest[inside].any()


def test_where_nobody_is_there_is_no_rest() -> None:
    assert not at_rest(nobody()).any()
    assert np.isinf(unrest(nobody())).all()
    assert photograph(nobody()) is None
    assert size(nobody()) == 0


def test_runs_are_as_long_as_asked() -> None:
    flags = np.array([1, 1, 0, 1, 1, 1, 0, 1], bool)
    assert runs(flags, 2) == [range(2), range(3, 6)]
    assert runs(flags, 4) == []
    assert runs(np.ones(3, bool), 1) == [range(3)]


def test_times_are_those_of_the_take() -> None:
    assert interval(take()) == pytest.approx(1 / 15)
    assert nearest(take(), 1.0) == 15
    assert nearest(take(), 1.04) == 16
    assert nearest(take(), -1) == 0
    assert nearest(take(), 1e9) == len(take().frames) - 1


def test_a_performance_holds_the_challenge_and_what_is_around() -> None:
    subject = take()
    part = performance(subject, subject.challenge, 0.5, 0.3)
    assert part is not None
    asked = [s for s in subject.seen if s.action in subject.challenge]
    assert subject.frames[part.start].time_s == pytest.approx(asked[0].start_s - 0.5, abs=0.05)
    assert subject.frames[part.stop - 1].time_s == pytest.approx(asked[-1].end_s + 0.3, abs=0.05)
    assert performance(subject, (A.OPEN_MOUTH,), 0.5, 0.3) is None
    assert performance(subject, (), 0.5, 0.3) is None


def test_a_piece_holds_its_movement_whole() -> None:
    subject = take()
    for action in subject.seen:
        piece = around(subject, action, unrest(subject))
        assert piece is not None
        assert subject.frames[piece.starts[-1]].time_s < action.start_s
        assert subject.frames[piece.stops[0] - 1].time_s > action.end_s


def test_what_is_at_rest_keeps_its_middle() -> None:
    piece = idle(range(20, 40))
    assert (piece.starts, piece.stops) == (range(20, 25), range(36, 41))


def test_a_joint_is_where_the_pictures_are_most_alike_but_not_where_the_recording_goes_on() -> None:
    subject = take()
    pieces = [Piece(range(5), range(8, 17)), Piece(range(10, 22), range(30, 40))]
    first, second = fitted(subject, pieces)
    assert abs(first.stop - second.start) >= 3

    def step(stop: int, start: int) -> float:
        return apart(subject.frames[stop].image, subject.frames[start].image)

    ways = [step(stop, start) for stop in pieces[0].stops for start in pieces[1].starts if abs(stop - start) >= 4]
    assert step(first.stop, second.start) <= np.quantile(ways, 0.25)
    assert len(list(cut(subject, [first, second]))) == len(first) + len(second)


def test_between_two_pictures_lies_one_like_both() -> None:
    first, second = seen(take(), 0), seen(take(), 4)
    assert apart(morph(first, second, 0.0), first.image) <= 0.5
    assert apart(morph(first, second, 1.0), second.image) <= 0.5
    middle = morph(first, second, 0.5)
    assert max(apart(middle, first.image), apart(middle, second.image)) < apart(first.image, second.image)


def test_a_face_goes_over_without_a_double() -> None:
    pictures = []
    for x in (130.0, 170.0):
        head = STRAIGHT.but(x=x)
        pictures.append(Picture(draw(Shot((head,))).copy(), landmarks(head)))
    first, second = pictures
    middle = morph(first, second, 0.5)
    faded = morph(Picture(first.image, None), Picture(second.image, None), 0.5)
    expected = draw(Shot((STRAIGHT.but(x=150.0),)))
    inside = slice(60, 190), slice(100, 200)
    assert apart(middle[inside], expected[inside]) < 0.7 * apart(faded[inside], expected[inside])
