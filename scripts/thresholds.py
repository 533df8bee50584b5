"""Measures recognisers on pictures of known persons and writes the thresholds that come with simreg.

    python scripts/thresholds.py --lfw ../shared/material/lfw --out docs/results
    python scripts/thresholds.py --lfw FOLDER --recogniser mine.toml --out out --data out

The folder holds `images/PERSON/PICTURE.jpg` and `pairs.csv` (reference,probe,mated), as Labeled Faces in the Wild does.
For each recogniser it does what these two commands do, and writes up what is needed to check it:

    simreg evaluate comparison --images FOLDER/images --pairs FOLDER/pairs.csv --non-mated all --compress --out WORK/NAME
    simreg calibrate --scores WORK/NAME/scores.csv.gz --target-fmr 1e-3 ... --target-fmr 1e-5 --out DATA/NAME.json

so that the FNMR is that of the mated pairs of `pairs.csv`, and the FMR that of all pictures of different persons.

    comparison-NAME.csv.gz   the similarity of each row of pairs.csv, without names
    comparison-NAME.json     histograms of all similarities, error rates, versions and digests
    comparison-NAME.md       the same as a table
    NAME.json in --data      the thresholds

A whole run on LFW takes about five minutes a recogniser on two cores. The whole scores and the page stay in --work.
"""

import argparse
import csv
import gzip
import io
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simreg.cli.progress import Bar
from simreg.comparison.threshold_file import write_thresholds
from simreg.errors import SimregError
from simreg.evaluation.comparison.acquire import find_points, labelled
from simreg.evaluation.comparison.as_json import summary_as_json
from simreg.evaluation.comparison.calibrate import calibrate
from simreg.evaluation.comparison.evaluate import Task, score, tell
from simreg.evaluation.comparison.networks import Opener, open_by_name, open_finders
from simreg.evaluation.comparison.pairs import read_pairs, with_all_non_mated
from simreg.evaluation.comparison.summary import Summary
from simreg.evaluation.comparison.templates import cores
from simreg.evaluation.comparison.types import Floats, Numbers, Pairs, ScoreTable
from simreg.models.recogniser_file import BUILT_IN
from simreg.models.store import ModelStore

__all__ = ["SAME_PERSON", "find_points", "labelled", "main", "networks", "open_by_name", "read_folder"]

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "src" / "simreg" / "comparison" / "data"
TARGETS = (1e-3, 1e-4, 1e-5)

SAME_PERSON = {"mobilefacenet": 0.45, "dlib-resnet": 0.93}
"""Similarity below which two frames of one capture are two persons: docs/comparison.md, scripts/same_person.py."""

BIN = 0.005

networks = open_finders


@dataclass(frozen=True, slots=True)
class Folder:
    """A data set: its pictures by name, and the rows of its pairs as numbers of pictures."""

    root: Path
    names: tuple[str, ...]
    pairs: Numbers
    mated: NDArray[np.bool_]


def read_folder(root: Path) -> Folder:
    listed = read_pairs(root / "pairs.csv")
    return Folder(root, listed.names, listed.pictures, listed.mated)


def measure(name: str, listed: Pairs, args: argparse.Namespace, bar: Bar) -> None:
    images = args.lfw / "images"
    pairs = with_all_non_mated(listed, images)
    persons = len({picture.rpartition("/")[0] for picture in pairs.names})
    data_set = args.data_set.format(persons=persons, pictures=len(pairs.names))
    opener = Opener(name)
    opened = opener(ModelStore(progress=bar))
    out = args.work / opened.recogniser.name
    task = Task(images, pairs, out, data_set, args.date, args.jobs, keep_templates=args.keep_templates, compress=True)
    table = score(task, opened, opener, bar)
    summary = tell(task, table, None, None)
    record(summary, table, listed, args)


def record(summary: Summary, table: ScoreTable, listed: Pairs, args: argparse.Namespace) -> None:
    """Write the thresholds, and what is kept of the measurement."""
    name = table.origin.recogniser
    source = f"scripts/thresholds.py, docs/results/comparison-{name}.md"
    thresholds = calibrate(table, TARGETS, source, SAME_PERSON.get(name))
    for folder in (args.data, args.out):
        folder.mkdir(parents=True, exist_ok=True)
    (args.data / f"{name}.json").write_text(write_thresholds(thresholds), encoding="utf-8")
    (args.out / f"comparison-{name}.csv.gz").write_bytes(rows_as_csv(listed.mated, similarities(listed, table)))
    (args.out / f"comparison-{name}.json").write_text(json.dumps(facts(summary, table), indent=1) + "\n", "utf-8")
    text = page(summary)
    (args.out / f"comparison-{name}.md").write_text(text, encoding="utf-8")
    print(text)


def similarities(listed: Pairs, table: ScoreTable) -> Floats:
    """The similarity of each row of the list, in its order; NaN where a picture was not acquired."""
    number = {name: index for index, name in enumerate(table.pairs.names)}
    renumbered = np.array([number[name] for name in listed.names])[listed.pictures]

    def keys(pictures: Numbers) -> Numbers:
        return np.asarray(pictures.min(axis=1) * len(number) + pictures.max(axis=1), np.int64)

    all_keys = keys(table.pairs.pictures)
    order = np.argsort(all_keys)
    return table.similarity[order[np.searchsorted(all_keys, keys(renumbered), sorter=order)]]


def rows_as_csv(mated: NDArray[np.bool_], similarity: Floats) -> bytes:
    """Row number of pairs.csv, mated, similarity (empty where not acquired): no names, no features."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(("row", "mated", "similarity"))
    for index, (same, value) in enumerate(zip(mated, similarity, strict=True), start=1):
        out.writerow((index, int(same), "" if np.isnan(value) else f"{value:.5f}"))
    return gzip.compress(text.getvalue().encode(), mtime=0)


def facts(summary: Summary, table: ScoreTable) -> dict[str, object]:
    """Everything of summary.json, with finer histograms, and what was installed."""
    told = summary_as_json(summary)
    compared = ~np.isnan(table.similarity)
    return {
        "recogniser": table.origin.recogniser,
        "model_sha256": table.origin.model_sha256,
        "preprocessing": table.origin.preprocessing,
        **{key: told[key] for key in ("date", "data_set", "pairs", "persons", "pictures")},
        "mated": summary.mated_compared,
        "non_mated": summary.non_mated_compared,
        "versions": {name: version(name) for name in ("onnxruntime", "numpy", "opencv-python-headless")},
        **{key: told[key] for key in ("eer", "operating_points")},
        "mated_histogram": fine_histogram(table.similarity[compared & table.pairs.mated]),
        "non_mated_histogram": fine_histogram(table.similarity[compared & ~table.pairs.mated]),
    }


def fine_histogram(similarity: Floats) -> dict[str, int]:
    """Lower edge of each bin that is not empty, and its count."""
    counts = np.histogram(similarity, round(2 / BIN), (-1.0, 1.0 + 1e-6))[0]
    return {f"{-1 + index * BIN:.3f}": int(count) for index, count in enumerate(counts) if count}


def page(s: Summary) -> str:
    """The figures as a table."""
    lines = [
        f"# {s.origin.recogniser} on {s.origin.data_set}",
        "",
        f"{s.origin.date}; weights {s.origin.model_sha256}; `{s.origin.preprocessing}`. {s.mated_compared:,} mated and "
        f"{s.non_mated_compared:,} non-mated comparisons of single pictures; no template of {s.fta.errors} pictures. "
        "Intervals: 95 %, bootstrapped by person. Made by `scripts/thresholds.py`.",
        "",
        "| target FMR | similarity | FMR | interval | FNMR | interval |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for point in s.points:
        if point.rates is not None:
            fmr, fnmr = point.rates.fmr, point.rates.fnmr
            lines.append(
                f"| {point.target_fmr:g} | {point.rates.similarity:.4f} | {fmr.errors / fmr.trials:.2e} "
                f"| {fmr.interval.low:.1e} .. {fmr.interval.high:.1e} | {fnmr.errors / fnmr.trials:.2%} "
                f"| {100 * fnmr.interval.low:.2f} .. {100 * fnmr.interval.high:.2f} % |"
            )
    return "\n".join(lines) + "\n"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lfw", type=Path, required=True, help="folder with images/ and pairs.csv")
    parser.add_argument("--recogniser", action="append", help="built-in name or recogniser file; default: all built-in")
    parser.add_argument("--out", type=Path, required=True, help="folder for scores and tables")
    parser.add_argument("--data", type=Path, default=SHIPPED, help="folder for the thresholds")
    parser.add_argument("--work", type=Path, help="folder for the whole scores; default: a temporary one")
    parser.add_argument("--jobs", type=int, default=cores(), help="processes")
    parser.add_argument("--keep-templates", action="store_true", help="leave the templates in --work")
    parser.add_argument("--date", default=date.today().isoformat(), help="day of the measurement")
    parser.add_argument(
        "--data-set",
        default="Labeled Faces in the Wild (deep-funneled, {persons} persons, {pictures} pictures)",
        help="what to call the data set",
    )
    args = parser.parse_args(argv)
    try:
        with tempfile.TemporaryDirectory() as temporary, Bar() as bar:
            args.work = args.work or Path(temporary)
            listed = read_pairs(args.lfw / "pairs.csv")
            for name in args.recogniser or BUILT_IN:
                measure(name, listed, args, bar)
    except SimregError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main())
