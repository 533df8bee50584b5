"""The moments at which a camera takes its frames: seldom even, and some are lost."""

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

RATES = (5.0, 10.0, 15.0, 24.0, 30.0, 60.0)
"""Nominal frames a second."""


@dataclass(frozen=True, slots=True)
class Clock:
    """``jitter`` is the most by which two frames come nearer than they should, as a share of their distance (0..1);
    ``lost`` the share of frames that are dropped, never two in a row; ``phase`` the first frame's delay, as a share of
    the distance of two.
    """

    fps: float = 15.0
    jitter: float = 0.0
    lost: float = 0.0
    phase: float = 0.0
    seed: int = 0

    def times(self, seconds: float) -> list[float]:
        """Times of the frames, strictly rising, from when the subject's own time begins."""
        random = np.random.default_rng(self.seed)
        count = int(seconds * self.fps) + 1
        early = random.uniform(-0.5, 0.5, count) * self.jitter
        when = (np.arange(count) + self.phase + 0.5 * self.jitter + early) / self.fps
        kept = random.uniform(size=count) >= self.lost
        kept[1:] |= ~kept[:-1]
        return [float(one) for one in when[kept]]

    @property
    def longest_gap(self) -> float:
        """No two frames are farther apart, in seconds."""
        return ((2 if self.lost else 1) + self.jitter) / self.fps

    def at(self, fps: float) -> "Clock":
        """The same at another rate."""
        return replace(self, fps=fps)


def clocks(least: float = 5.0, most: float = 60.0, jitter: float = 0.6, lost: float = 0.1) -> st.SearchStrategy[Clock]:
    """Clocks of every rate between two, in frames a second."""
    return st.builds(
        Clock,
        fps=st.floats(least, most),
        jitter=st.floats(0, jitter),
        lost=st.sampled_from([0.0, lost]),
        phase=st.floats(0, 1),
        seed=st.integers(0, 2**32 - 1),
    )
