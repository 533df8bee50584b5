"""freeze: the picture never stands still, as a camera always shows some noise and a live face some movement."""

from collections.abc import Sequence

import numpy as np

from simreg.liveness.checks.base import at_most, not_assessed
from simreg.liveness.checks.continuity import picture_steps
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "freeze"
LONGEST_S = 0.35
STILL = 0.02
"""Grey levels: a smaller step of the whole picture is none."""


def check(evidence: Evidence) -> CheckResult:
    """Longest time in seconds in which the picture did not change."""
    if len(evidence.observations) < 3:
        return not_assessed(NAME, LONGEST_S, "There were too few frames.", above=False)
    still = picture_steps(evidence.observations) < STILL
    longest = longest_run(still.tolist(), np.diff(evidence.times).tolist())
    return at_most(
        NAME,
        longest,
        LONGEST_S,
        "The picture is never frozen.",
        f"The picture stands still for {longest:.1f} s, as no camera's does.",
        suspicious=True,
    )


def longest_run(flags: Sequence[bool], lengths: Sequence[float]) -> float:
    """Largest sum of lengths over neighbouring true flags."""
    best = run = 0.0
    for flag, length in zip(flags, lengths, strict=True):
        run = run + max(length, 0.0) if flag else 0.0
        best = max(best, run)
    return best
