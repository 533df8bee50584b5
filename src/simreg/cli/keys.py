"""``simreg keys``: the API keys of the operator's system."""

import argparse
from typing import Any

from simreg.cli.server import open_access, server_part
from simreg.errors import InputError


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``keys`` and its commands; each sets ``func``, which returns the exit status."""
    keys = subparsers.add_parser("keys", help="API keys of the operator's system: create, list, revoke").add_subparsers(
        dest="keys_command", metavar="COMMAND", required=True
    )
    command = keys.add_parser("create", help="make a key and show its secret, once")
    command.add_argument("name", metavar="NAME", help="what the key is for")
    command.add_argument(
        "--scope", action="append", metavar="SCOPE", help="what it may do; again for each (default: all)"
    )
    command.set_defaults(func=create)
    keys.add_parser("list", help="show all keys, without their secrets").set_defaults(func=list_)
    command = keys.add_parser("revoke", help="let a key open nothing any more")
    command.add_argument("id", metavar="ID", help="the key's id")
    command.set_defaults(func=revoke)


def create(options: argparse.Namespace) -> int:
    """Make a key: 0."""
    with server_part():
        from simreg.service.access import Scope
    try:
        scopes = frozenset(Scope(word) for word in options.scope or Scope)
    except ValueError:
        raise InputError("scope-unknown", "There is no such scope.", f"Give some of: {', '.join(Scope)}.") from None
    with open_access() as access:
        made = access.create_api_key(options.name, scopes)
    print(f"{made.key.id}  {made.key.name}  {', '.join(made.key.scopes)}")
    print(f"The secret is shown only now:\n{made.secret}")
    return 0


def list_(_: argparse.Namespace) -> int:
    """Show all keys: 0."""
    with open_access() as access:
        for key in access.api_keys():
            standing = "good" if key.revoked_at is None else f"revoked {key.revoked_at:%Y-%m-%d}"
            print(f"{key.id}  {key.name}  made {key.created_at:%Y-%m-%d}, {standing}  {', '.join(key.scopes)}")
    return 0


def revoke(options: argparse.Namespace) -> int:
    """Revoke a key: 0."""
    with open_access() as access:
        access.revoke_api_key(options.id)
    print("The key opens nothing any more.")
    return 0
