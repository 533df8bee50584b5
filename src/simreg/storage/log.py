"""The log in the database: appended in the transaction of the act that it records, read as proofs, entries and tiles."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from simreg.errors import NotFoundError, SimregError
from simreg.log.checkpoint import Checkpoint, parse_checkpoint
from simreg.log.keys import Signer
from simreg.log.leaves import Leaf, entry_of, kind_of
from simreg.log.note import Note, parse_note
from simreg.log.tiles import CHECKPOINT_PATH, HEIGHT, WIDTH, Tile, TileNodes, pack_entries, parse_path, width_at
from simreg.log.tree import (
    EMPTY,
    HASH_BYTES,
    Frontier,
    consistency_proof,
    grow,
    inclusion_proof,
    leaf_hash,
    range_hash,
    verify_consistency,
)
from simreg.storage.database import before_commit, lock
from simreg.storage.log_tables import LOG_CHECKPOINTS, LOG_FRONTIER, LOG_LEAVES, LOG_TILES

LOCK = "simreg-log"
DAY = 86_400
MOST_DAYS = 500
"""Days in which one query looks for a case."""

_WAITING = "simreg_leaves"

ROW = 1
"""Id of the frontier's one row."""


# --- appending -------------------------------------------------------------------------------------------------------


def record(tx: Connection, leaf: Leaf, at: datetime) -> None:
    """Record an act in its own transaction; all that are recorded in one are appended as the last that it does."""
    waiting: list[tuple[Leaf, datetime]] | None = tx.info.get(_WAITING)
    if waiting is None:
        waiting = tx.info[_WAITING] = []
        before_commit(tx, lambda: _append_waiting(tx))
    waiting.append((leaf, at))


def _append_waiting(tx: Connection) -> None:
    waiting: list[tuple[Leaf, datetime]] = tx.info.pop(_WAITING)
    append_many(tx, [leaf for leaf, _ in waiting], max(at for _, at in waiting))


def append(tx: Connection, leaf: Leaf, at: datetime) -> int:
    """Record an act in its own transaction; the index of its leaf. See `append_many`."""
    return append_many(tx, [leaf], at)


def append_many(tx: Connection, leaves: Sequence[Leaf], at: datetime) -> int:
    """Record acts in the transaction that does them; the index of the first leaf, the others follow it.

    Everybody else who appends waits until the transaction ends, so this comes last in it: whoever took another lock
    after this one could wait for somebody who waits here. A time before that of the last leaf becomes that time, as
    times in the log never go back.
    """
    lock(tx, LOCK)
    before, last = _frontier(tx)
    second = max(int(at.timestamp()), last)
    entries = [entry_of(leaf, second) for leaf in leaves]
    hashes = [leaf_hash(entry) for entry in entries]
    after, complete = grow(before, hashes)
    rows = [
        _row(before.size + i, leaf, second, entry) for i, (leaf, entry) in enumerate(zip(leaves, entries, strict=True))
    ]
    if rows:
        tx.execute(insert(LOG_LEAVES), rows)
    if after.size // WIDTH > before.size // WIDTH:
        _finish_tiles(tx, before.size, hashes)
        _raise_tiles(tx, [(level // HEIGHT, index, h) for level, index, h in complete if level % HEIGHT == 0])
    _move(tx, before, after, second)
    return before.size


def _row(number: int, leaf: Leaf, second: int, entry: bytes) -> dict[str, Any]:
    case = getattr(leaf, "case", None)
    return {"number": number, "kind": kind_of(type(leaf)), "case_id": case, "day": second // DAY, "entry": entry}


def _frontier(tx: Connection) -> tuple[Frontier, int]:
    """Where the log stands, and the second of its last leaf."""
    row = tx.execute(select(LOG_FRONTIER).where(LOG_FRONTIER.c.id == ROW)).one_or_none()
    return (Frontier(), 0) if row is None else (Frontier(row.size, _split(row.hashes)), row.at)


def _move(tx: Connection, before: Frontier, after: Frontier, second: int) -> None:
    """Put the frontier where it is now, if it still is where it was."""
    values = {"size": after.size, "hashes": b"".join(after.hashes), "at": second}
    if before.size == 0 and tx.execute(select(func.count()).select_from(LOG_FRONTIER)).scalar_one() == 0:
        tx.execute(insert(LOG_FRONTIER).values(id=ROW, **values))
        return
    here = (LOG_FRONTIER.c.id == ROW) & (LOG_FRONTIER.c.size == before.size)
    if tx.execute(update(LOG_FRONTIER).where(here).values(values)).rowcount != 1:
        sentence = "The log was appended to from two places at once."
        raise SimregError("log-moved", sentence, "Nothing was recorded; do it again.")


def _finish_tiles(tx: Connection, size: int, hashes: list[bytes]) -> None:
    """Write the tiles of leaves that are full now, with the leaves that lay there before."""
    start = size - size % WIDTH
    waiting = [leaf_hash(entry) for entry in entries(tx, start, size)] + hashes
    full = range(len(waiting) // WIDTH)
    tiles = [b"".join(waiting[i * WIDTH : (i + 1) * WIDTH]) for i in full]
    numbers = [start // WIDTH + i for i in full]
    rows = [{"level": 0, "number": n, "hashes": tile} for n, tile in zip(numbers, tiles, strict=True)]
    tx.execute(insert(LOG_TILES), rows)


def _raise_tiles(tx: Connection, complete: Iterable[tuple[int, int, bytes]]) -> None:
    """Add the roots of full tiles to the tiles above them."""
    new: dict[tuple[int, int], list[bytes]] = {}
    begun = set()
    for level, index, hashed in complete:
        place = (level, index // WIDTH)
        if place not in new and index % WIDTH:
            begun.add(place)
        new.setdefault(place, []).append(hashed)
    for (level, number), hashes in new.items():
        here = (LOG_TILES.c.level == level) & (LOG_TILES.c.number == number)
        if (level, number) in begun:
            held = tx.execute(select(LOG_TILES.c.hashes).where(here)).scalar_one()
            tx.execute(update(LOG_TILES).where(here).values(hashes=held + b"".join(hashes)))
        else:
            tx.execute(insert(LOG_TILES).values(level=level, number=number, hashes=b"".join(hashes)))


# --- reading ---------------------------------------------------------------------------------------------------------


def frontier(tx: Connection) -> Frontier:
    """The size and the root of the log as it is now."""
    return _frontier(tx)[0]


def entries(tx: Connection, start: int, end: int) -> list[bytes]:
    """The entries from one index up to another."""
    here = (LOG_LEAVES.c.number >= start) & (LOG_LEAVES.c.number < end)
    return list(tx.scalars(select(LOG_LEAVES.c.entry).where(here).order_by(LOG_LEAVES.c.number)))


def of_case(tx: Connection, case_id: str, since: datetime, until: datetime) -> list[tuple[int, bytes]]:
    """The entries of one case with their indexes, of the days from one time to another."""
    days = range(int(since.timestamp()) // DAY, int(until.timestamp()) // DAY + 1)
    found: list[tuple[int, bytes]] = []
    for first in range(days.start, days.stop, MOST_DAYS):
        some = LOG_LEAVES.c.day.in_(range(first, min(days.stop, first + MOST_DAYS)))
        query = select(LOG_LEAVES.c.number, LOG_LEAVES.c.entry).where(some, LOG_LEAVES.c.case_id == case_id)
        found += [(row.number, row.entry) for row in tx.execute(query.order_by(LOG_LEAVES.c.number))]
    return found


def nodes(tx: Connection, size: int) -> TileNodes:
    """The nodes of the tree as it was at a size, for any number of proofs in one transaction."""
    return TileNodes(size, lambda tile: _tile(tx, tile))


def root_at(tx: Connection, size: int) -> bytes:
    """The root of the tree as it was at a size. Raises NotFoundError ``log-beyond``."""
    _within(tx, size, size)
    return range_hash(nodes(tx, size), 0, size) if size else EMPTY


def inclusion(tx: Connection, index: int, size: int) -> tuple[bytes, ...]:
    """The proof that a leaf is in the tree of a size. Raises NotFoundError ``log-beyond``."""
    _within(tx, index + 1 if index >= 0 else -1, size)
    return inclusion_proof(nodes(tx, size), index, size)


def consistency(tx: Connection, first: int, second: int) -> tuple[bytes, ...]:
    """The proof that the tree of one size is the beginning of that of another. Raises NotFoundError ``log-beyond``."""
    _within(tx, first, second)
    return consistency_proof(nodes(tx, second), first, second)


def resource(tx: Connection, path: str) -> bytes | None:
    """What a web server hands out at a path below the log's address: the checkpoint, a tile, a bundle of entries."""
    if path == CHECKPOINT_PATH:
        newest = newest_checkpoint(tx)
        return None if newest is None else newest.data
    tile = parse_path(path)
    if tile is None or tile.width > width_at(frontier(tx).size, tile.level, tile.index):
        return None
    return _tile(tx, tile)


def _within(tx: Connection, least: int, size: int) -> None:
    if not 0 <= least <= size <= frontier(tx).size:
        sentence = "The log has no such leaf at that size."
        raise NotFoundError("log-beyond", sentence, "Ask for a leaf and a size that are there.")


def _tile(tx: Connection, tile: Tile) -> bytes:
    """The bytes of a tile that is there; an unfinished one of leaves is made of its entries."""
    if tile.level is None:
        return pack_entries(entries(tx, tile.index * WIDTH, tile.index * WIDTH + tile.width))
    here = (LOG_TILES.c.level == tile.level) & (LOG_TILES.c.number == tile.index)
    held = tx.execute(select(LOG_TILES.c.hashes).where(here)).scalar_one_or_none()
    if held is None:
        start = tile.index * WIDTH
        return b"".join(leaf_hash(entry) for entry in entries(tx, start, start + tile.width))
    return bytes(held[: tile.width * HASH_BYTES])


def _split(data: bytes) -> tuple[bytes, ...]:
    return tuple(data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES))


# --- checkpoints -----------------------------------------------------------------------------------------------------


def checkpoint(tx: Connection, signer: Signer, at: datetime) -> Note:
    """Sign what the log is now, or give the note that this key signed at this size already; in a writing transaction.

    Raises SimregError ``log-altered``, and signs nothing, where the log does not begin with what was signed last.
    """
    lock(tx, LOCK)
    now, newest = frontier(tx), newest_checkpoint(tx)
    if newest is not None:
        before = parse_checkpoint(newest.text)
        if not _begins_with(tx, before, now):
            sentence = "The log is no longer the one of which the last checkpoint was signed."
            raise SimregError("log-altered", sentence, "Sign nothing; find out who changed the database.")
        if before.size == now.size and any(one.key_id == signer.verifier.id for one in newest.signatures):
            return newest
        tx.execute(delete(LOG_CHECKPOINTS).where(LOG_CHECKPOINTS.c.size == now.size))  # signed with another key
    note = Checkpoint(signer.name, now.size, now.root()).signed(signer)
    tx.execute(insert(LOG_CHECKPOINTS).values(size=now.size, at=int(at.timestamp()), note=note.data))
    return note


def _begins_with(tx: Connection, before: Checkpoint, now: Frontier) -> bool:
    if before.size > now.size:
        return False
    proof = consistency_proof(nodes(tx, now.size), before.size, now.size)
    return verify_consistency(before.size, before.root, now.size, now.root(), proof)


def checkpoint_at(tx: Connection, size: int) -> Note | None:
    """The checkpoint that was signed at a size."""
    note = tx.execute(select(LOG_CHECKPOINTS.c.note).where(LOG_CHECKPOINTS.c.size == size)).scalar_one_or_none()
    return None if note is None else parse_note(note)


def checkpoint_after(tx: Connection, index: int) -> Note | None:
    """The first checkpoint that was signed when a leaf was there."""
    query = select(LOG_CHECKPOINTS.c.note).where(LOG_CHECKPOINTS.c.size > index).order_by(LOG_CHECKPOINTS.c.size)
    note = tx.execute(query.limit(1)).scalar_one_or_none()
    return None if note is None else parse_note(note)


def newest_checkpoint(tx: Connection) -> Note | None:
    """The newest checkpoint."""
    query = select(LOG_CHECKPOINTS.c.note).order_by(LOG_CHECKPOINTS.c.size.desc()).limit(1)
    note = tx.execute(query).scalar_one_or_none()
    return None if note is None else parse_note(note)


def keep_cosigned(tx: Connection, size: int, note: Note) -> None:
    """Keep the checkpoint of a size with the signatures of witnesses, which whoever calls has verified."""
    tx.execute(update(LOG_CHECKPOINTS).where(LOG_CHECKPOINTS.c.size == size).values(note=note.data))
