"""Challenges that are drawn as a live capture draws them, and yet are the same each time."""

import hashlib

from simreg.liveness.challenge import Challenge
from simreg.liveness.drawing import draw_challenge
from simreg.liveness.types import Action


def random_challenge(seed: str, actions: int) -> Challenge:
    """A challenge of so many actions for somebody who can do all of them; the same for the same seed."""
    return draw_challenge(_Seeded(seed).below, tuple(Action), actions)[0]


class _Seeded:
    """Numbers that follow from a seed, in place of chance."""

    def __init__(self, seed: str) -> None:
        self._seed, self._drawn = seed, 0

    def below(self, bound: int) -> int:
        self._drawn += 1
        return int.from_bytes(hashlib.sha256(f"{self._seed} {self._drawn}".encode()).digest()[:8]) % bound
