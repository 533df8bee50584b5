"""``simreg serve``: the server, with the subscriber's page, the staff's pages and the operator's API."""

import argparse
import os
import sys
from typing import Any

from simreg.cli.progress import Bar
from simreg.cli.server import server_part
from simreg.settings import PREFIX, read_settings

OPTIONS = (("host", "ADDRESS", "address to listen on"), ("port", "PORT", "port to listen on"))
"""Settings that can be given as options, too."""


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``serve``; it sets ``func``, which returns the exit status."""
    text = "run the server: the subscriber's page, the staff's pages, the operator's API"
    command = subparsers.add_parser("serve", help=text, description=f"{text}. docs/settings.md has all settings.")
    for name, value, what in OPTIONS:
        command.add_argument(f"--{name}", metavar=value, help=f"{what} (default: {PREFIX}{name.upper()})")
    command.add_argument("--open", action="store_true", help="open the trial page in the browser")
    command.set_defaults(func=serve)


def serve(options: argparse.Namespace) -> int:
    """Run the server until it is told to end: 0."""
    given = {PREFIX + name.upper(): value for name, _, _ in OPTIONS if (value := getattr(options, name)) is not None}
    settings = read_settings({**os.environ, **given})
    with server_part():
        from simreg.serve import serve as run
    with Bar() as progress:
        return run(settings, lambda line: print(line, file=sys.stderr, flush=True), progress, open_page=options.open)
