"""one-face: nobody else is in the picture."""

from simreg.liveness.checks.base import at_most, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "one-face"
MOST_SHARE = 0.15
"""Share of searches that may find a second face: the detector is sometimes wrong for a moment."""


def check(evidence: Evidence) -> CheckResult:
    """Share of the searches of the whole frame that found more than one face."""
    searches = [seen.faces for seen in evidence.observations if seen.searched and seen.faces > 0]
    if not searches:
        return not_assessed(NAME, MOST_SHARE, "No face was found, so others could not be looked for.", above=False)
    several = sum(count > 1 for count in searches)
    share = several / len(searches) if several > 1 or len(searches) < 3 else 0.0
    return at_most(
        NAME,
        share,
        MOST_SHARE,
        "Only one person was seen.",
        f"More than one face was seen in {share:.0%} of the searches; the subject must be alone in the picture.",
    )
