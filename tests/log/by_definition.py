"""The tree a second time, from the definitions in RFC 9162, section 2.1, word by word: slow, and made another way."""

from collections.abc import Sequence
from hashlib import sha256

Proof = Sequence[bytes]


class WrongProofError(Exception):
    """A proof has not the shape that the definition gives it."""


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def root(entries: Sequence[bytes]) -> bytes:
    """MTH of 2.1.1."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = split(len(entries))
    return node(root(entries[:k]), root(entries[k:]))


def path(m: int, entries: Sequence[bytes]) -> list[bytes]:
    """PATH of 2.1.3.1."""
    if len(entries) == 1:
        return []
    k = split(len(entries))
    if m < k:
        return [*path(m, entries[:k]), root(entries[k:])]
    return [*path(m - k, entries[k:]), root(entries[:k])]


def subproof(m: int, entries: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF of 2.1.4.1."""
    if m == len(entries):
        return [] if whole else [root(entries)]
    k = split(len(entries))
    if m <= k:
        return [*subproof(m, entries[:k], whole), root(entries[k:])]
    return [*subproof(m - k, entries[k:], False), root(entries[:k])]


def included(leaf: bytes, m: int, n: int, proof: Proof, want: bytes) -> bool:
    try:
        return 0 <= m < n and _climb(leaf, m, n, proof) == want
    except WrongProofError:
        return False


def _climb(leaf: bytes, m: int, n: int, proof: Proof) -> bytes:
    if n == 1:
        if proof:
            raise WrongProofError
        return leaf
    if not proof:
        raise WrongProofError
    k = split(n)
    if m < k:
        return node(_climb(leaf, m, k, proof[:-1]), proof[-1])
    return node(proof[-1], _climb(leaf, m - k, n - k, proof[:-1]))


def begins(m: int, first: bytes, n: int, second: bytes, proof: Proof) -> bool:
    if m == 0:
        return not proof and first == root([]) and (n > 0 or second == first)
    try:
        return m <= n and _climb_both(m, n, first, proof, True) == (first, second)
    except WrongProofError:
        return False


def _climb_both(m: int, n: int, first: bytes, proof: Proof, whole: bool) -> tuple[bytes, bytes]:
    if m == n:
        if len(proof) != (0 if whole else 1):
            raise WrongProofError
        same = first if whole else proof[0]
        return same, same
    if not proof:
        raise WrongProofError
    k = split(n)
    if m <= k:
        old, new = _climb_both(m, k, first, proof[:-1], whole)
        return old, node(new, proof[-1])
    old, new = _climb_both(m - k, n - k, first, proof[:-1], False)
    return node(proof[-1], old), node(proof[-1], new)
