"""Tiles: the tree's hashes and the log's entries as files that any web server can hand out (c2sp.org/tlog-tiles)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simreg.errors import InputError
from simreg.log.tree import HASH_BYTES, node_hash

HEIGHT, WIDTH = 8, 256
"""A tile spans 8 levels of the tree, and is 256 hashes wide."""

MOST_ENTRY = 65_535
"""Bytes of the largest entry that a bundle can hold."""

CHECKPOINT_PATH = "checkpoint"
_PATH = re.compile(r"tile/(entries|0|[1-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: level 0 to 63, or None for the entries themselves; its index in the level; how many it holds."""

    level: int | None
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it lies below the log's address: ``tile/0/x001/234``, ``tile/entries/000.p/5``."""
        level = "entries" if self.level is None else str(self.level)
        rest, last = divmod(self.index, 1000)
        path = f"{last:03}"
        while rest:
            rest, part = divmod(rest, 1000)
            path = f"x{part:03}/{path}"
        return f"tile/{level}/{path}" + ("" if self.width == WIDTH else f".p/{self.width}")


def parse_path(path: str) -> Tile | None:
    """The tile that lies at a path, None where the path is not that of a tile."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    level = None if match[1] == "entries" else int(match[1])
    width = WIDTH if match[3] is None else int(match[3])
    tile = Tile(level, int(match[2].replace("x", "").replace("/", "")), width)
    return tile if tile.path == path and width <= WIDTH else None


def count(size: int, level: int | None) -> int:
    """How many hashes a level of tiles has in all, for a tree of a size."""
    return size >> HEIGHT * (level or 0)


def tiles_of(size: int) -> list[Tile]:
    """All tiles of hashes of a tree of a size, partial ones last in each level."""
    found = []
    level = 0
    while (hashes := count(size, level)) > 0:
        full, rest = divmod(hashes, WIDTH)
        found += [Tile(level, index) for index in range(full)]
        found += [Tile(level, full, rest)] if rest else []
        level += 1
    return found


def width_at(size: int, level: int | None, index: int) -> int:
    """How many hashes a tile has in a tree of a size: 0 where it is not there."""
    return max(0, min(WIDTH, count(size, level) - index * WIDTH))


class TileNodes:
    """The nodes of a tree of a size, read from its tiles; each tile is fetched once.

    ``fetch`` gives the bytes of a tile. Raises InputError ``tile-malformed`` for one of another length.
    """

    def __init__(self, size: int, fetch: Callable[[Tile], bytes]) -> None:
        self._size = size
        self._fetch = fetch
        self._rows: dict[tuple[int, int], list[list[bytes]]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of a node whose leaves are all there."""
        tile_level, row = divmod(level, HEIGHT)
        tile_index, offset = divmod(index << row, WIDTH)
        rows = self._rows.get((tile_level, tile_index)) or self._load(tile_level, tile_index)
        for depth in range(len(rows), row + 1):
            below = rows[depth - 1]
            rows.append([node_hash(*below[i : i + 2]) for i in range(0, len(below) - 1, 2)])
        return rows[row][offset >> row]

    def _load(self, level: int, index: int) -> list[list[bytes]]:
        tile = Tile(level, index, width_at(self._size, level, index))
        rows = self._rows[level, index] = [hashes_of(self._fetch(tile), tile.width)]
        return rows


def hashes_of(data: bytes, width: int) -> list[bytes]:
    """The hashes in a tile. Raises InputError ``tile-malformed`` unless there are exactly so many."""
    if len(data) != width * HASH_BYTES:
        raise _malformed(f"A tile of {width} hashes has {len(data)} bytes, not {width * HASH_BYTES}.")
    return [data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES)]


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """A bundle of entries, each after its length in two bytes. Raises ValueError for an entry that is too long."""
    if any(len(entry) > MOST_ENTRY for entry in entries):
        raise ValueError(f"an entry above {MOST_ENTRY} bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unpack_entries(data: bytes, width: int) -> list[bytes]:
    """The entries in a bundle. Raises InputError ``tile-malformed`` unless there are exactly so many."""
    entries: list[bytes] = []
    at = 0
    while at < len(data) and len(entries) <= width:
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            raise _malformed("A bundle of entries ends in the middle of one.")
        entries.append(data[at + 2 : end])
        at = end
    if len(entries) != width:
        raise _malformed(f"A bundle of {width} entries holds another number of them.")
    return entries


def _malformed(sentence: str) -> InputError:
    return InputError("tile-malformed", sentence, "Fetch it again, or ask the log's operator.")
