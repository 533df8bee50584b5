"""The profile's limits: threshold, face and frame."""

from dataclasses import replace
from pathlib import Path

import pytest

from live import film as live_film
from simreg.capture.frame import Frame
from simreg.comparison.threshold_file import write_thresholds
from simreg.comparison.thresholds import threshold_for
from simreg.decision.profiles.shelf import builtin, names
from simreg.decision.reasons import reason
from simreg.decision.types import Decision, Outcome
from simreg.errors import InputError, ModelError
from simreg.live.limits import check_frame, engine_for, held_to, nearer
from simreg.live.work import Begin, Begun, Failed, Judge, Judged, Limits, Look, Looked
from simreg.live.worker import Worker
from simreg.liveness.guidance import Guidance, Hint
from simreg.liveness.types import Action, PadDecision, State
from simreg.models.recogniser_file import BUILT_IN
from simreg.result import VerificationResult
from simreg.verification import Settings
from synthetic.attempt import CHALLENGE, codes, follows, plain
from synthetic.engine import SyntheticRecogniser, synthetic_engine
from synthetic.head import STRAIGHT
from synthetic.observed import observations
from synthetic.reference import portrait
from synthetic.script import film

WIDE = 150
ASKED = Guidance(Action.BLINK, 1, 3, 0.0, None, finished=False)


def size(result: VerificationResult) -> tuple[State, float | None]:
    check = next(check for check in result.liveness.checks if check.name == "size")
    return check.state, check.limit


# --- threshold -------------------------------------------------------------------------------------------------------


class Named(SyntheticRecogniser):
    """Stands in for a built-in recogniser."""

    def __init__(self, name: str) -> None:
        one = threshold_for(name)
        self.name, self.sha256, self.preprocessing = name, one.model_sha256, one.preprocessing


@pytest.mark.parametrize("recogniser", BUILT_IN)
@pytest.mark.parametrize("profile", names())
def test_every_profile_finds_its_threshold(profile: str, recogniser: str) -> None:
    engine = replace(synthetic_engine(), recogniser=Named(recogniser), threshold=threshold_for(recogniser, 1e-3))
    target = builtin(profile).target_fmr
    held = engine_for(engine, Limits(target)).threshold
    assert (held.target_fmr, held.recogniser) == (target, recogniser)


def test_a_stricter_target_is_a_higher_threshold_and_nothing_else() -> None:
    engine = replace(synthetic_engine(), recogniser=Named("mobilefacenet"), threshold=threshold_for("mobilefacenet"))
    strict = engine_for(engine, Limits(1e-5))
    assert strict.threshold.value > engine.threshold.value
    assert replace(strict, threshold=engine.threshold) == engine


def test_the_engine_s_own_threshold_serves_its_own_target() -> None:
    engine = synthetic_engine()
    assert engine_for(engine, Limits()) is engine
    assert engine_for(engine, Limits(1e-4)) is engine


def test_a_target_without_a_measured_threshold_is_refused() -> None:
    engine = replace(synthetic_engine(), recogniser=Named("mobilefacenet"))
    with pytest.raises(InputError) as caught:
        engine_for(engine, Limits(3e-4))
    assert caught.value.code == "threshold-target"
    with pytest.raises(ModelError) as missing:
        engine_for(synthetic_engine(), Limits(1e-5))
    assert missing.value.code == "threshold-none"


def test_an_operator_s_own_thresholds_go_before_those_that_come_with_simreg(tmp_path: Path) -> None:
    engine = replace(synthetic_engine(), recogniser=Named("mobilefacenet"))
    own = replace(threshold_for("mobilefacenet", 1e-5), value=0.77, refer_from=0.7)
    file = tmp_path / "thresholds.json"
    file.write_text(write_thresholds([own]))
    assert engine_for(engine, Limits(1e-5, thresholds=file)).threshold.value == 0.77
    with pytest.raises(InputError) as caught:
        engine_for(engine, Limits(1e-3, thresholds=file))
    assert caught.value.code == "threshold-target"
    with pytest.raises(ModelError):
        engine_for(synthetic_engine(), Limits(1e-5, thresholds=file))


def test_a_threshold_of_other_weights_is_refused() -> None:
    other = Named("mobilefacenet")
    other.sha256 = "00" * 32
    with pytest.raises(ModelError):
        engine_for(replace(synthetic_engine(), recogniser=other), Limits(1e-5))


# --- frame -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(640, 480), (480, 640), (1280, 720)])
def test_a_frame_that_is_large_enough_either_way_round(width: int, height: int) -> None:
    check_frame(width, height, Limits(least_frame_px=480))


@pytest.mark.parametrize(("width", "height"), [(640, 479), (479, 640), (640, 360)])
def test_a_frame_that_is_too_small_is_refused_in_words(width: int, height: int) -> None:
    with pytest.raises(InputError) as caught:
        check_frame(width, height, Limits(least_frame_px=480))
    assert caught.value.code == "frame-too-small"
    assert f"{width} x {height}" in caught.value.sentence
    assert "480" in caught.value.remedy


# --- face ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hint", "told"),
    [
        (None, Hint.TOO_FAR),
        (Hint.TOO_DARK, Hint.TOO_FAR),
        (Hint.LOOK_STRAIGHT, Hint.TOO_FAR),
        (Hint.SEVERAL_FACES, Hint.SEVERAL_FACES),
        (Hint.WRONG_WAY, Hint.WRONG_WAY),
    ],
)
def test_a_narrow_face_is_asked_to_come_nearer(hint: Hint | None, told: Hint) -> None:
    far = observations([STRAIGHT])[0]
    assert nearer(replace(ASKED, hint=hint), far, Limits(least_face_px=WIDE)) == replace(ASKED, hint=told)


def test_a_face_that_is_wide_enough_or_not_there_or_done_is_asked_for_nothing() -> None:
    limits, near = Limits(least_face_px=WIDE), observations([STRAIGHT.but(width=WIDE + 5)])[0]
    done = replace(ASKED, finished=True)
    assert nearer(ASKED, near, limits) is ASKED
    assert nearer(ASKED, None, limits) is ASKED
    assert nearer(ASKED, observations([None])[0], limits) is ASKED
    assert nearer(done, observations([STRAIGHT])[0], limits) is done


def test_a_capture_of_a_narrow_face_is_referred_not_accepted() -> None:
    held = held_to(plain(), Limits(least_face_px=WIDE))
    assert plain().decision.outcome is Outcome.ACCEPT
    assert (held.decision.outcome, codes(held)) == (Outcome.REFER, ["size"])
    assert held.liveness.decision is PadDecision.NOT_ASSESSED
    assert size(held) == (State.FAILED, WIDE)
    assert held.comparison == plain().comparison


def test_a_capture_of_a_face_that_is_wide_enough_is_what_it_was_and_names_the_limit() -> None:
    held = held_to(plain(), Limits(least_face_px=100))
    assert (held.decision, held.liveness.decision) == (plain().decision, plain().liveness.decision)
    assert size(held) == (State.PASSED, 100)
    assert held_to(plain(), Limits(least_face_px=60)) == plain()  # simreg's own limit is 80


def test_a_refusal_stays_one_and_says_so_too() -> None:
    refused = replace(plain(), decision=Decision(Outcome.REFUSE, (reason("non-match"),)))
    held = held_to(refused, Limits(least_face_px=WIDE))
    assert (held.decision.outcome, codes(held)) == (Outcome.REFUSE, ["non-match", "size"])


def test_what_was_unsettled_is_settled_by_the_size() -> None:
    unsure = replace(plain(), decision=Decision(Outcome.REFER, (reason("unsettled"),)))
    assert codes(held_to(unsure, Limits(least_face_px=WIDE))) == ["size"]


# --- in a worker -----------------------------------------------------------------------------------------------------


def test_a_worker_holds_a_capture_to_its_limits() -> None:
    limits = Limits(least_face_px=WIDE)
    worker = Worker(synthetic_engine(), live_film.decode)
    assert isinstance(worker.do(Begin(1, CHALLENGE, portrait(), Settings(), limits)), Begun)
    frames = film(follows())
    looked = [worker.do(look(frame)) for frame in frames]
    hints = {one.guidance.hint for one in looked if isinstance(one, Looked) and not one.guidance.finished}
    assert hints == {Hint.TOO_FAR}
    judged = worker.do(Judge(1))
    assert isinstance(judged, Judged)
    assert codes(judged.result) == ["size"]


def test_a_worker_without_the_threshold_refuses_the_capture() -> None:
    worker = Worker(synthetic_engine(), live_film.decode)
    failed = worker.do(Begin(1, CHALLENGE, portrait(), Settings(), Limits(1e-5)))
    assert isinstance(failed, Failed)
    assert failed.code == "threshold-none"
    assert worker.do(look(film(follows())[0])) is None


def look(frame: Frame) -> Look:
    height, width = frame.image.shape[:2]
    return Look(1, frame.index, frame.time_s, width, height, live_film.encoded(frame.image))
