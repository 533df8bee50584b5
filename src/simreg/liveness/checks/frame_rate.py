"""frame-rate: enough frames a second to see a blink."""

import numpy as np

from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "frame-rate"
LEAST_FPS = 12.0
ROUNDING = 0.1
"""Frames a second by which a nominal rate may fall short, as containers round their times."""


def check(evidence: Evidence) -> CheckResult:
    """Frames a second over the whole capture."""
    times = evidence.times
    if len(times) < 2 or not np.ptp(times) > 0:
        return not_assessed(NAME, LEAST_FPS, "There were too few frames to tell the frame rate.")
    rate = (len(times) - 1) / float(np.ptp(times))
    return at_least(
        NAME,
        rate,
        LEAST_FPS - ROUNDING,
        f"{rate:.1f} frames a second.",
        f"Only {rate:.1f} frames a second; short movements can be missed below {LEAST_FPS:.0f}.",
    )
