"""``simreg privacy``: what is held of people."""

import argparse
import json
import os
from dataclasses import asdict
from datetime import datetime
from typing import Any

from simreg.cli.server import server_part
from simreg.settings import read_settings

ALARM = 3
"""Exit status where so many faces are stored that somebody has to be told."""


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``privacy`` and its command; it sets ``func``, which returns the exit status."""
    privacy = subparsers.add_parser("privacy", help="what is held of people").add_subparsers(
        dest="privacy_command", metavar="COMMAND", required=True
    )
    text = "say what is held, of how many people, why, and when it goes; exit status 3 where too many faces are stored"
    command = privacy.add_parser(
        "report", help="what is held, of how many people, why, and when it goes", description=text
    )
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(func=report)


def report(options: argparse.Namespace) -> int:
    """Print the account: 0, or 3 for an alarm."""
    with server_part():
        from simreg.service.account import account
        from simreg.storage.database import open_database
    database = open_database(read_settings(os.environ).database)
    try:
        told = account(database)
    finally:
        database.close()
    if options.json:
        print(json.dumps(asdict(told) | {"alarm": told.alarm}, default=datetime.isoformat, indent=2))
    else:
        for one in told.held:
            goes = "with the end of the service" if one.last_goes is None else f"by {one.last_goes:%Y-%m-%d %H:%M} UTC"
            print(f"{one.what}: {one.pieces:,} of {one.cases:,} cases, {one.people:,} people; goes {goes}\n  {one.why}")
        print(f"Stored faces: {told.faces:,}. Keys that wait to be destroyed: {told.keys_waiting:,}.")
        print(told.alarm or "No alarm.")
    return ALARM if told.alarm else 0
