"""The log as a folder that any static web server can serve."""

import os
from pathlib import Path

from sqlalchemy import Connection

from simreg.errors import NotFoundError
from simreg.log.checkpoint import parse_checkpoint
from simreg.log.tiles import CHECKPOINT_PATH, WIDTH, Tile, tiles_of
from simreg.storage import log


def export(tx: Connection, folder: Path, entries: bool = True) -> int:
    """Write the newest checkpoint, its tiles and, if wanted, its entries; full tiles that are there are left alone.

    The checkpoint comes last, so that whoever reads meanwhile finds all that it speaks of. Returns how many files were
    written. Raises NotFoundError ``log-unsigned`` where there is no checkpoint yet.
    """
    note = log.newest_checkpoint(tx)
    if note is None:
        raise NotFoundError("log-unsigned", "The log has no checkpoint yet.", "Sign one first.")
    tiles = tiles_of(parse_checkpoint(note.text).size)
    bundles = [Tile(None, one.index, one.width) for one in tiles if one.level == 0] if entries else []
    missing = [tile for tile in (*tiles, *bundles) if tile.width < WIDTH or not (folder / tile.path).exists()]
    for tile in missing:
        _put(folder / tile.path, log.resource(tx, tile.path) or b"")
    _put(folder / CHECKPOINT_PATH, note.data)
    return len(missing) + 1


def _put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
