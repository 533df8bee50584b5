"""``simreg vault``: the keys of what is sealed, and what wraps them."""

import argparse
import os
from pathlib import Path
from typing import Any

from simreg.cli.server import server_part
from simreg.settings import read_settings


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``vault`` and its commands; each sets ``func``, which returns the exit status."""
    vault = subparsers.add_parser(
        "vault", help="the key store: say what is in it, wrap it by another key"
    ).add_subparsers(dest="vault_command", metavar="COMMAND", required=True)
    text = "say how many keys and salts there are, and whether this deployment's key wraps them all"
    vault.add_parser("check", help=text, description=text).set_defaults(func=check)
    text = "wrap all keys and salts by another key; stop the servers first. Broken off, it is simply begun again"
    command = vault.add_parser("rotate", help="wrap all keys and salts by another key", description=text)
    target = command.add_mutually_exclusive_group(required=True)
    target.add_argument("--to", type=Path, metavar="FILE", help="the new key, as SIMREG_VAULT_KEY_FILE will name it")
    target.add_argument("--to-transit", metavar="URL", help="a key in Vault or OpenBao, as SIMREG_TRANSIT will name it")
    command.set_defaults(func=rotate)


def check(_: argparse.Namespace) -> int:
    """Look at the key store: 0, or 2 where something in it is wrapped by another key."""
    with server_part():
        from simreg.service.vault import open_vault
    settings = read_settings(os.environ)
    store = open_vault(settings)
    try:
        count, others = store.count(), store.strangers()
    finally:
        store.close()
    print(f"{count} keys and salts.")
    if others:
        print(f"{others} of them are wrapped by another key: give that one, or end simreg vault rotate.")
    return 2 if others else 0


def rotate(options: argparse.Namespace) -> int:
    """Wrap everything anew: 0."""
    with server_part():
        from simreg.service.vault import file_wrapper, open_vault, transit_wrapper
    settings = read_settings(os.environ)
    if options.to is not None:
        new, name, value = file_wrapper(options.to), "SIMREG_VAULT_KEY_FILE", options.to
    else:
        new = transit_wrapper(options.to_transit, settings.transit_token)
        name, value = "SIMREG_TRANSIT", options.to_transit
    store = open_vault(settings)
    try:
        count = store.rewrap(new)
    finally:
        store.close()
    print(f"{count} keys and salts are wrapped by the new key. Set {name}={value} before the server starts again.")
    return 0
