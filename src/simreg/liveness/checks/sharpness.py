"""sharpness: the face is in focus."""

import numpy as np

from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "sharpness"
LEAST = 0.1


def check(evidence: Evidence) -> CheckResult:
    """Upper quartile over the frames of the face's sharpness, as movement blurs some of them."""
    faces = evidence.faces
    if not faces:
        return not_assessed(NAME, LEAST, "No face was seen.")
    value = float(np.quantile([face.sharpness for face in faces], 0.75))
    return at_least(
        NAME, value, LEAST, "The face is sharp.", "The face is blurred; clean the lens, hold still, find more light."
    )
