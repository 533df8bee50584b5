"""simreg attacks: makes attack presentations and manipulated captures out of bona fide clips."""

import argparse
import textwrap
from collections import Counter
from pathlib import Path

from simreg.cli.progress import Bar
from simreg.evaluation.attacks.make import Made, Parameters, make_attacks
from simreg.evaluation.attacks.manifest import NAME
from simreg.evaluation.attacks.registry import all_species, chosen
from simreg.loading import load_engine

WIDTH = 100


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    p = commands.add_parser(
        "attacks",
        help="make attacks out of bona fide clips, to measure with",
        description="Attack presentations and manipulated captures, made by code out of bona fide clips.",
    )
    verbs = p.add_subparsers(title="what to do", dest="verb", required=True)
    verbs.add_parser("list", help="say what each species imitates and what it leaves out").set_defaults(func=tell)
    make = verbs.add_parser(
        "make",
        help="make them",
        description="One recording for each clip and species, and a list of them all that `simreg evaluate pad` reads.",
    )
    make.add_argument(
        "--clips", type=Path, required=True, metavar="CSV", help="columns file, label, species, challenge, reference"
    )
    make.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the recordings and the list")
    make.add_argument("--seed", type=_seed, default=0, metavar="N", help="of all chance (default 0)")
    make.add_argument("--species", default="", metavar="NAMES", help="only these, separated by commas (default: all)")
    make.add_argument(
        "--seconds", type=_seconds, default=10.0, metavar="S", help="of each clip, around its actions (default 10)"
    )
    make.add_argument("--fps", type=_fps, default=15.0, metavar="N", help="most frames a second of a clip (default 15)")
    make.add_argument("--quiet", action="store_true", help="no progress bar")
    make.set_defaults(func=run)


def tell(_: argparse.Namespace) -> int:
    """Print each species with what it imitates and what it leaves out."""
    for species in all_species():
        print(f"{species.name} ({species.kind})")
        for label, text in (("imitates", species.imitates), ("leaves out", species.leaves_out)):
            print(textwrap.fill(text, WIDTH, initial_indent=f"  {label:<12}", subsequent_indent=" " * 14))
    return 0


def run(options: argparse.Namespace) -> int:
    """Make the attacks and say how many there are of each species."""
    species = chosen([name.strip() for name in options.species.split(",") if name.strip()])
    parameters = Parameters(options.seed, options.seconds, options.fps)
    with Bar(enabled=not options.quiet) as bar:
        engine = load_engine(progress=bar)
        done = make_attacks(options.clips, options.out, species, engine, parameters, bar)
    print(told(done))
    print(f"\nList: {options.out / NAME}")
    return 0


def told(done: Made) -> str:
    """How many recordings there are of each species, and what could not be made."""
    counts = Counter(row.species for row in done.rows if row.species)
    lines = [f"{done.made} recordings made, {done.kept} were there already."]
    lines += [f"  {count:4d}  {name}" for name, count in sorted(counts.items())]
    if done.unfit:
        lines.append("Not made, as the clip is not fit for it:")
        lines += [f"  {species}: {clip}" for clip, species in done.unfit]
    return "\n".join(lines)


def _seed(text: str) -> int:
    value = int(text)
    if not 0 <= value < 2**32:
        raise argparse.ArgumentTypeError("must be from 0 to 4294967295")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 2 <= value <= 60:
        raise argparse.ArgumentTypeError("must be from 2 to 60 seconds")
    return value


def _fps(text: str) -> float:
    value = float(text)
    if not 5 <= value <= 60:
        raise argparse.ArgumentTypeError("must be from 5 to 60 frames a second")
    return value
