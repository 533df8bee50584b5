"""Movements of a head over time: smooth ways between states, and the small ones that nobody can help."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from simreg.demo.head import HeadState


@dataclass(frozen=True, slots=True)
class Move:
    """Go to a state within ``takes_s`` seconds, then stay there for ``stays_s``."""

    to: HeadState
    takes_s: float
    stays_s: float


def duration(moves: Sequence[Move]) -> float:
    """Seconds that all moves take."""
    return sum(move.takes_s + move.stays_s for move in moves)


def at(moves: Sequence[Move], time_s: float) -> HeadState:
    """The state at a time, with the smoothest speed between two rests (minimum jerk: Flash and Hogan, 1985)."""
    before = HeadState()
    for move in moves:
        if time_s < move.takes_s:
            share = time_s / move.takes_s
            return between(before, move.to, share**3 * (10 - 15 * share + 6 * share**2))
        time_s -= move.takes_s
        if time_s < move.stays_s:
            return move.to
        time_s -= move.stays_s
        before = move.to
    return before


def between(first: HeadState, second: HeadState, share: float) -> HeadState:
    """The state that far (0..1) on the way from the first to the second."""
    ways = ((getattr(first, f.name), getattr(second, f.name)) for f in fields(HeadState))
    return HeadState(*(a + (b - a) * share for a, b in ways))


class Sway:
    """Small motion that never stops: three slow waves for each of yaw, pitch, roll, x and y."""

    def __init__(self, seed: int, size: float = 1.0) -> None:
        random = np.random.default_rng(seed)
        self._rates = random.uniform(0.15, 0.7, (5, 3))
        self._phases = random.uniform(0, 2 * np.pi, (5, 3))
        self._sizes = size * np.array([0.9, 0.7, 0.5, 0.012, 0.010])[:, None] * random.uniform(0.4, 1.0, (5, 3))

    def added(self, state: HeadState, time_s: float) -> HeadState:
        """The state with this motion's part at a time."""
        waves = np.sin(2 * np.pi * self._rates * time_s + self._phases) * self._sizes
        yaw, pitch, roll, x, y = waves.sum(axis=1).tolist()
        return replace(
            state,
            yaw=state.yaw + yaw,
            pitch=state.pitch + pitch,
            roll=state.roll + roll,
            x=state.x + x,
            y=state.y + y,
        )
