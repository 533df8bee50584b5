"""face-present: the subject stays in the picture."""

from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "face-present"
LEAST_SHARE = 0.9


def check(evidence: Evidence) -> CheckResult:
    """Share of the frames that show a face."""
    if not evidence.observations:
        return not_assessed(NAME, LEAST_SHARE, "There was no frame to look at.")
    share = len(evidence.faces) / len(evidence.observations)
    return at_least(
        NAME,
        share,
        LEAST_SHARE,
        f"A face was seen in {share:.0%} of the frames.",
        f"A face was seen in only {share:.0%} of the frames; it must stay in the picture throughout.",
    )
