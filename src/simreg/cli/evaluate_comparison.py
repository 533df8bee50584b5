"""simreg evaluate comparison: error rates of the face comparison on pictures of known persons."""

import argparse
import sys
from datetime import date
from pathlib import Path

from simreg.cli.progress import Bar
from simreg.evaluation.comparison.evaluate import Task, score, tell
from simreg.evaluation.comparison.networks import Opener, best_recogniser, threshold_in_use
from simreg.evaluation.comparison.pairs import all_pairs, read_pairs, with_all_non_mated
from simreg.evaluation.comparison.persons import read_groups
from simreg.evaluation.comparison.summary import Summary
from simreg.evaluation.comparison.templates import cores
from simreg.evaluation.comparison.types import Pairs
from simreg.evaluation.comparison.work_file import NAME
from simreg.evaluation.report.words import rate, share, span
from simreg.models.store import ModelStore

ALL = "all"


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser of `simreg evaluate`."""
    p = commands.add_parser(
        "comparison",
        help="error rates of comparing faces",
        description="How often two persons match, how often one person does not, and at which threshold. Writes "
        "scores.csv (every comparison), summary.json and report.html.",
        epilog=f"Templates are biometric data. While it runs they are kept in DIR/{NAME}, which only you can read, so "
        "that an interrupted run goes on where it was; the file is deleted at the end.",
    )
    p.add_argument("--images", type=Path, required=True, metavar="DIR", help="folder of the pictures")
    p.add_argument(
        "--pairs",
        required=True,
        metavar="CSV",
        help="what to compare: columns reference, probe (pictures in the folder), mated (1 or 0); or the word "
        "'all', where the folder holds a folder for each person",
    )
    p.add_argument(
        "--non-mated",
        choices=("listed", ALL),
        default="listed",
        help="non-mated pairs: those listed, or all pictures of different persons' folders (default: listed)",
    )
    p.add_argument("--groups", type=Path, metavar="CSV", help="columns person, group: rates of each group as well")
    p.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    p.add_argument("--recogniser", metavar="NAME|FILE", help="a built-in recogniser, or your own (TOML file)")
    p.add_argument("--threshold", type=Path, metavar="FILE", help="a threshold to be judged (default: the usual one)")
    p.add_argument("--data-set", metavar="NAME", help="what to call the pictures (default: the folder's name)")
    p.add_argument("--jobs", type=_jobs, default=cores(), metavar="N", help="processes (default: one for each core)")
    p.add_argument("--compress", action="store_true", help="write scores.csv.gz instead of scores.csv")
    p.add_argument("--keep-templates", action="store_true", help="do not delete the templates at the end")
    p.add_argument("--quiet", action="store_true", help="no progress bar")
    p.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Measure, write the three files, and tell the main figures."""
    pairs = _pairs(options)
    stated = None if options.groups is None else read_groups(options.groups)
    task = Task(
        images=options.images,
        pairs=pairs,
        out=options.out,
        data_set=" ".join((options.data_set or options.images.resolve().name).split()) or "pictures",
        day=date.today().isoformat(),
        jobs=options.jobs,
        keep_templates=options.keep_templates,
        compress=options.compress,
    )
    with Bar(enabled=not options.quiet) as bar:
        store = ModelStore(progress=bar)
        opener = Opener(options.recogniser or best_recogniser(store))
        networks = opener(store)
        threshold = threshold_in_use(opener.recogniser, options.threshold, networks.recogniser)
        try:
            table = score(task, networks, opener, bar)
        except KeyboardInterrupt:
            print(f"What is done is kept in {options.out / NAME}; the same command goes on from there.", file=sys.stderr)
            raise
        summary = tell(task, table, stated, threshold)
    print(told(summary))
    print(f"\nReport: {options.out / 'report.html'}\nScores: {task.scores}")
    if options.keep_templates:
        print(f"Templates (biometric data): {options.out / NAME}")
    return 0


def told(s: Summary) -> str:
    """The main figures in words for a terminal."""
    lines = [
        f"{s.origin.recogniser} on {s.origin.data_set}: {s.mated_compared:,} mated and {s.non_mated_compared:,} "
        f"non-mated comparisons of {s.persons:,} persons (taken from {s.persons_from})",
        f"  failure to acquire     {rate(s.fta)} ({s.no_face:,} without a face, {s.unreadable:,} unreadable)",
        "  equal error rate       " + ("not known" if s.eer is None else f"{rate(s.eer)} ({span(s.eer.interval)})"),
    ]
    for point in s.points:
        name = f"  FNMR at FMR {share(point.target_fmr):<12}"
        if point.rates is not None:
            fnmr = f"{rate(point.rates.fnmr)} ({span(point.rates.fnmr.interval)})"
            lines.append(f"{name} {fnmr} at similarity {point.rates.similarity:.4f}")
        else:
            lines.append(f"{name} not known: too few non-mated comparisons")
    if s.in_use is not None:
        at, rates = s.in_use.threshold.value, s.in_use.rates
        lines.append(f"  at the threshold in use, {at:.4f}: FMR {rate(rates.fmr)}, FNMR {rate(rates.fnmr)}")
    return "\n".join(lines)


def _pairs(options: argparse.Namespace) -> Pairs:
    if options.pairs == ALL:
        return all_pairs(options.images)
    listed = read_pairs(Path(options.pairs))
    return with_all_non_mated(listed, options.images) if options.non_mated == ALL else listed


def _jobs(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 512:
        raise argparse.ArgumentTypeError("must be from 1 to 512")
    return value
