import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.face.types import Observation
from simreg.liveness.challenge import Challenge, Progress, advance
from simreg.liveness.checks import light, size
from simreg.liveness.guidance import HINTS, PROMPTS, Guidance, Hint, guide
from simreg.liveness.neutral import FRONTAL_PITCH, FRONTAL_YAW
from simreg.liveness.types import Action
from synthetic.head import STRAIGHT, HeadState
from synthetic.observed import observation, observed_face, reading

TURN: Challenge = (Action.TURN_LEFT, Action.BLINK)


def seen(head: HeadState | None = STRAIGHT, faces: int = 1, **native: float) -> Observation:
    face = None if head is None else observed_face(head, **native)
    return observation(0, 1.0, face, faces=faces if face else 0)


def after(*values: dict[str, float], challenge: Challenge = TURN) -> Progress:
    progress = Progress(challenge)
    for index, one in enumerate([{}, {}, *values]):
        progress = advance(progress, reading(index / 15, **one))
    return progress


def hint(observed: Observation | None, progress: Progress | None = None, *, known: bool = True) -> Hint | None:
    return guide(observed, progress or after(), known).hint


def test_every_hint_and_action_has_a_sentence() -> None:
    assert set(HINTS) == set(Hint)
    assert set(PROMPTS) == set(Action)
    assert all(text.endswith(".") for text in (*HINTS.values(), *PROMPTS.values()))


@pytest.mark.parametrize(
    ("observed", "wanted"),
    [
        (None, Hint.NO_FACE),
        (seen(None), Hint.NO_FACE),
        (seen(faces=2), Hint.SEVERAL_FACES),
        (seen(STRAIGHT.but(width=size.LEAST_WIDTH - 1)), Hint.TOO_FAR),
        (seen(STRAIGHT.but(width=300), occlusion=0.3), Hint.TOO_NEAR),
        (seen(brightness=light.DARKEST - 1), Hint.TOO_DARK),
        (seen(brightness=light.BRIGHTEST + 1), Hint.TOO_BRIGHT),
        (seen(), None),
    ],
)
def test_what_is_wrong_with_the_picture_is_told(observed: Observation | None, wanted: Hint | None) -> None:
    assert hint(observed) is wanted


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (STRAIGHT.but(yaw=FRONTAL_YAW + 3), Hint.LOOK_STRAIGHT),
        (STRAIGHT.but(pitch=-FRONTAL_PITCH - 6), Hint.LOOK_STRAIGHT),
        (STRAIGHT.but(eyes=0.1), Hint.OPEN_EYES),
        (STRAIGHT.but(left_eye=0.1), Hint.OPEN_EYES),
    ],
)
def test_before_the_neutral_state_is_known_the_person_is_asked_to_look_straight(head: HeadState, wanted: Hint) -> None:
    guidance = guide(seen(head), Progress(TURN), neutral_known=False)
    assert guidance.hint is wanted
    assert guidance.action is None
    assert guidance.extent == 0


def test_the_due_action_is_asked_for() -> None:
    guidance = guide(seen(), after(), neutral_known=True)
    assert (guidance.action, guidance.done, guidance.total, guidance.finished) == (Action.TURN_LEFT, 0, 2, False)
    assert guidance.text == PROMPTS[Action.TURN_LEFT]


def test_the_extent_grows_with_the_movement_and_ends_at_one() -> None:
    extents = [
        guide(seen(), after({"yaw": yaw}), neutral_known=True).extent for yaw in (-30.0, 0.0, 5.0, 12.5, 25.0, 60.0)
    ]
    assert extents[:2] == [0, 0]
    assert extents == sorted(extents)
    assert extents[3] == pytest.approx(0.5)
    assert extents[-2:] == [1, 1]


def test_after_a_turn_the_person_is_asked_back() -> None:
    guidance = guide(seen(STRAIGHT.but(yaw=36)), after(*[{"yaw": 36.0}] * 5), neutral_known=True)
    assert (guidance.hint, guidance.action, guidance.done) == (Hint.TURN_BACK, None, 1)
    back = guide(seen(), after(*[{"yaw": 36.0}] * 5, {}), neutral_known=True)
    assert (back.hint, back.action, back.done) == (None, Action.BLINK, 1)


def test_after_the_last_action_nobody_is_asked_for_anything() -> None:
    guidance = guide(seen(STRAIGHT.but(yaw=36)), after(*[{"yaw": 36.0}] * 5, challenge=TURN[:1]), neutral_known=True)
    assert (guidance.finished, guidance.hint, guidance.action, guidance.text) == (True, None, None, "")


def test_a_wrong_turn_ends_it() -> None:
    guidance = guide(seen(), after(*[{"yaw": -36.0}] * 5), neutral_known=True)
    assert (guidance.finished, guidance.hint, guidance.action) == (True, Hint.WRONG_WAY, None)


def test_what_stands_in_the_way_is_said_before_what_is_asked() -> None:
    assert guide(seen(faces=2), after(), neutral_known=True).text == HINTS[Hint.SEVERAL_FACES]


@given(
    st.floats(-90, 90),
    st.floats(-60, 60),
    st.floats(0, 1),
    st.floats(1, 500),
    st.floats(0, 255),
    st.booleans(),
    st.lists(st.sampled_from(list(Action)), max_size=3),
)
def test_any_face_gets_one_sentence_and_an_extent(
    yaw: float, pitch: float, eyes: float, width: float, brightness: float, known: bool, challenge: list[Action]
) -> None:
    observed = seen(STRAIGHT.but(yaw=yaw, pitch=pitch, eyes=eyes, width=width), brightness=brightness)
    guidance = guide(observed, after({"yaw": yaw, "eyes": eyes}, challenge=tuple(challenge)), known)
    assert isinstance(guidance, Guidance)
    assert 0 <= guidance.extent <= 1
    assert 0 <= guidance.done <= guidance.total
    assert guidance.hint is None or guidance.text == HINTS[guidance.hint]
