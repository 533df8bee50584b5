"""The digest of the algorithm: it follows what the code does and nothing else."""

import shutil
from pathlib import Path

import pytest

import simreg
from simreg.evaluation.algorithm import PARTS, algorithm_digest, algorithm_files

PACKAGE = Path(simreg.__path__[0])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in algorithm_files(PACKAGE):
        target = tmp_path / path.relative_to(PACKAGE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return tmp_path


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_part_is_there_and_tells() -> None:
    for part in PARTS:
        assert (PACKAGE / part).exists()
    names = {path.relative_to(PACKAGE).as_posix() for path in algorithm_files(PACKAGE)}
    assert {"liveness/checks/continuity.py", "face/recogniser.py", "comparison/data/mobilefacenet.json"} <= names


def test_a_copy_has_the_same_digest(copy: Path) -> None:
    assert algorithm_digest(copy) == algorithm_digest()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("liveness/checks/continuity.py", "MOST_JUMP = 2.6", "MOST_JUMP = 2.7"),
        ("face/pose.py", "left[:, 2] *= -1", "left[:, 2] *= 1"),
        ("models/manifest.toml", "sha256", "sha-256"),
        ("sampling.py", "EARLY = 4", "EARLY = 5"),
    ],
)
def test_a_change_of_what_is_done_changes_it(copy: Path, file: str, old: str, new: str) -> None:
    rewrite(copy / file, old, new)
    assert algorithm_digest(copy) != algorithm_digest()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sampling.py", "EARLY = 4\n", "EARLY = 4  # of them\n\n\n"),
        ("sampling.py", '"""Takes', '"""It takes'),
        ("sampling.py", "MOST_YAW = 45.0\n", "MOST_YAW = (\n    45.0\n)\n"),
    ],
)
def test_words_and_layout_do_not(copy: Path, file: str, old: str, new: str) -> None:
    rewrite(copy / file, old, new)
    assert algorithm_digest(copy) == algorithm_digest()


def test_a_new_check_and_a_lost_one_change_it(copy: Path) -> None:
    before = algorithm_digest(copy)
    (copy / "liveness/checks/new.py").write_text("NAME = 'new'\n", encoding="utf-8")
    added = algorithm_digest(copy)
    (copy / "liveness/checks/new.py").unlink()
    (copy / "liveness/checks/loop.py").unlink()
    assert len({before, added, algorithm_digest(copy)}) == 3
