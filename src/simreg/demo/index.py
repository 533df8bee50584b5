"""The page that shows the three scenes side by side and leads to their reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from simreg.capture.frame import Image
from simreg.demo.words import Words
from simreg.liveness.types import Action
from simreg.report.pictures import data_uri
from simreg.report.texts import texts_for
from simreg.result import VerificationResult


@dataclass(frozen=True, slots=True)
class Shown:
    """One scene: its name, its result, whether it ended as it had to, what it shows, and where it can be looked at."""

    name: str
    result: VerificationResult
    as_expected: bool
    notes: tuple[str, ...]
    stills: tuple[Image, ...]
    page: Path
    film: Path


def render_index(shown: Sequence[Shown], challenge: Sequence[Action], words: Words) -> str:
    """The page as HTML text; it needs only the films and reports beside it."""
    loader = ChoiceLoader([PackageLoader("simreg.demo"), PackageLoader("simreg.report")])
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    names = texts_for(words.language).actions.names
    return environment.get_template("index.html.j2").render(
        words=words,
        asked=asked(challenge, words),
        command=",".join(challenge),
        names=names,
        shown=shown,
        stills=[[data_uri(still) for still in one.stills] for one in shown],
    )


def asked(challenge: Sequence[Action], words: Words) -> str:
    """The sentence that names what is asked for."""
    names = texts_for(words.language).actions.names
    return words.asked.format(challenge=("、" if words.language == "zh" else ", ").join(names[a] for a in challenge))
