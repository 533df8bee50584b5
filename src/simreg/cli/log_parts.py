"""What the commands on the log share: reading keys, notes and tiles that somebody names."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from simreg.errors import InputError
from simreg.log.keys import Verifier, parse_verifier
from simreg.log.leaves import LATEST
from simreg.log.note import MOST_BYTES
from simreg.log.tiles import MOST_ENTRY, WIDTH, Tile

MOST_TILE = WIDTH * (MOST_ENTRY + 2)


def key_argument(text: str) -> Verifier:
    """A public key, as its text or as a file that holds it. Raises InputError ``key-malformed``."""
    if "+" not in text and Path(text).is_file():
        text = read(Path(text), 4096).decode("utf-8", "replace").strip()
    return parse_verifier(text)


def read(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file. Raises InputError ``file-unreadable`` or ``file-large``."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        sentence = f"{path} cannot be read: {error.strerror or error}."
        raise InputError("file-unreadable", sentence, "Name a file that is there and may be read.") from None
    if len(data) > most:
        raise InputError("file-large", f"{path} has more than {most} bytes.", "Name the right file.")
    return data


def fetch_from(folder: Path) -> Callable[[Tile], bytes]:
    """Gives tiles out of a folder; a part of a tile may lie there as the whole one."""

    def fetch(tile: Tile) -> bytes:
        path = folder / tile.path
        if tile.level is None or path.is_file():
            return read(path, MOST_TILE)
        return read(folder / Tile(tile.level, tile.index).path, MOST_TILE)[: tile.width * 32]

    return fetch


def moment(seconds: int) -> str:
    """A time for a person."""
    return f"{datetime.fromtimestamp(min(seconds, LATEST), UTC):%Y-%m-%d %H:%M:%S} UTC"
