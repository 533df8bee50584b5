"""What a witness concludes from a checkpoint, given what it remembers of the log."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from simreg.errors import InputError
from simreg.log.checkpoint import Checkpoint
from simreg.log.tiles import Tile, TileNodes
from simreg.log.tree import EMPTY, consistency_proof, verify_consistency


class Finding(StrEnum):
    """What was found at one address of the log."""

    FIRST = "first"
    SAME = "same"
    GROWN = "grown"
    BEHIND = "behind"
    FORK = "fork"
    ROLLED_BACK = "rolled-back"


ALARMS = frozenset({Finding.FORK, Finding.ROLLED_BACK})
"""Findings that an honest log never gives cause for."""

SENTENCES = {
    Finding.FIRST: "The log is seen for the first time.",
    Finding.SAME: "The log is as it was.",
    Finding.GROWN: "The log has grown, and begins with all that was there.",
    Finding.BEHIND: "This address shows an older log, which the newer one begins with.",
    Finding.FORK: "The log shows a history that does not fit what was seen of it.",
    Finding.ROLLED_BACK: "This address has taken back a part of what it showed.",
}


@dataclass(frozen=True, slots=True)
class Memory:
    """What a witness remembers of one log: the largest tree that it saw, and the size that each address last showed."""

    origin: str
    size: int = 0
    root: bytes = EMPTY
    shown: Mapping[str, int] = field(default_factory=dict)


def judge(memory: Memory, address: str, checkpoint: Checkpoint, fetch: Callable[[Tile], bytes]) -> tuple[Finding, Memory]:
    """What a checkpoint means, whose signature has been verified, and what is to be remembered.

    ``fetch`` gives tiles of the larger tree: those of the address where the log has grown, of any address that shows the
    remembered tree otherwise. After an alarm the memory stays as it was. Raises InputError ``checkpoint-origin``, and
    what ``fetch`` raises.
    """
    if checkpoint.origin != memory.origin:
        sentence = f"The checkpoint is of {checkpoint.origin}, not of {memory.origin}."
        raise InputError("checkpoint-origin", sentence, "Give the address of the log that is watched.")
    finding = _finding(memory, address, checkpoint, fetch)
    if finding in ALARMS:
        return finding, memory
    shown = {**memory.shown, address: checkpoint.size}
    if finding is Finding.BEHIND:
        return finding, replace(memory, shown=shown)
    return finding, Memory(memory.origin, checkpoint.size, checkpoint.root, shown)


def _finding(memory: Memory, address: str, checkpoint: Checkpoint, fetch: Callable[[Tile], bytes]) -> Finding:
    if checkpoint.size == memory.size:
        first = Finding.SAME if memory.shown else Finding.FIRST
        return first if checkpoint.root == memory.root else Finding.FORK
    if checkpoint.size < memory.shown.get(address, 0):
        return Finding.ROLLED_BACK
    grown = checkpoint.size > memory.size
    small, large = (memory, checkpoint) if grown else (checkpoint, memory)
    proof = consistency_proof(TileNodes(large.size, fetch), small.size, large.size)
    if not verify_consistency(small.size, small.root, large.size, large.root, proof):
        return Finding.FORK
    if not grown:
        return Finding.BEHIND
    return Finding.GROWN if memory.shown else Finding.FIRST
