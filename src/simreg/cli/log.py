"""``simreg log``: the log's key, its checkpoints, a copy for a web server, and reading all of it again."""

import argparse
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simreg.cli.server import server_part
from simreg.errors import NotFoundError
from simreg.settings import read_settings

if TYPE_CHECKING:
    from simreg.log.checkpoint import Checkpoint
    from simreg.storage.database import Database

AT_ONCE = 2_560
"""Entries that are read at a time."""


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``log`` and its commands; each sets ``func``, which returns the exit status."""
    commands = subparsers.add_parser("log", help="the tamper-evident log: key, checkpoint, export, check").add_subparsers(
        dest="log_command", metavar="COMMAND", required=True
    )
    command = _command(commands, "key", key, "make a key where there is none, and show its public half")
    _add_signer(command)
    command.add_argument("--for-witness", action="store_true", help="the key of a witness, not of a log")
    command = _command(commands, "checkpoint", checkpoint, "sign what the log is now, and show the note")
    _add_signer(command)
    command = _command(commands, "export", export, "write the log into a folder that any web server can serve")
    command.add_argument("folder", type=Path, metavar="FOLDER", help="where it is written; run it again to go on")
    command.add_argument("--without-entries", action="store_true", help="only what proofs need: checkpoint and hashes")
    command = _command(commands, "check", check, "read the whole log again and hold it against checkpoints")
    command.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help="a copy (default: SIMREG_DATABASE)")
    command.add_argument("--key", metavar="VKEY", required=True, help="the log's public key, or a file with it")
    command.add_argument(
        "--checkpoint", type=Path, action="append", default=[], metavar="FILE", help="one kept elsewhere"
    )


def _command(commands: Any, name: str, func: Any, text: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=f"{text}.")
    command.set_defaults(func=func)
    return command


def _add_signer(command: argparse.ArgumentParser) -> None:
    command.add_argument("--name", required=True, metavar="NAME", help="the log's name, such as log.example.com/simreg")
    command.add_argument("--key-file", required=True, type=Path, metavar="FILE", help="its secret, for its owner only")


def key(options: argparse.Namespace) -> int:
    """Make a key: 0."""
    with server_part():
        from simreg.log.keys import Kind, Signer
        from simreg.privacy.keys import make_secret, read_secret
    make_secret(options.key_file)
    kind = Kind.COSIGNATURE if options.for_witness else Kind.NOTE
    print(Signer(options.name, read_secret(options.key_file), kind).verifier.text)
    return 0


def checkpoint(options: argparse.Namespace) -> int:
    """Sign a checkpoint: 0."""
    with server_part():
        from simreg.log.keys import Signer
        from simreg.privacy.keys import read_secret
        from simreg.storage import log
    signer = Signer(options.name, read_secret(options.key_file))
    database = _database()
    with database.write() as tx:
        note = log.checkpoint(tx, signer, datetime.now(UTC))
    database.close()
    print(note.data.decode(), end="")
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the log into a folder: 0."""
    with server_part():
        from simreg.storage.log_export import export as write
    database = _database()
    with database.read() as tx:
        written = write(tx, options.folder, entries=not options.without_entries)
    database.close()
    print(f"{written} files were written to {options.folder}.")
    return 0


def check(options: argparse.Namespace) -> int:
    """Read the whole log: 0 if all of it is as the checkpoints say, else 1."""
    with server_part():
        from simreg.cli.log_parts import key_argument, read
        from simreg.log.audit import SENTENCES, audit
        from simreg.log.checkpoint import open_checkpoint
    log_key = key_argument(options.key)
    others = [open_checkpoint(read(path), log_key)[0] for path in options.checkpoint]
    newest, entries, close = _copy(options.folder, log_key) if options.folder else _own(log_key)
    wanted = [newest, *others]
    try:
        found = audit(entries, {one.size: one.root for one in wanted})
    finally:
        close()
    if any(a.size == b.size and a.root != b.root for a in wanted for b in wanted):
        print("FALSE [checkpoint-fork]\n  Two checkpoints of the same size were signed, with different roots.")
        return 1
    if found.fault is not None:
        print(f"FALSE [{found.fault}]\n  {SENTENCES[found.fault]} It is at {found.where}.")
        return 1
    print(f"VERIFIED\n  All {found.frontier.size} entries are as {len(wanted)} checkpoints say, in their order and time.")
    return 0


def _copy(folder: Path, log_key: Any) -> "tuple[Checkpoint, Iterator[bytes], Any]":
    """The checkpoint and the entries of a copy."""
    from simreg.cli.log_parts import fetch_from, read
    from simreg.log.checkpoint import open_checkpoint
    from simreg.log.tiles import CHECKPOINT_PATH, Tile, tiles_of, unpack_entries

    newest, _ = open_checkpoint(read(folder / CHECKPOINT_PATH), log_key)
    fetch = fetch_from(folder)
    bundles = (Tile(None, one.index, one.width) for one in tiles_of(newest.size) if one.level == 0)
    entries = (entry for bundle in bundles for entry in unpack_entries(fetch(bundle), bundle.width))
    return newest, entries, lambda: None


def _own(log_key: Any) -> "tuple[Checkpoint, Iterator[bytes], Any]":
    """The newest checkpoint and the entries of this deployment's log."""
    from simreg.log.checkpoint import open_checkpoint
    from simreg.storage import log

    database = _database()
    with database.read() as tx:
        note, size = log.newest_checkpoint(tx), log.frontier(tx).size
    if note is None:
        raise NotFoundError("log-unsigned", "The log has no checkpoint yet.", "Sign one: simreg log checkpoint.")

    def entries() -> Iterator[bytes]:
        for start in range(0, size, AT_ONCE):
            with database.read() as tx:
                yield from log.entries(tx, start, min(size, start + AT_ONCE))

    return open_checkpoint(note.data, log_key)[0], entries(), database.close


def _database() -> "Database":
    with server_part():
        from simreg.storage.database import open_database
    database = open_database(read_settings(os.environ).database)
    database.upgrade()
    return database
