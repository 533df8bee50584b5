"""frame-times: the frames follow each other as a camera makes them."""

import numpy as np

from simreg.liveness.checks.base import at_most, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "frame-times"
LONGEST_GAP_S = 0.5


def check(evidence: Evidence) -> CheckResult:
    """Longest time between two frames in seconds; a time that runs backwards or stands still counts as endless."""
    times = evidence.times
    if len(times) < 2:
        return not_assessed(NAME, LONGEST_GAP_S, "There were too few frames to judge their times.", above=False)
    steps = np.diff(times)
    if not bool((steps > 0).all()) or not np.isfinite(times).all():
        text = "Frame times stand still or run backwards."
        return at_most(NAME, float("inf"), LONGEST_GAP_S, "", text, suspicious=True)
    longest = float(steps.max())
    return at_most(
        NAME,
        longest,
        LONGEST_GAP_S,
        f"Frames follow each other within {longest:.2f} s.",
        f"There is a gap of {longest:.2f} s between two frames; something could have happened in it.",
    )
