"""``simreg changes``: what two people have to agree to before the server uses it."""

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simreg.cli.server import server_part
from simreg.settings import read_settings

if TYPE_CHECKING:
    from simreg.service.changes import Changes
    from simreg.storage.proposals import Proposal
    from simreg.storage.types import StaffMember

KINDS = ("policy", "threshold", "recogniser", "role")


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``changes`` and its commands; each sets ``func``, which returns the exit status."""
    text = "rules, thresholds, recognisers and roles: propose a change, agree to somebody else's"
    changes = subparsers.add_parser("changes", help=text).add_subparsers(
        dest="changes_command", metavar="COMMAND", required=True
    )
    changes.add_parser("list", help="show what waits, and the last that was decided").set_defaults(func=list_)
    command = changes.add_parser("propose", help="propose a change", description="propose a change")
    command.add_argument("kind", choices=KINDS, help="what changes")
    command.add_argument("value", metavar="FILE|NAME=ROLE", help="the new file, or a member's name and new role")
    _add_who(command)
    command.set_defaults(func=propose)
    for name, func, text in (("agree", agree, "agree to a proposal"), ("refuse", refuse, "refuse one")):
        command = changes.add_parser(name, help=text, description=text)
        command.add_argument("id", metavar="ID", help="the proposal's id")
        _add_who(command)
        command.set_defaults(func=func)


def _add_who(command: argparse.ArgumentParser) -> None:
    text = "who you are: a compliance officer or an operator; password and code are asked for, or read a line each"
    command.add_argument("--as", dest="name", metavar="NAME", required=True, help=text)


def list_(_: argparse.Namespace) -> int:
    """Show proposals: 0."""
    with _office() as (changes, _sign_in):
        for one in changes.waiting():
            print(f"{one.id}  {_told(one)}  by {one.proposed_by}, waits until {one.expires_at:%Y-%m-%d %H:%M}")
        for one in changes.ended():
            print(f"{one.id}  {_told(one)}  by {one.proposed_by} and {one.second or 'nobody else'}: {one.outcome}")
    return 0


def propose(options: argparse.Namespace) -> int:
    """Propose a change: 0."""
    from simreg.decision.profiles.shelf import load_file
    from simreg.models.files import sha256_of

    with _office() as (changes, sign_in):
        from simreg.service.changes import Kind
        from simreg.service.leaves import policy_digest

        kind, target, value = Kind(options.kind), options.kind, ""
        if kind is Kind.ROLE:
            target, _, value = options.value.partition("=")
        elif kind is Kind.POLICY:
            profile = load_file(Path(options.value))
            target, value = profile.name, policy_digest(profile)
        else:
            value = sha256_of(Path(options.value))
        made = changes.propose(kind, target, value, f"staff:{sign_in(options.name).id}")
    print(f"{made.id}  {_told(made)}")
    print("It is carried out." if made.outcome else "Somebody else has to agree: simreg changes agree ID --as NAME.")
    return 0


def agree(options: argparse.Namespace) -> int:
    """Agree to a proposal: 0."""
    with _office() as (changes, sign_in):
        made = changes.agree(options.id, sign_in(options.name))
    print("It is carried out." if made.outcome else "You have agreed. It needs one more.")
    return 0


def refuse(options: argparse.Namespace) -> int:
    """Refuse a proposal: 0."""
    with _office() as (changes, sign_in):
        changes.refuse(options.id, sign_in(options.name))
    print("It is refused.")
    return 0


def _told(one: "Proposal") -> str:
    return f"{one.kind} {one.target}: {(one.before or 'nothing')[:12]} -> {one.value[:12]}"


@contextmanager
def _office() -> "Iterator[tuple[Changes, Any]]":
    """Changes on the server's database, and what asks who somebody is."""
    with server_part():
        from simreg.service.access import Access
        from simreg.service.chance import SystemChance
        from simreg.service.changes import Changes
        from simreg.service.registration import open_keys, utc_now
        from simreg.service.second import Second
        from simreg.storage.database import open_database
    settings = read_settings(os.environ)
    database, chance = open_database(settings.database), SystemChance()
    access = Access(database, utc_now, chance, settings)

    def sign_in(name: str) -> "StaffMember":
        signed = access.sign_in(name, _asked("Password: "))
        if signed.waits:
            Second(database, utc_now, chance, settings, open_keys(settings)).check(
                signed.token, signed.member, _asked("Code of your app: ")
            )
        access.sign_out(signed.token)
        return signed.member

    try:
        database.upgrade()
        yield Changes(database, utc_now, chance), sign_in
    finally:
        database.close()


def _asked(what: str) -> str:
    return getpass.getpass(what) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
