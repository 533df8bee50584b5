"""``simreg witness``: watch a log from another machine, co-sign what is honest, and raise an alarm when it is not."""

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simreg.cli.server import server_part
from simreg.errors import SimregError

if TYPE_CHECKING:
    from simreg.cli.witness_watch import Watch

FINE, ALARM, UNTOLD = 0, 1, 3
"""Exit statuses; unusable input is 2, as everywhere."""


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``witness``; it sets ``func``, which returns the exit status."""
    text = "watch a log, co-sign its checkpoints, raise an alarm on a fork or a roll-back"
    statuses = "Exit status: 0 all is well, 1 alarm, 3 an address could not be read or proved nothing."
    command = subparsers.add_parser("witness", help=text, description=f"{text}. {statuses}")
    command.add_argument("address", nargs="+", metavar="URL", help="where the log is served; several for one log")
    command.add_argument("--key", required=True, metavar="VKEY", help="the log's public key, or a file with it")
    command.add_argument("--name", required=True, metavar="NAME", help="the witness's name, such as witness.example/1")
    command.add_argument("--key-file", required=True, type=Path, metavar="FILE", help="its secret, for its owner only")
    command.add_argument("--memory", required=True, type=Path, metavar="FILE", help="what it remembers; keep it safe")
    command.add_argument("--out", type=Path, metavar="FILE", help="where the co-signed checkpoint is written")
    command.add_argument(
        "--alarm", metavar="COMMAND", help="a program that is run on an alarm, with its text as argument"
    )
    command.add_argument("--every", type=int, default=60, metavar="SECONDS", help="how often to look (default: 60)")
    command.add_argument("--once", action="store_true", help="look once and end")
    command.set_defaults(func=witness)


def witness(options: argparse.Namespace) -> int:
    """Watch a log until an alarm, or once: 0, 1 for an alarm, 3 where nothing could be told."""
    with server_part():
        from simreg.cli.log_parts import key_argument
        from simreg.cli.witness_watch import Watch
        from simreg.log.keys import Kind, Signer
        from simreg.privacy.keys import read_secret
    signer = Signer(options.name, read_secret(options.key_file), Kind.COSIGNATURE)
    watch = Watch(key_argument(options.key), signer, options.memory, options.out)
    while True:
        status = max((_look(watch, address, options) for address in options.address), key=(FINE, UNTOLD, ALARM).index)
        if options.once or status == ALARM:
            return status
        time.sleep(max(1, options.every))


def _look(watch: "Watch", address: str, options: argparse.Namespace) -> int:
    """Look at one address, and say what was found."""
    from simreg.log.witness import ALARMS, SENTENCES

    try:
        finding, checkpoint = watch.look(address, options.address, int(time.time()))
    except SimregError as error:
        print(f"{address}: {error.code}: {error.sentence}", file=sys.stderr, flush=True)
        return UNTOLD
    line = f"{address}: {finding}: {SENTENCES[finding]} {checkpoint.size} leaves, root {checkpoint.root.hex()}"
    if finding not in ALARMS:
        print(line, flush=True)
        return FINE
    print(f"ALARM {line}", flush=True)
    if options.alarm:
        try:
            subprocess.run([options.alarm, line], check=False, timeout=60)  # noqa: S603 - the witness's own program
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"simreg: the alarm program failed: {error}", file=sys.stderr)
    return ALARM
