"""One look of a witness: what is fetched, judged, remembered and signed, in this order."""

import os
from collections.abc import Sequence
from pathlib import Path

import urllib3

from simreg.cli.log_parts import read
from simreg.errors import InputError, SimregError
from simreg.log.canonical import canonical, parse_canonical
from simreg.log.checkpoint import Checkpoint, open_checkpoint
from simreg.log.keys import Signer, Verifier, decode64, encode64
from simreg.log.note import MOST_BYTES, cosign, parse_note
from simreg.log.tiles import CHECKPOINT_PATH, Tile
from simreg.log.tree import HASH_BYTES
from simreg.log.witness import ALARMS, Finding, Memory, judge

TIMEOUT = urllib3.Timeout(connect=10, read=20)
TILE_BYTES = 8_192
MOST_MEMORY = 65_536


class Watch:
    """A witness of one log. The memory is on the disk before anything is signed."""

    def __init__(self, log: Verifier, signer: Signer, memory: Path, out: Path | None) -> None:
        self._log = log
        self._signer = signer
        self._file = memory
        self._out = out
        self._http = urllib3.PoolManager(timeout=TIMEOUT, retries=False)
        self._memory = read_memory(memory, log.name)

    def look(self, address: str, addresses: Sequence[str], now: int) -> tuple[Finding, Checkpoint]:
        """What the log shows at an address; tiles may be fetched from all of them. ``now`` is in seconds.

        Raises SimregError ``log-unreachable``, and InputError for a checkpoint or a tile that is none, or not the log's.
        """
        data = self._fetch(address, CHECKPOINT_PATH, MOST_BYTES)
        checkpoint, _ = open_checkpoint(data, self._log)
        order = [address, *(one for one in addresses if one != address)]
        finding, memory = judge(self._memory, address, checkpoint, lambda tile: self._tile(order, tile))
        if finding in ALARMS:
            name = f"{self._file.name}.alarm-{checkpoint.size}-{checkpoint.root.hex()[:16]}"
            put(self._file.with_name(name), data)
            return finding, checkpoint
        if memory != self._memory:
            put(self._file, memory_bytes(memory))
            self._memory = memory
        if self._out is not None and finding is not Finding.BEHIND:
            put(self._out, cosign(parse_note(data), self._signer, now).data)
        return finding, checkpoint

    def _tile(self, addresses: Sequence[str], tile: Tile) -> bytes:
        """A tile from the first address that has it, or the beginning of the whole tile that took its place."""
        whole = Tile(tile.level, tile.index)
        for address in addresses:
            for one in dict.fromkeys((tile, whole)):
                try:
                    return self._fetch(address, one.path, TILE_BYTES)[: tile.width * HASH_BYTES]
                except SimregError as error:
                    last = error
        raise last

    def _fetch(self, address: str, path: str, most: int) -> bytes:
        url = f"{address.rstrip('/')}/{path}"
        try:
            answer = self._http.request("GET", url, preload_content=False, redirect=False)
            with answer:
                data = answer.read(most + 1) if answer.status == 200 else b""
        except urllib3.exceptions.HTTPError:
            raise _unreachable(f"{address} does not answer.") from None
        if answer.status != 200 or len(data) > most:
            raise _unreachable(f"{address} has no {path} that could be one.")
        return bytes(data)


def read_memory(path: Path, origin: str) -> Memory:
    """What was remembered of a log, nothing where there is no file. Raises InputError ``memory-unreadable``."""
    if not path.exists():
        return Memory(origin)
    try:
        held = parse_canonical(read(path, MOST_MEMORY), MOST_MEMORY)
        root = decode64(held["root"]) or b""
        shown = {str(address): size for address, size in held["shown"]}
        sizes = [held["size"], *shown.values()]
        if held["origin"] == origin and len(root) == HASH_BYTES and all(type(one) is int for one in sizes):
            return Memory(origin, held["size"], root, shown)
    except (InputError, KeyError, TypeError, ValueError):
        pass
    sentence = f"{path} is not what a witness of {origin} remembers."
    raise InputError("memory-unreadable", sentence, "Restore it from a backup; without it a roll-back goes unseen.")


def memory_bytes(memory: Memory) -> bytes:
    """The memory as it lies in its file."""
    shown = list(memory.shown.items())
    return canonical({"origin": memory.origin, "size": memory.size, "root": encode64(memory.root), "shown": shown})


def put(path: Path, data: bytes) -> None:
    """Write a file so that after a loss of power it is whole, the old one or the new."""
    new = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        if os.name == "posix":
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        sentence = f"{path} cannot be written: {error.strerror or error}."
        raise InputError("output-unwritable", sentence, "Name a file in a folder that may be written.") from None


def _unreachable(sentence: str) -> SimregError:
    return SimregError("log-unreachable", sentence, "Try again, and ask the log's operator if it lasts.")
