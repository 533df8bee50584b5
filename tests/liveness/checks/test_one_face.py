from collections.abc import Sequence

from liveness.checks.contract import failed, not_assessed, passed
from simreg.face.types import Observation
from simreg.liveness.checks.one_face import check
from synthetic.head import STRAIGHT
from synthetic.observed import evidence, observation, observations, observed_face, watched
from synthetic.script import Subject, during, joined_by

OTHER = STRAIGHT.but(x=270, y=60, width=60)


def searches(counts: Sequence[int]) -> list[Observation]:
    face = observed_face()
    return [observation(index, index / 15, face, faces=count) for index, count in enumerate(counts)]


def test_a_subject_alone_passes() -> None:
    assert passed(check, evidence(observations([STRAIGHT] * 30))).value == 0


def test_a_second_face_throughout_fails() -> None:
    assert failed(check, evidence(watched(joined_by(Subject().hold(3).shots, OTHER))), suspicious=False).value == 1


def test_a_second_face_for_a_second_fails() -> None:
    shots = Subject().hold(5).shots
    failed(check, evidence(watched(during(shots, 30, 48, lambda piece: joined_by(piece, OTHER)))), suspicious=False)


def test_one_search_that_errs_is_forgiven() -> None:
    passed(check, evidence(searches([1, 1, 2, 1, 1, 1])))


def test_one_of_two_searches_is_not() -> None:
    failed(check, evidence(searches([1, 2])), suspicious=False)


def test_frames_that_were_not_searched_do_not_count() -> None:
    face = observed_face()
    seen = [observation(index, index / 15, face, faces=2, searched=index == 0) for index in range(30)]
    assert failed(check, evidence(seen), suspicious=False).value == 1


def test_where_no_face_is_others_cannot_be_looked_for() -> None:
    not_assessed(check, evidence(observations([None] * 10)))
