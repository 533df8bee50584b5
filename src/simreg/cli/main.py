"""The command line: reads words, calls the package, prints, and gives an exit status."""

import argparse
import sys
from collections.abc import Sequence

from simreg import __version__
from simreg.cli import (
    attacks,
    calibrate,
    changes,
    database,
    demo,
    evaluate,
    inspect,
    keys,
    log,
    models,
    privacy,
    profiles,
    receipt,
    serve,
    staff,
    vault,
    verify,
    witness,
)
from simreg.errors import SimregError


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(prog="simreg", description="Portrait matching for phone-number registration.")
    top.add_argument("--version", action="version", version=f"simreg {__version__}")
    commands = top.add_subparsers(title="commands", dest="command", required=True)
    for module in (
        *(verify, demo, serve, profiles, keys, staff, changes, database, vault, privacy),
        *(evaluate, calibrate, attacks, models),
        *(log, receipt, witness, inspect),
    ):
        module.add_parser(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 2 for unusable input and 1 for a fault of the program."""
    options = parser().parse_args(arguments)
    try:
        return int(options.func(options))
    except SimregError as error:
        print(f"simreg: {error.code}: {error.sentence}\n{error.remedy}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        print("simreg: stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
