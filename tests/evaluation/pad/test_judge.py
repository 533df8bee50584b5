"""Recordings of the synthetic subject, judged with the synthetic engine."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.pad.made_up import portrait_file, presentation, record
from simreg.engine import Engine
from simreg.evaluation.pad import judge as judge_module
from simreg.evaluation.pad.judge import judge
from simreg.evaluation.pad.rates import response
from simreg.evaluation.pad.types import Label, Presentation, Response
from simreg.liveness.types import Action
from synthetic.attempt import CHALLENGE, follows
from synthetic.engine import SyntheticDetector, SyntheticMesh, synthetic_engine
from synthetic.reference import portrait
from synthetic.script import film


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return record(tmp_path_factory.mktemp("clips") / "follows.mp4", film(follows()))


@pytest.fixture
def holder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The subject's portrait; a synthetic picture is no document that could be searched."""
    monkeypatch.setattr(judge_module, "find_portrait", lambda *_: portrait())
    return portrait_file(tmp_path / "holder.png")


def shown(file: Path, reference: Path | None, challenge: tuple[Action, ...] = CHALLENGE) -> Presentation:
    return presentation(Label.BONA_FIDE, file=file, reference=reference, challenge=challenge)


def test_who_follows_the_challenge_is_accepted(recording: Path, holder: Path) -> None:
    (found,) = judge([shown(recording, holder)], synthetic_engine())
    assert (found.outcome, found.error, found.reasons) == ("accept", None, ("accepted",))
    assert response(found) is Response.BONA_FIDE
    assert found.comparison == "match"
    assert found.pad is not None
    assert [action.passed for action in found.pad.actions] == [True] * 3
    assert found.frames == len(follows())
    assert found.fps == pytest.approx(15, rel=0.02)


def test_without_a_reference_only_liveness_is_told(recording: Path) -> None:
    (found,) = judge([shown(recording, None)], synthetic_engine())
    assert (found.outcome, found.comparison, found.similarity) == ("", "", None)
    assert "reference-no-face" not in found.reasons
    assert response(found) is Response.BONA_FIDE


def test_another_challenge_is_an_answer_and_not_a_silence(recording: Path, holder: Path) -> None:
    (found,) = judge([shown(recording, holder, (Action.TURN_RIGHT, Action.BLINK))], synthetic_engine())
    assert response(found) is Response.ATTACK
    assert found.outcome == "refuse"


@pytest.mark.parametrize("missing", ["file", "reference"])
def test_what_cannot_be_read_is_a_non_response(recording: Path, holder: Path, missing: str) -> None:
    gone, one = recording.with_name("none.mp4"), shown(recording, holder)
    one = replace(one, file=gone) if missing == "file" else replace(one, reference=gone)
    (found,) = judge([one], synthetic_engine())
    assert (found.error, found.pad, response(found)) == ("file-missing", None, Response.NONE)


class Counted:
    """An engine that counts how often its networks look."""

    def __init__(self) -> None:
        self.detector, self.mesh = SyntheticDetector(), SyntheticMesh()

    def engine(self) -> Engine:
        return replace(synthetic_engine(), detector=self.detector, mesh=self.mesh)


def test_several_challenges_for_one_recording_give_what_each_alone_gives_for_one_look(
    recording: Path, holder: Path
) -> None:
    challenges = [CHALLENGE, (Action.TURN_LEFT,), (Action.LOOK_UP, Action.BLINK), ()]
    some = [shown(recording, holder, challenge) for challenge in challenges]
    together = Counted()
    found = judge(some, together.engine())
    alone = [judge([one], synthetic_engine())[0] for one in some]
    assert found == alone
    once = Counted()
    judge(some[:1], once.engine())
    assert together.mesh.calls <= once.mesh.calls
    assert together.detector.calls <= once.detector.calls
