"""simreg evaluate pad: error rates of presentation attack detection, by species, and what each check catches."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from simreg.cli.progress import Bar
from simreg.demo.folder import make_folder
from simreg.evaluation.pad.clips import read_clips
from simreg.evaluation.pad.page import render_pad
from simreg.evaluation.pad.run import attempts
from simreg.evaluation.pad.summary import summary
from simreg.evaluation.pad.table import as_csv
from simreg.evaluation.pad.words import told
from simreg.liveness.challenge import MOST_ACTIONS
from simreg.loading import load_engine
from simreg.output import write_text

MOST_DRAWS, MOST_WORKERS = 1000, 256


def add_parser(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of `simreg evaluate`."""
    p = subcommands.add_parser(
        "pad",
        help="error rates of presentation attack detection",
        description="Judges recordings of live persons and of attacks, and says how often each is taken for the other.",
        epilog="A run that was stopped goes on where it was. Exit status: 0 done, 2 unusable input, 130 stopped.",
    )
    p.add_argument(
        "--clips",
        type=Path,
        required=True,
        action="append",
        metavar="CSV",
        help="list of recordings: file,label,species,challenge,reference; may be given several times",
    )
    p.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    p.add_argument(
        "--draws",
        type=_from_1_to(MOST_DRAWS),
        default=1,
        metavar="K",
        help="challenges drawn for each row that asks for random (default 1)",
    )
    p.add_argument(
        "--actions",
        type=_from_1_to(MOST_ACTIONS),
        default=3,
        metavar="N",
        help="actions in a drawn challenge (default 3)",
    )
    p.add_argument("--redraw", action="store_true", help="draw challenges for every attack, whatever its row asks for")
    p.add_argument("--recogniser", type=Path, metavar="FILE", help="your own recogniser, described in a TOML file")
    p.add_argument("--threshold", type=Path, metavar="FILE", help="your own threshold, for the recogniser in use")
    p.add_argument("--workers", type=_from_1_to(MOST_WORKERS), metavar="N", help="processes (default: one for each core)")
    p.add_argument("--with-images", action="store_true", help="put pictures of what was judged wrongly into the report")
    p.add_argument("--quiet", action="store_true", help="no progress bar")
    p.set_defaults(func=run)


def run(options: argparse.Namespace) -> int:
    """Judge all recordings, write the results and tell the figures."""
    presentations = read_clips(options.clips, options.draws, options.actions, redraw=options.redraw)
    make_folder(options.out)
    out: Path = options.out
    with Bar(enabled=not options.quiet) as bar:
        engine = load_engine(options.recogniser, options.threshold, bar)
        found = attempts(
            presentations,
            engine,
            out / "kept.jsonl",
            recogniser=options.recogniser,
            threshold=options.threshold,
            workers=options.workers,
            progress=bar,
        )
    figures = summary(found, engine)
    write_text(out / "attempts.csv", as_csv(found))
    write_text(out / "summary.json", json.dumps(figures, indent=2, ensure_ascii=False, allow_nan=False) + "\n")
    write_text(out / "report.html", render_pad(figures, found, with_images=options.with_images))
    print(f"{told(figures)}\n\nReport: {out / 'report.html'}")
    return 0


def _from_1_to(most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if not 1 <= value <= most:
            raise argparse.ArgumentTypeError(f"must be from 1 to {most}")
        return value

    return number
