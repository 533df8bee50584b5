"""``simreg database``: bring the tables up to date, and say whether they are."""

import argparse
import os
from typing import Any

from simreg.errors import InputError


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``database`` and its commands; each sets ``func``, which returns the exit status."""
    database = subparsers.add_parser("database", help="look after the server's database").add_subparsers(
        dest="database_command", metavar="COMMAND", required=True
    )
    for name, func, text in (
        ("upgrade", upgrade, "make the tables, or bring them up to date"),
        ("check", check, "say whether the database answers and its tables are up to date"),
    ):
        command = database.add_parser(name, help=text, description=f"{text}; SIMREG_DATABASE names the database")
        command.set_defaults(func=func)


def upgrade(_: argparse.Namespace) -> int:
    """Make or upgrade the tables: 0."""
    _open().upgrade()
    print("The tables are up to date.")
    return 0


def check(_: argparse.Namespace) -> int:
    """Whether database and tables are as they have to be: 0, else 2."""
    if _open().ready():
        print("The database answers, and its tables are up to date.")
        return 0
    print("The database does not answer, or its tables are not up to date: simreg database upgrade.")
    return 2


def _open() -> Any:
    from simreg.settings import read_settings

    try:
        from simreg.storage.database import open_database
    except ModuleNotFoundError as error:
        sentence = f"The server's part is not installed: {error.name} is missing."
        raise InputError("server-missing", sentence, "pip install 'simreg[server]'.") from None
    return open_database(read_settings(os.environ).database)
