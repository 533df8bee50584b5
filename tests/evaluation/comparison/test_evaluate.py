import json
from dataclasses import replace
from pathlib import Path

import pytest

from simreg.errors import InputError
from simreg.evaluation.comparison.evaluate import Task, score, tell
from simreg.evaluation.comparison.pairs import all_pairs
from simreg.evaluation.comparison.score_file import read_scores
from simreg.evaluation.comparison.work_file import NAME
from simreg.models.progress import NullProgress

from .made_up import album, networks, photograph


@pytest.fixture
def task(tmp_path: Path) -> Task:
    images = album(tmp_path / "images")
    photograph(images / "p1" / "nobody.png", None)
    (images / "p2" / "damaged.jpg").write_bytes(b"\xff\xd8\xff")
    return Task(images, all_pairs(images), tmp_path / "out" / "deeper", "made up", "2026-11-23")


def test_every_comparison_is_told_also_those_that_could_not_be_made(task: Task) -> None:
    score(task, networks(), networks, NullProgress())
    table = read_scores(task.scores)
    assert len(table.similarity) == len(task.pairs.mated) == 91
    text = task.scores.read_text()
    assert "p1/0.png,p1/nobody.png,1,,probe-no-face\n" in text
    assert "p1/nobody.png,p2/damaged.jpg,0,,reference-no-face+probe-unreadable\n" in text
    assert table.origin.model_sha256 == networks().recogniser.sha256


def test_persons_are_told_apart_and_the_three_files_agree(task: Task) -> None:
    table = score(task, networks(), networks, NullProgress())
    summary = tell(task, table, {"p1": "x", "p2": "x", "p3": "y"}, None)
    told = json.loads((task.out / "summary.json").read_text())
    assert told["pictures"] | {"fta": None} == {"number": 14, "no_face": 1, "unreadable": 1, "fta": None}
    assert told["pictures"]["fta"]["value"] == pytest.approx(2 / 14)
    assert told["eer"]["value"] is None
    assert (summary.mated, summary.mated_compared) == (18, 12)
    assert "How well synthetic" in (task.out / "report.html").read_text()


def test_templates_do_not_stay_unless_asked_for(task: Task) -> None:
    score(task, networks(), networks, NullProgress())
    assert not (task.out / NAME).exists()
    score(replace(task, keep_templates=True), networks(), networks, NullProgress())
    assert (task.out / NAME).exists()


def test_scores_are_packed_when_asked_for(task: Task) -> None:
    whole = score(task, networks(), networks, NullProgress())
    packed = replace(task, compress=True)
    score(packed, networks(), networks, NullProgress())
    assert packed.scores.name == "scores.csv.gz"
    assert read_scores(packed.scores).pairs.names == read_scores(task.scores).pairs.names
    assert len(whole.similarity) == len(read_scores(packed.scores).similarity)


def test_a_file_in_the_place_of_the_folder_is_refused(task: Task, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InputError) as caught:
            score(replace(task, out=out), networks(), networks, NullProgress())
        assert caught.value.code == "output-not-folder"
