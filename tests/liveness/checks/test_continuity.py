import pytest

from liveness.checks.contract import failed, not_assessed, passed
from simreg.liveness.checks.continuity import START_S, check
from simreg.liveness.types import Action
from synthetic.head import STRAIGHT
from synthetic.observed import evidence, watched
from synthetic.picture import Shot
from synthetic.script import Subject, cut, regrained, taken, without_faces

TURNS = (Action.TURN_LEFT, Action.BLINK, Action.TURN_RIGHT)


def turning(fps: float = 15.0) -> list[Shot]:
    return Subject(fps=fps).follow(TURNS).shots


@pytest.mark.parametrize(
    ("action", "fps"), [*((action, 15) for action in Action), (Action.TURN_LEFT, 12), (Action.APPROACH, 30)]
)
def test_a_person_who_moves_makes_no_cut(action: Action, fps: float) -> None:
    passed(check, evidence(watched(Subject(fps=fps).follow([action]).shots, fps)))


def test_a_person_who_keeps_still_makes_no_cut() -> None:
    passed(check, evidence(watched(Subject().hold(4).shots)))


def test_a_picture_that_never_moves_makes_no_cut() -> None:
    passed(check, evidence(watched([Shot(grain=index) for index in range(30)])))


def test_a_quick_turn_makes_no_cut() -> None:
    passed(check, evidence(watched(Subject().hold(1).move(0.27, yaw=40).hold(0.3).move(0.27, yaw=0).hold(1).shots)))


@pytest.mark.parametrize("lost", range(18, 42, 4))
def test_a_single_lost_frame_is_no_cut(lost: int) -> None:
    """In a turn the head moves twice as far in the step that is left."""
    passed(check, evidence(watched(cut(turning()[:60], lost, lost + 1))))


def test_light_that_changes_makes_no_cut() -> None:
    shots = Subject().hold(4).shots
    passed(check, evidence(watched([*shots[:30], *taken(shots[30:], light=0.75)])))


@pytest.mark.parametrize(("start", "stop"), [(34, 46), (30, 70)])
def test_a_piece_that_is_left_out_is_a_cut(start: int, stop: int) -> None:
    failed(check, evidence(watched(cut(turning(), start, stop))), suspicious=True)


def test_two_recordings_in_one_are_a_cut() -> None:
    first = Subject(scene=1).hold(2).shots
    second = Subject(STRAIGHT.but(x=200, width=120), scene=2).hold(2).shots
    failed(check, evidence(watched([*first, *second])), suspicious=True)


@pytest.mark.parametrize("dark", [1, 2, 4])
def test_a_cut_behind_frames_without_a_face_is_a_cut(dark: int) -> None:
    """A black frame between two recordings hides nothing."""
    first = Subject(scene=1).hold(3).shots
    second = regrained(Subject(STRAIGHT.but(x=200, width=120), scene=2).hold(3).shots)
    between = taken(without_faces(first[:dark]), light=0.0)
    failed(check, evidence(watched([*first, *between, *second])), suspicious=True)


def test_the_first_moments_of_a_camera_are_left_out() -> None:
    settling = [Shot((STRAIGHT.but(x=100, width=90),), light=0.5)] * int(START_S * 15)
    passed(check, evidence(watched([*settling, *Subject().hold(3).shots])))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_frames_say_nothing(count: int) -> None:
    not_assessed(check, evidence(watched(Subject().hold(1).shots[:count])))


def test_where_no_face_is_nothing_is_said() -> None:
    not_assessed(check, evidence(watched(without_faces(Subject().hold(1).shots))))
