"""size: the face is large enough in the picture."""

from statistics import median

from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "size"
LEAST_WIDTH = 80.0
"""Pixels from cheek to cheek: what the recogniser's input of 112 pixels holds of a face."""


def check(evidence: Evidence) -> CheckResult:
    """Median over the frames of the face's width in pixels."""
    faces = evidence.faces
    if not faces:
        return not_assessed(NAME, LEAST_WIDTH, "No face was seen.")
    width = float(median([face.width for face in faces]))
    return at_least(
        NAME,
        width,
        LEAST_WIDTH,
        f"The face is {width:.0f} pixels wide.",
        f"The face is only {width:.0f} pixels wide; come nearer to the camera.",
    )
