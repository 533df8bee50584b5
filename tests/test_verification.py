"""One attempt from the first frame to the decision, on a subject made by code: who is accepted and who is not."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from simreg import __version__
from simreg.comparison.types import ComparisonDecision
from simreg.decision.types import Outcome
from simreg.liveness.types import Action, PadDecision, State
from simreg.verification import MOST_PROBES
from synthetic.attempt import ACCEPT, CHALLENGE, OTHER, REFER, REFUSE, A, accepted, codes, follows, judge, plain
from synthetic.engine import synthetic_engine, synthetic_threshold
from synthetic.head import STRAIGHT
from synthetic.picture import Shot
from synthetic.script import (
    Subject,
    cut,
    during,
    each,
    film,
    frozen,
    joined_by,
    looped,
    ping_pong,
    regrained,
    repeated,
    taken,
    without_faces,
)

# --- who is accepted -------------------------------------------------------------------------------------------------


def test_the_holder_who_does_what_is_asked_is_accepted() -> None:
    result = plain()
    assert (result.decision.outcome, codes(result)) == (ACCEPT, ["accepted"])
    assert result.liveness.decision is PadDecision.BONA_FIDE
    assert result.comparison.decision is ComparisonDecision.MATCH
    assert [(one.action, one.passed) for one in result.liveness.actions] == [(action, True) for action in CHALLENGE]
    assert 1 <= result.comparison.probes <= MOST_PROBES
    assert result.version == __version__
    assert {check.state for check in result.liveness.checks} == {State.PASSED}


@pytest.mark.parametrize("fps", [12, 30])
def test_a_slower_and_a_faster_camera_are_as_good(fps: float) -> None:
    assert accepted(judge(film(follows(fps=fps), fps)))


@pytest.mark.parametrize("action", list(Action))
def test_every_action_can_be_asked_for(action: Action) -> None:
    assert accepted(judge(film(follows(action, A.BLINK)), (action, A.BLINK)))


def test_all_actions_one_after_the_other() -> None:
    assert accepted(judge(film(follows(*Action)), tuple(Action)))


def test_blinks_that_nobody_asked_for_are_no_fault() -> None:
    shots = follows(A.BLINK, A.TURN_LEFT, A.BLINK, A.BLINK, A.TURN_RIGHT, A.BLINK)
    assert accepted(judge(film(shots)))


@pytest.mark.parametrize(
    "head", [{"pitch": 9.0}, {"roll": 12.0}, {"eyes": 0.6}, {"yaw": 6.0}, {"width": 90.0}, {"x": 120.0}]
)
def test_people_differ_in_how_they_look_straight(head: dict[str, float]) -> None:
    assert accepted(judge(film(Subject(STRAIGHT.but(**head)).follow(CHALLENGE).shots)))


# --- who is not ------------------------------------------------------------------------------------------------------


def test_somebody_elses_document_is_refused() -> None:
    result = judge(film(follows()), person=3.0)
    assert (result.decision.outcome, codes(result)) == (REFUSE, ["non-match"])
    assert result.liveness.decision is PadDecision.BONA_FIDE


def test_a_face_that_is_nearly_alike_is_referred() -> None:
    engine = synthetic_engine(threshold=synthetic_threshold(0.99, 0.5))
    result = judge(film(follows()), engine=engine)
    assert (result.decision.outcome, codes(result)) == (REFER, ["near-threshold"])


@pytest.mark.parametrize(
    ("performed", "code"),
    [
        ((), "challenge-action-missing"),
        ((A.BLINK,), "challenge-action-missing"),
        ((A.TURN_LEFT, A.BLINK), "challenge-action-missing"),
        ((A.TURN_LEFT, A.TURN_RIGHT), "challenge-wrong-action"),
        ((A.TURN_RIGHT, A.BLINK, A.TURN_LEFT), "challenge-wrong-action"),
        ((A.BLINK, A.TURN_RIGHT), "challenge-wrong-action"),
        ((A.TURN_LEFT, A.LOOK_UP, A.TURN_RIGHT), "challenge-wrong-action"),
    ],
    ids=["nothing", "blink only", "one missing", "one left out", "other sides", "other order", "another action"],
)
def test_another_challenge_is_refused(performed: Sequence[Action], code: str) -> None:
    result = judge(film(Subject().follow(performed).hold(3).shots))
    assert result.decision.outcome is REFUSE
    assert codes(result)[0] == code


def test_a_mirrored_recording_turns_the_wrong_way() -> None:
    shots = follows()
    mirrored = [replace(shot, heads=tuple(h.but(yaw=-h.yaw, x=320 - h.x) for h in shot.heads)) for shot in shots]
    assert codes(judge(film(mirrored)))[0] == "challenge-wrong-action"


def test_what_is_done_too_late_is_refused() -> None:
    slow = Subject().hold(1).hold(5).perform(A.TURN_LEFT).hold(1).shots
    assert codes(judge(film(slow), (A.TURN_LEFT,), window_s=4.0))[0] == "challenge-too-late"
    assert accepted(judge(film(slow), (A.TURN_LEFT,), window_s=8.0))


def test_without_a_challenge_what_was_seen_is_told_and_referred() -> None:
    result = judge(film(follows()), ())
    assert (result.decision.outcome, codes(result)) == (REFER, ["challenge-none"])
    assert result.liveness.decision is PadDecision.NOT_ASSESSED
    assert result.liveness.actions == ()
    assert [one.action for one in result.liveness.seen] == list(CHALLENGE)


def test_without_a_challenge_somebody_else_is_refused() -> None:
    assert judge(film(follows()), (), person=3.0).decision.outcome is REFUSE


def test_without_the_passive_pad_network_it_is_referred_unless_the_operator_says_otherwise() -> None:
    frames, engine = film(follows()), synthetic_engine(passive_pad=False)
    result = judge(frames, engine=engine)
    assert (result.decision.outcome, codes(result)) == (REFER, ["passive-pad-missing"])
    assert accepted(judge(frames, engine=engine, passive_pad_required=False))


@pytest.mark.parametrize("code", ["reference-no-face", "reference-blurred"])
def test_a_reference_that_is_no_good_is_referred_without_a_match(code: str) -> None:
    result = judge(film(follows()), problem=code)
    assert (result.decision.outcome, codes(result)) == (REFER, [code])
    assert result.comparison.decision is ComparisonDecision.NOT_ASSESSED
    assert result.comparison.similarity is None


def flat(shots: Sequence[Shot], belief: float) -> list[Shot]:
    """A picture of the face that is turned; the mesh believes in this share of the turn."""
    return [
        replace(shot, heads=tuple(h.but(flat=True, turned=1.45 * h.yaw, yaw=belief * h.yaw) for h in shot.heads))
        for shot in shots
    ]


SHORT = (A.TURN_LEFT, A.BLINK)
ATTACKS: list[tuple[str, list[Shot], str]] = [
    ("a print that is turned", flat(follows(*SHORT), 0.1), "challenge-action-missing"),
    ("a print that is read as turned", flat(follows(*SHORT), 1.25), "flat-face"),
    ("a screen", each(follows(*SHORT), bona_fide=0.1), "passive-pad"),
    ("somebody else half way", [*follows(*SHORT)[:50], *each(follows(*SHORT)[50:], person=4.0)], "person-changed"),
    ("a piece left out", cut(follows(*SHORT), 34, 46), "capture-cut"),
    ("a picture that stands still", frozen(follows(*SHORT), 30, 10), "capture-frozen"),
    ("a picture for a film", [Shot()] * 60, "capture-frozen"),
    ("a loop", looped(follows(A.TURN_LEFT), 3), "capture-looped"),
    ("a film played backwards", ping_pong(follows(A.TURN_LEFT)), "capture-looped"),
    ("a loop that is filmed", regrained(looped(follows(A.TURN_LEFT), 3)), "capture-looped"),
]


@pytest.mark.parametrize(("shots", "code"), [row[1:] for row in ATTACKS], ids=[row[0] for row in ATTACKS])
def test_an_attack_is_never_accepted_and_its_mark_is_told(shots: list[Shot], code: str) -> None:
    frames = film(shots)
    asked, unasked = judge(frames, SHORT), judge(frames, ())
    assert asked.decision.outcome is REFUSE
    assert code in codes(asked)
    assert unasked.decision.outcome is not ACCEPT
    assert code in codes(unasked) or code.startswith("challenge-")


@pytest.mark.parametrize("trick", [looped, ping_pong], ids=["loop", "ping-pong"])
def test_what_is_played_twice_does_not_do_it_twice(trick: Callable[[Sequence[Shot]], list[Shot]]) -> None:
    result = judge(film(trick(follows(A.TURN_LEFT))), (A.TURN_LEFT, A.TURN_LEFT))
    assert (result.decision.outcome, codes(result)) == (REFUSE, ["capture-looped"])
    assert result.liveness.fault is None


@pytest.mark.parametrize(("first", "last"), [(23, 31), (51, 57)], ids=["turning", "blinking"])
def test_somebody_else_who_only_does_the_action_is_seen(first: int, last: int) -> None:
    """The frame in which an action is done is looked at, however little it serves as a probe."""
    swapped = during(follows(*SHORT), first, last, lambda piece: each(piece, person=4.0))
    assert codes(judge(film(swapped), SHORT)) == ["person-changed"]


def test_a_face_that_certainly_is_a_print_is_not_left_out() -> None:
    result = judge(film(each(follows(), bona_fide=0.0)))
    assert codes(result) == ["passive-pad"]


POOR: list[tuple[str, list[Shot], str]] = [
    ("out of sight for a while", during(follows(*SHORT), 38, 50, without_faces), "face-left"),
    ("somebody else in the picture", joined_by(follows(*SHORT), OTHER), "several-faces"),
    ("too dark", taken(follows(*SHORT), light=0.15), "light"),
    ("too bright", taken(follows(*SHORT), light=4.0), "light"),
    ("too small", each(follows(*SHORT), width=50.0), "size"),
    ("out of focus", taken(follows(*SHORT), blur=5.0), "sharpness"),
    ("every frame twice", repeated(follows(*SHORT)), "capture-repeats"),
]


@pytest.mark.parametrize(("shots", "code"), [row[1:] for row in POOR], ids=[row[0] for row in POOR])
def test_a_poor_capture_is_never_accepted_and_told_why(shots: list[Shot], code: str) -> None:
    result = judge(film(shots), SHORT)
    assert not accepted(result)
    assert code in codes(result)


def test_too_few_frames_a_second_are_told() -> None:
    assert codes(judge(film(follows(fps=8), 8))) == ["frame-rate"]


@pytest.mark.parametrize(
    ("step", "outcome"), [(2.0, REFER), (-0.2, REFUSE), (-1000.0, REFUSE)], ids=["gap", "back", "far back"]
)
def test_times_that_are_not_a_cameras_are_told(step: float, outcome: Outcome) -> None:
    shots = follows()
    times = [index / 15 + (step if index > 70 else 0) for index in range(len(shots))]
    result = judge(film(shots, times=times))
    assert result.decision.outcome is not ACCEPT
    assert "frame-times" in codes(result)
    assert result.decision.outcome is outcome or "challenge-action-missing" in codes(result)


def test_out_of_sight_is_refused() -> None:
    result = judge(film(without_faces(follows())))
    assert (result.decision.outcome, codes(result)[0]) == (REFUSE, "capture-no-face")
    assert result.comparison.decision is ComparisonDecision.NOT_ASSESSED


def test_shut_eyes_throughout_give_no_neutral_state() -> None:
    result = judge(film(each(follows(A.TURN_LEFT), left_eye=0.1, right_eye=0.1)), (A.TURN_LEFT,))
    assert not accepted(result)
    assert "capture-no-neutral" in codes(result)


def test_pictures_too_poor_to_compare_give_no_match() -> None:
    result = judge(film(taken(each(follows(), width=45.0), light=0.2, blur=4.0)))
    assert result.comparison.decision is ComparisonDecision.NOT_ASSESSED
    assert "no-probe" in codes(result)
