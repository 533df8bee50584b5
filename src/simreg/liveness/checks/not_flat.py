"""not-flat: a head that turns shows depth, which a flat picture does not.

A plane's views are related by a homography (Hartley and Zisserman, Multiple View Geometry, 13.1); what a homography
from the straight face to the turned one leaves unexplained is depth.
"""

from statistics import median

import cv2
import numpy as np

from simreg.face.types import ObservedFace
from simreg.liveness.checks.base import at_least, not_assessed
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult

NAME = "not-flat"
LEAST_DEPTH = 0.06
"""Eye distances (root mean square) left unexplained; prints leave .01 to .05 where they can be read as turned at all."""

TURNED, MOST_TURNED = 20.0, 50.0
"""Degrees of yaw from the neutral state between which the head is looked at."""

LEAST_FRAMES = 2

RIGID = (
    *(1, 2, 4, 5, 6, 168, 195, 197, 98, 327, 94, 19),
    *(10, 338, 297, 332, 284, 251, 109, 67, 103, 54, 21, 151, 9, 8),
    *(234, 454, 93, 323, 132, 361, 50, 280, 117, 346, 118, 347, 101, 330, 205, 425, 36, 266, 116, 345, 123, 352),
    *(33, 263, 133, 362, 127, 356, 162, 389, 139, 368, 34, 264),
)
"""Landmarks that keep their places to each other: nose, forehead, cheeks, temples, eye corners."""


def check(evidence: Evidence) -> CheckResult:
    """Median over the turned frames of the homography's residual."""
    turned = turned_faces(evidence)
    straight = straight_face(evidence)
    if straight is None or len(turned) < LEAST_FRAMES:
        return not_assessed(NAME, LEAST_DEPTH, "The head was not turned far enough to tell depth.")
    depth = float(median([residual(straight, face) for face in turned]))
    return at_least(
        NAME,
        depth,
        LEAST_DEPTH,
        "The turning head shows depth.",
        "The turning face shows no depth, as a flat picture does.",
        suspicious=True,
    )


def turned_faces(evidence: Evidence) -> list[ObservedFace]:
    """The faces of all frames in which the head is turned far, but not too far to be read."""
    if evidence.neutral is None:
        return []
    middle = evidence.neutral.yaw
    return [face for face in evidence.faces if TURNED <= abs(face.pose.yaw - middle) <= MOST_TURNED]


def straight_face(evidence: Evidence) -> ObservedFace | None:
    """The face nearest to the neutral state."""
    neutral = evidence.neutral
    if neutral is None or not evidence.faces:
        return None
    return min(evidence.faces, key=lambda f: abs(f.pose.yaw - neutral.yaw) + abs(f.pose.pitch - neutral.pitch))


def residual(straight: ObservedFace, turned: ObservedFace) -> float:
    """What the best homography from the straight to the turned face leaves, over the straight face's eye distance."""
    source = straight.points[list(RIGID), :2].astype(np.float64)
    target = turned.points[list(RIGID), :2].astype(np.float64)
    plane, _ = cv2.findHomography(source, target, 0)
    if plane is None:
        return 0.0
    mapped = cv2.perspectiveTransform(source[None], plane)[0]
    return float(np.sqrt(np.square(mapped - target).sum(axis=1).mean())) / max(straight.eye_distance, 1e-6)
