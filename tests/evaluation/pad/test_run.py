from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluation.pad.made_up import CUT, PASSED, presentation
from simreg.engine import Engine
from simreg.evaluation.pad import run
from simreg.evaluation.pad.types import Judged, Presentation
from simreg.liveness.types import Action
from synthetic.engine import synthetic_engine


class Judge:
    """Says that all passed, writes down what it was given, and stops after some recordings."""

    def __init__(self, most: int = 100) -> None:
        self.most = most
        self.asked: list[list[str]] = []

    def __call__(self, presentations: Sequence[Presentation], engine: Engine) -> list[Judged]:
        if len(self.asked) == self.most:
            raise KeyboardInterrupt
        self.asked.append([one.file.name for one in presentations])
        return [PASSED if one.challenge else CUT for one in presentations]


class Told:
    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    def update(self, task: str, done: int, total: int) -> None:
        self.steps.append((done, total))


@pytest.fixture
def some(tmp_path: Path) -> list[Presentation]:
    for name in "abc":
        (tmp_path / f"{name}.mp4").write_bytes(name.encode())
    challenges = [(Action.BLINK,), (Action.TURN_LEFT,), ()]
    order = [("a", 0), ("b", 0), ("a", 1), ("c", 2)]
    return [presentation(file=tmp_path / f"{name}.mp4", challenge=challenges[at], reference=None) for name, at in order]


def test_presentations_of_one_recording_are_judged_together_and_come_back_in_order(
    some: list[Presentation], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, told = Judge(), Told()
    monkeypatch.setattr(run, "judge", judge)
    found = run.attempts(some, synthetic_engine(), tmp_path / "kept.jsonl", workers=1, progress=told)
    assert judge.asked == [["a.mp4", "a.mp4"], ["b.mp4"], ["c.mp4"]]
    assert [one.presentation for one in found] == some
    assert [one.judged for one in found] == [PASSED, PASSED, PASSED, CUT]
    assert told.steps == [(0, 4), (2, 4), (3, 4), (4, 4)]


def test_a_run_that_was_stopped_goes_on_where_it_was(
    some: list[Presentation], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "judge", Judge(most=1))
    with pytest.raises(KeyboardInterrupt):
        run.attempts(some, synthetic_engine(), tmp_path / "kept.jsonl", workers=1)
    judge, told = Judge(), Told()
    monkeypatch.setattr(run, "judge", judge)
    found = run.attempts(some, synthetic_engine(), tmp_path / "kept.jsonl", workers=1, progress=told)
    assert judge.asked == [["b.mp4"], ["c.mp4"]]
    assert told.steps[0] == (2, 4)
    assert len(found) == 4


def test_a_recording_that_changed_is_judged_again(
    some: list[Presentation], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "judge", Judge())
    run.attempts(some, synthetic_engine(), tmp_path / "kept.jsonl", workers=1)
    some[1].file.write_bytes(b"another")
    judge = Judge()
    monkeypatch.setattr(run, "judge", judge)
    run.attempts(some, synthetic_engine(), tmp_path / "kept.jsonl", workers=1)
    assert judge.asked == [["b.mp4"]]
