"""The whole walk: pictures and pairs in; scores, figures and a page out."""

import json
from dataclasses import dataclass
from pathlib import Path

from simreg import __version__
from simreg.comparison.types import Threshold
from simreg.errors import InputError
from simreg.evaluation.algorithm import algorithm_digest
from simreg.evaluation.comparison.acquire import Networks, OpenNetworks
from simreg.evaluation.comparison.as_json import summary_as_json
from simreg.evaluation.comparison.page import render
from simreg.evaluation.comparison.pairs import check_pictures
from simreg.evaluation.comparison.score_file import write_scores
from simreg.evaluation.comparison.scores import compare_pairs
from simreg.evaluation.comparison.summary import Summary, summarise
from simreg.evaluation.comparison.templates import make_templates
from simreg.evaluation.comparison.types import Origin, Pairs, ScoreTable
from simreg.evaluation.comparison.work_file import WorkFile
from simreg.models.progress import ProgressSink
from simreg.output import write_text


@dataclass(frozen=True, slots=True)
class Task:
    """What is compared and where the result goes.

    ``data_set`` is what to call the pictures, ``day`` the date of the measurement; ``jobs`` is the number of processes;
    ``keep_templates`` leaves the work file, which is biometric data; ``compress`` makes scores.csv.gz of scores.csv.
    """

    images: Path
    pairs: Pairs
    out: Path
    data_set: str
    day: str
    jobs: int = 1
    keep_templates: bool = False
    compress: bool = False

    @property
    def scores(self) -> Path:
        """Where the scores go."""
        return self.out / ("scores.csv.gz" if self.compress else "scores.csv")


def score(task: Task, networks: Networks, opener: OpenNetworks, progress: ProgressSink) -> ScoreTable:
    """Make the templates, compare, and write the scores.

    An interrupted run is taken up where it was. Raises InputError ``images-missing``, ``picture-unknown``,
    ``output-not-folder``, ``output-unwritable``.
    """
    check_pictures(task.pairs, task.images)
    try:
        task.out.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise InputError("output-not-folder", f"{task.out} is not a folder.", "Name another one with --out.") from error
    except OSError as error:
        sentence = f"{task.out} cannot be made: {error.strerror or error}."
        raise InputError("output-unwritable", sentence, "Name a folder that may be written.") from error
    recogniser = networks.recogniser
    made_with = {
        "recogniser": recogniser.sha256,
        "preprocessing": recogniser.preprocessing,
        "finders": " ".join(networks.digests),
        "algorithm": algorithm_digest(),
    }
    with WorkFile(task.out, made_with) as work:
        templates = make_templates(task.images, task.pairs.names, work, networks, opener, task.jobs, progress)
    origin = Origin(
        recogniser=recogniser.name,
        model_sha256=recogniser.sha256,
        preprocessing=recogniser.preprocessing,
        data_set=task.data_set,
        pairs=task.pairs.source,
        date=task.day,
        version=__version__,
    )
    table = compare_pairs(task.pairs, templates, origin)
    write_scores(task.scores, table)
    if not task.keep_templates:
        work.path.unlink(missing_ok=True)
    return table


def tell(task: Task, table: ScoreTable, stated: dict[str, str] | None, threshold: Threshold | None) -> Summary:
    """Make the figures, and write summary.json and report.html beside the scores."""
    summary = summarise(table, stated, threshold)
    text = json.dumps(summary_as_json(summary), ensure_ascii=False, indent=1, allow_nan=False)
    write_text(task.out / "summary.json", text + "\n")
    write_text(task.out / "report.html", render(summary))
    return summary
