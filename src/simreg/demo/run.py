"""The three scenes, filmed, verified over their files, and laid out as pages."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from simreg.demo.film import record
from simreg.demo.folder import make_folder, save_picture
from simreg.demo.index import Shown, render_index
from simreg.demo.judged import as_expected, notes
from simreg.demo.scenarios import FPS, Scene, flat_print, ignores, live
from simreg.demo.subject import Subject, make_subject
from simreg.demo.words import LANGUAGES
from simreg.liveness.types import Action
from simreg.loading import load_engine
from simreg.models.progress import ProgressSink
from simreg.models.store import ModelStore
from simreg.output import write_text
from simreg.report.page import render_report
from simreg.verify_files import verify

CHALLENGE = (Action.TURN_LEFT, Action.BLINK, Action.TURN_RIGHT)
PORTRAIT, INDEX = "portrait.png", "index.html"


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was shown, and the page that shows it."""

    scenes: tuple[Shown, ...]
    page: Path

    @property
    def as_expected(self) -> bool:
        """Whether every scene ended as it had to."""
        return all(shown.as_expected for shown in self.scenes)


def demonstrate(folder: Path, language: str, progress: ProgressSink) -> Demonstration:
    """Film, verify and report the three scenes in a folder; raises `InputError` and `ModelError`."""
    words = LANGUAGES[language]
    store = ModelStore(progress=progress)
    engine = load_engine(progress=progress, store=store)
    subject = make_subject(store, engine.detector, engine.mesh)
    make_folder(folder)
    save_picture(subject.portrait, folder / PORTRAIT)
    shown = []
    for name, scene in _scenes(subject).items():
        title = words.scenes[name].title
        film, page = folder / f"{name}.mp4", folder / f"{name}.html"
        stills = record(scene, film, FPS, partial(_tell, progress, title, len(scene)))
        result = verify(folder / PORTRAIT, film, CHALLENGE, engine=engine, with_images=True, progress=progress)
        told = notes(name, result, words)
        write_text(page, render_report(result, title=title, notes=(words.intro, *told), language=language))
        shown.append(Shown(name, result, as_expected(name, result), tuple(told), tuple(stills), page, film))
    index = folder / INDEX
    write_text(index, render_index(shown, CHALLENGE, words))
    return Demonstration(tuple(shown), index)


def _tell(progress: ProgressSink, task: str, total: int, done: int) -> None:
    progress.update(task, done, total)


def _scenes(subject: Subject) -> dict[str, Scene]:
    return {
        "live": live(subject.head, CHALLENGE),
        "ignores": ignores(subject.head, CHALLENGE),
        "print": flat_print(subject.print, CHALLENGE),
    }
