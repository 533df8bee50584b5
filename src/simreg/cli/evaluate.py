"""simreg evaluate: how good it is, measured on anybody's data."""

import argparse

from simreg.cli import evaluate_comparison, evaluate_pad


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser."""
    p = commands.add_parser(
        "evaluate",
        help="measure error rates on your own data",
        description="How often simreg is wrong, measured on your own data, with intervals.",
    )
    what = p.add_subparsers(title="what to measure", dest="what", required=True)
    evaluate_comparison.add_parser(what)
    evaluate_pad.add_parser(what)
