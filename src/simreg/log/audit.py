"""The whole log read again: are all entries there, unaltered, in their order and time, and as the checkpoints say?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from simreg.errors import InputError
from simreg.log.leaves import read_entry
from simreg.log.tree import Frontier, grow, leaf_hash


class Fault(StrEnum):
    """What is wrong with a log."""

    LEAF = "leaf-malformed"
    TIME = "time-goes-back"
    ROOT = "checkpoint-differs"
    SHORT = "entries-missing"


SENTENCES = {
    Fault.LEAF: "An entry is not one of the log's leaves.",
    Fault.TIME: "An entry has an earlier time than the one before it.",
    Fault.ROOT: "The entries are not those of which a checkpoint was signed: some were altered, moved, added or removed.",
    Fault.SHORT: "There are fewer entries than a checkpoint speaks of.",
}


@dataclass(frozen=True, slots=True)
class Audit:
    """How many entries were read, the tree of them, and the first fault with the index or the size where it is."""

    frontier: Frontier
    fault: Fault | None = None
    where: int | None = None


def audit(entries: Iterable[bytes], roots: Mapping[int, bytes]) -> Audit:
    """Read entries from the first on, and hold them against the roots of trees of these sizes."""
    frontier, before = Frontier(), 0
    for entry in entries:
        wrong = _wrong(frontier, roots)
        if wrong is not None:
            return wrong
        try:
            _, at = read_entry(entry)
        except InputError:
            return Audit(frontier, Fault.LEAF, frontier.size)
        if at < before:
            return Audit(frontier, Fault.TIME, frontier.size)
        frontier, _ = grow(frontier, [leaf_hash(entry)])
        before = at
    missing = [size for size in roots if size > frontier.size]
    if missing:
        return Audit(frontier, Fault.SHORT, min(missing))
    return _wrong(frontier, roots) or Audit(frontier)


def _wrong(frontier: Frontier, roots: Mapping[int, bytes]) -> Audit | None:
    root = roots.get(frontier.size)
    return None if root is None or root == frontier.root() else Audit(frontier, Fault.ROOT, frontier.size)
