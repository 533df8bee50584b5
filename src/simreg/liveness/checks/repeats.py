"""repeats: each frame is a new picture."""

import numpy as np

from simreg.liveness.checks.base import at_most, not_assessed
from simreg.liveness.checks.continuity import picture_steps
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "repeats"
MOST_SHARE = 0.25
SAME = 0.005
"""Grey levels: a smaller step is the same picture again."""


def check(evidence: Evidence) -> CheckResult:
    """Share of the frames that repeat the one before."""
    if len(evidence.observations) < 3:
        return not_assessed(NAME, MOST_SHARE, "There were too few frames.", above=False)
    share = float(np.mean(picture_steps(evidence.observations) < SAME))
    return at_most(
        NAME,
        share,
        MOST_SHARE,
        "The frames are all different pictures." if share == 0 else f"{share:.0%} of the frames repeat the one before.",
        f"{share:.0%} of the frames repeat the one before; fewer pictures were taken than it seems.",
    )
