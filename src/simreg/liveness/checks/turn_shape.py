"""turn-shape: a turning head stays as wide as it was, while a turned picture becomes narrow."""

import math
from statistics import median

import numpy as np

from simreg.face.types import ObservedFace
from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.checks.not_flat import LEAST_FRAMES, RIGID, straight_face, turned_faces
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "turn-shape"
LEAST_RATIO = 0.72
"""Width over height of the turned face, over the same of the straight face; a print must be turned to below 0.5 to be
read as turned.
"""


def check(evidence: Evidence) -> CheckResult:
    """Median over the turned frames of how much of its width the face keeps."""
    straight, turned = straight_face(evidence), turned_faces(evidence)
    if straight is None or len(turned) < LEAST_FRAMES:
        return not_assessed(NAME, LEAST_RATIO, "The head was not turned far enough to tell.")
    ratio = float(median([shape(face) for face in turned])) / max(shape(straight), 1e-6)
    return at_least(
        NAME,
        ratio,
        LEAST_RATIO,
        "The turning face keeps its width, as a head does.",
        "The turning face becomes narrow, as a flat picture does.",
        suspicious=True,
    )


def shape(face: ObservedFace) -> float:
    """Width over height of the rigid landmarks, along the axes of the upright face."""
    roll = math.radians(face.pose.roll)
    turn = np.array([[math.cos(roll), -math.sin(roll)], [math.sin(roll), math.cos(roll)]])
    upright = face.points[list(RIGID), :2] @ turn
    width, height = np.ptp(upright, axis=0)
    return float(width / max(float(height), 1e-6))
