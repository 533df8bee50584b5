"""passive-pad: how the face looks, over the whole capture, to networks that know prints and screens."""

from statistics import median

from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult, State

NAME = "passive-pad"
BONA_FIDE, ATTACK = 0.65, 0.5
"""From the first a capture looks bona fide, below the second like an attack; between them nothing can be said."""

LEAST_FRAMES = 3
"""Single frames flip when the face moves a few centimetres."""


def check(evidence: Evidence) -> CheckResult:
    """Median over the sampled frames of the mean bona fide probability."""
    if evidence.pad_scores is None:
        return not_assessed(NAME, BONA_FIDE, "No passive PAD network is installed.")
    if len(evidence.pad_scores) < LEAST_FRAMES:
        return not_assessed(NAME, BONA_FIDE, "There were too few usable frames.")
    value = float(median(evidence.pad_scores))
    if ATTACK <= value < BONA_FIDE:
        text = "The face looks neither clearly like a live person nor clearly like a print or a screen."
        return CheckResult(NAME, State.NOT_ASSESSED, value, BONA_FIDE, text)
    return at_least(
        NAME,
        value,
        BONA_FIDE,
        "The face looks like a live person before the camera.",
        "The face looks like a print or a screen held before the camera.",
        suspicious=True,
    )
