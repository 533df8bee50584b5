"""light: enough light on the face, and not too much."""

from statistics import median

from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult, State

NAME = "light"
DARKEST, BRIGHTEST = 40.0, 235.0
"""Mean luminance of the face, 0..255."""

LEAST_CONTRAST = 8.0


def check(evidence: Evidence) -> CheckResult:
    """Median over the frames of the face's mean luminance."""
    faces = evidence.faces
    if not faces:
        return not_assessed(NAME, DARKEST, "No face was seen.")
    brightness = float(median([face.brightness for face in faces]))
    contrast = float(median([face.contrast for face in faces]))
    if contrast < LEAST_CONTRAST:
        text = "The face shows no contrast; find even light and clean the lens."
        return CheckResult(NAME, State.FAILED, contrast, LEAST_CONTRAST, text)
    if brightness > BRIGHTEST:
        text = "The face is too bright; turn away from the lamp or window."
        return CheckResult(NAME, State.FAILED, brightness, BRIGHTEST, text, above=False)
    return at_least(
        NAME, brightness, DARKEST, "There is enough light on the face.", "The face is too dark; find more light."
    )
