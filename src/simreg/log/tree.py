"""The Merkle tree of RFC 9162, section 2.1, over SHA-256: how it grows, its proofs, and how they are verified.

A *hash* is always 32 bytes. Nodes are counted by level from 0, the leaves, and by index from the left: the node of level
l and index i is the root over the leaves from ``i * 2**l`` up to ``(i + 1) * 2**l``.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
EMPTY = hashlib.sha256(b"").digest()
"""The root of the tree without leaves."""

Nodes = Callable[[int, int], bytes]
"""Gives the hash of a node whose leaves are all there, by level and index."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two nodes that lie side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that a tree needs to grow: its size, and the roots of its perfect subtrees, the largest first.

    There is one hash for each bit that is set in the size. Raises ValueError otherwise.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.hashes) != self.size.bit_count() or any(len(h) != HASH_BYTES for h in self.hashes):
            raise ValueError("the frontier's hashes do not fit its size")

    def append(self, leaf: bytes) -> "Frontier":
        """The frontier with one more leaf, given by its hash."""
        return grow(self, [leaf])[0]

    def root(self) -> bytes:
        """The root of the tree."""
        if not self.hashes:
            return EMPTY
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root


def grow(frontier: Frontier, leaves: Iterable[bytes]) -> tuple[Frontier, list[tuple[int, int, bytes]]]:
    """The frontier with more leaves, and every node above them that became complete: its level, index and hash."""
    hashes, size = list(frontier.hashes), frontier.size
    complete = []
    for leaf in leaves:
        hashes.append(leaf)
        size += 1
        level = 1
        while size % (1 << level) == 0:
            right = hashes.pop()
            hashes[-1] = node_hash(hashes[-1], right)
            complete.append((level, (size >> level) - 1, hashes[-1]))
            level += 1
    return Frontier(size, tuple(hashes)), complete


# --- proofs ----------------------------------------------------------------------------------------------------------


def range_hash(nodes: Nodes, start: int, end: int) -> bytes:
    """The root over the leaves from ``start`` up to ``end``, where ``start`` is a border of subtrees of that size."""
    size = end - start
    if size & (size - 1) == 0:
        return nodes(size.bit_length() - 1, start // size)
    split = start + _half(size)
    return node_hash(range_hash(nodes, start, split), range_hash(nodes, split, end))


def inclusion_proof(nodes: Nodes, index: int, size: int) -> tuple[bytes, ...]:
    """The hashes that lead from a leaf to the root of the tree of a size (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of this size")
    start, end = 0, size
    proof = []
    while end - start > 1:
        split = start + _half(end - start)
        if index < split:
            proof.append(range_hash(nodes, split, end))
            end = split
        else:
            proof.append(range_hash(nodes, start, split))
            start = split
    return tuple(reversed(proof))


def consistency_proof(nodes: Nodes, first: int, second: int) -> tuple[bytes, ...]:
    """The hashes that show a tree to be the beginning of a larger one, given by their sizes (RFC 9162, 2.1.4.1)."""
    if not 0 <= first <= second:
        raise ValueError("the first tree is larger than the second")
    if first in (0, second):
        return ()
    start, end = 0, second
    proof = []
    while end != first:
        split = start + _half(end - start)
        if first <= split:
            proof.append(range_hash(nodes, split, end))
            end = split
        else:
            proof.append(range_hash(nodes, start, split))
            start = split
    if start > 0:
        proof.append(range_hash(nodes, start, end))
    return tuple(reversed(proof))


def _half(size: int) -> int:
    """The largest power of two below a size of at least 2."""
    return 1 << (size - 1).bit_length() - 1


# --- verification ----------------------------------------------------------------------------------------------------


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a leaf, given by its hash, lies at an index of the tree of a size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, hashed = index, size - 1, leaf
    for beside in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            hashed = node_hash(beside, hashed)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            hashed = node_hash(hashed, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and hashed == root


def verify_consistency(first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of the first size and root is the beginning of that of the second (RFC 9162, 2.1.4.2).

    Every tree begins with the one without leaves; a tree is the beginning of one of its own size only if it is the same.
    """
    if not 0 <= first <= second or (first == 0 and first_root != EMPTY):
        return False
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof
    path = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not path or not proof:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(beside, old), node_hash(beside, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
