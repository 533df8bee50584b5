import stat
from pathlib import Path

import numpy as np
import pytest

from simreg.errors import InputError
from simreg.evaluation.comparison.acquire import Template, acquire
from simreg.evaluation.comparison.templates import TASK, make_templates, picture_digest
from simreg.evaluation.comparison.types import Acquired
from simreg.evaluation.comparison.work_file import NAME, WorkFile

from .made_up import album, networks, photograph

MADE_WITH = {"recogniser": "one"}


def alike(one: Template, other: Template) -> bool:
    """Whether two templates are the same to the last bit."""
    assert one.features is not None
    assert other.features is not None
    return np.array_equal(one.features, other.features)


class Seen:
    """Remembers what it is told, and interrupts when so much is done."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.told: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def update(self, task: str, done: int, total: int) -> None:
        assert task == TASK
        self.told.append((done, total))
        if self._stop_at is not None and done >= self._stop_at:
            raise KeyboardInterrupt


def make(images: Path, names: list[str], work: WorkFile, seen: Seen, jobs: int = 1) -> list[Template]:
    return make_templates(images, names, work, networks(), networks, jobs, seen)


def names_of(images: Path) -> list[str]:
    return sorted(path.relative_to(images).as_posix() for path in images.rglob("*.png"))


def test_a_picture_gives_a_template_or_says_why_not(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    good = acquire(photograph(tmp_path / "anna.png", 1), networks())
    assert good.acquired is Acquired.TEMPLATE
    assert good.features is not None
    assert np.linalg.norm(good.features) == pytest.approx(1)
    assert acquire(photograph(tmp_path / "nobody.png", None), networks()) == (Acquired.NO_FACE, None)
    assert acquire(tmp_path / "text.jpg", networks()) == (Acquired.UNREADABLE, None)


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path) -> None:
    images = album(tmp_path / "images", persons=5, pictures=4)
    names = names_of(images)
    with pytest.raises(KeyboardInterrupt), WorkFile(tmp_path, MADE_WITH) as work:
        make(images, names, work, Seen(stop_at=8))
    with WorkFile(tmp_path, MADE_WITH) as work:
        assert len(work.templates) == 8
        seen = Seen()
        again = make(images, names, work, seen)
    assert seen.told[0] == (8, 20)
    assert seen.told[-1] == (20, 20)
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    with WorkFile(fresh, MADE_WITH) as work:
        whole = make(images, names, work, Seen())
    assert all(alike(one, other) for one, other in zip(again, whole, strict=True))


def test_other_processes_give_the_same_templates(tmp_path: Path) -> None:
    images = album(tmp_path / "images", persons=3, pictures=4)
    (tmp_path / "two").mkdir()
    with WorkFile(tmp_path, MADE_WITH) as one, WorkFile(tmp_path / "two", MADE_WITH) as two:
        here = make(images, names_of(images), one, Seen())
        there = make(images, names_of(images), two, Seen(), jobs=2)
    assert all(alike(a, b) for a, b in zip(here, there, strict=True))


def test_a_changed_picture_is_looked_at_again_and_a_copy_is_not(tmp_path: Path) -> None:
    images = tmp_path / "images"
    photograph(images / "a.png", 1)
    (images / "b.png").write_bytes((images / "a.png").read_bytes())
    with WorkFile(tmp_path, MADE_WITH) as work:
        seen = Seen()
        one, other = make(images, ["a.png", "b.png"], work, seen)
        assert seen.told[-1] == (1, 1)
        assert one is other
        photograph(images / "a.png", 2)
        changed, _ = make(images, ["a.png", "b.png"], work, Seen())
        assert not alike(changed, one)


def test_what_another_recogniser_made_is_thrown_away(tmp_path: Path) -> None:
    template = Template(Acquired.TEMPLATE, np.ones(4, np.float32))
    with WorkFile(tmp_path, MADE_WITH) as work:
        work.add("5e", template)
    with WorkFile(tmp_path, MADE_WITH) as work:
        assert not work.discarded
        assert alike(work.templates["5e"], template)
    with WorkFile(tmp_path, {"recogniser": "two"}) as work:
        assert work.discarded
        assert work.templates == {}
    assert "5e" not in (tmp_path / NAME).read_text()


def test_half_a_line_and_nonsense_are_left_out(tmp_path: Path) -> None:
    with WorkFile(tmp_path, MADE_WITH) as work:
        work.add("5e", Template(Acquired.NO_FACE, None))
        work.add("6e", Template(Acquired.TEMPLATE, np.ones(4, np.float32)))
    text = (tmp_path / NAME).read_text()
    for damage in ("[1]", "7", '{"picture": "x"}', "{", '{"picture": "x", "acquired": "template", "template": null}'):
        (tmp_path / NAME).write_text(text[:-20] + "\n" + damage + "\n")
        with WorkFile(tmp_path, MADE_WITH) as work:
            assert list(work.templates) == ["5e"]


def test_only_the_owner_can_read_templates(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("somebody else's")
    (tmp_path / NAME).chmod(0o644)
    with WorkFile(tmp_path, MADE_WITH):
        pass
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600


def test_a_folder_in_the_place_of_the_work_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(InputError) as caught:
        WorkFile(tmp_path, MADE_WITH)
    assert caught.value.code == "output-unwritable"


def test_a_picture_that_vanishes_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.png") as caught:
        picture_digest(tmp_path / "gone.png")
    assert caught.value.code == "picture-unknown"
