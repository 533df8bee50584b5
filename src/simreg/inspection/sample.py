"""Draws cases by a seed, so that whoever knows seed and cases draws the same ones again, and nobody chooses them."""

import hashlib
import heapq
import re
from collections.abc import Iterable

from simreg.errors import InputError

MOST = 1_000
"""Cases of the largest sample."""

_SEED = re.compile("[0-9a-f]{64}")


def draw(seed: str, cases: Iterable[str], count: int) -> tuple[str, ...]:
    """The ``count`` cases whose SHA-256 with the seed is smallest, in that order; all where there are fewer.

    Each case is as likely as any other, and a case that comes later changes the sample only by its own place in it.
    Raises InputError ``sample-seed`` or ``sample-count``.
    """
    if not _SEED.fullmatch(seed):
        raise InputError("sample-seed", "The seed is not one.", "Give 64 of 0-9 and a-f, or none to have one drawn.")
    if not 1 <= count <= MOST:
        raise InputError("sample-count", "The number of cases is out of range.", f"Give 1 to {MOST}.")
    key = bytes.fromhex(seed)
    return tuple(heapq.nsmallest(count, set(cases), key=lambda case: (place(key, case), case)))


def place(seed: bytes, case: str) -> bytes:
    """Where a case lies in the order of a seed: SHA-256 of the seed's 32 bytes and the case's id."""
    return hashlib.sha256(seed + case.encode()).digest()
