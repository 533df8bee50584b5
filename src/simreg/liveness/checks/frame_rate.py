"""frame-rate: enough frames a second to see a blink."""

import numpy as np
from numpy.typing import NDArray

from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "frame-rate"
LEAST_FPS = 12.0
STRETCH_S = 2.0
ROUNDING = 0.1
"""Frames a second by which a nominal rate may fall short, as containers round their times."""


def check(evidence: Evidence) -> CheckResult:
    """Frames a second in the slowest stretch of two seconds, or over a shorter capture."""
    times = evidence.times
    if len(times) < 2 or not 0 < np.ptp(times) < np.inf:
        return not_assessed(NAME, LEAST_FPS, "There were too few frames to tell the frame rate.")
    rate = slowest_rate(times)
    return at_least(
        NAME,
        rate,
        LEAST_FPS - ROUNDING,
        f"{rate:.1f} frames a second.",
        f"Only {rate:.1f} frames a second; short movements can be missed below {LEAST_FPS:.0f}.",
    )


def slowest_rate(times: NDArray[np.float64]) -> float:
    """Lowest number of frames a second in any stretch of `STRETCH_S` from a frame on; times in seconds, shape (n,)."""
    times = np.sort(times)
    ends = np.searchsorted(times, times + STRETCH_S - 1e-9)
    whole = ends < len(times)
    if not whole.any():
        return (len(times) - 1) / float(np.ptp(times))
    first = np.flatnonzero(whole)
    return float(np.min((ends[first] - first) / (times[ends[first]] - times[first])))
