"""simreg calibrate: thresholds for `simreg verify --threshold`, made of measured scores."""

import argparse
import hashlib
from pathlib import Path

from simreg.comparison.threshold_file import write_thresholds
from simreg.comparison.types import Threshold
from simreg.evaluation.comparison.calibrate import calibrate
from simreg.evaluation.comparison.score_file import read_scores
from simreg.output import write_text


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    p = commands.add_parser(
        "calibrate",
        help="make a threshold of measured scores",
        description="The lowest threshold that keeps to a false match rate on your own data, with its error rates.",
    )
    p.add_argument("--scores", type=Path, required=True, metavar="CSV", help="scores.csv of `simreg evaluate comparison`")
    p.add_argument(
        "--target-fmr",
        type=float,
        action="append",
        required=True,
        metavar="RATE",
        help="1e-4: one in 10,000 comparisons of different persons may match; may be given several times",
    )
    p.add_argument("--out", type=Path, required=True, metavar="JSON", help="file for the thresholds")
    p.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Make the thresholds, write them, and tell what they are worth."""
    table = read_scores(options.scores)
    with options.scores.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    found = calibrate(table, options.target_fmr, f"simreg calibrate, {_plain(options.scores.name)} sha256 {digest}")
    write_text(options.out, write_thresholds(found))
    print("\n".join(map(told, found)))
    print(f"\nThresholds: {options.out}")
    return 0


def told(one: Threshold) -> str:
    """A threshold in words for a terminal."""
    return (
        f"FMR {one.target_fmr:g} with {one.recogniser}: similarity {one.value:.4f}, referral from {one.refer_from:.4f}\n"
        f"  FMR  {one.fmr:.2e} ({one.fmr_interval.low:.1e} .. {one.fmr_interval.high:.1e}), "
        f"{one.non_mated:,} non-mated comparisons\n"
        f"  FNMR {one.fnmr:.2%} ({one.fnmr_interval.low:.2%} .. {one.fnmr_interval.high:.2%}), "
        f"{one.mated:,} mated comparisons"
    )


def _plain(name: str) -> str:
    return name if name.isprintable() else "scores"
