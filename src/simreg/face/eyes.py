"""Openness of the eyes and the mouth, and the distances they are measured against."""

import numpy as np
from numpy.typing import NDArray

from simreg.face.types import EyeOpenness, Points

RIGHT_CORNERS, LEFT_CORNERS = (33, 133), (362, 263)
RIGHT_LIDS = ((160, 144), (159, 145), (158, 153))
LEFT_LIDS = ((385, 380), (386, 374), (387, 373))
MOUTH_CORNERS, MOUTH_LIPS = (78, 308), ((82, 87), (13, 14), (312, 317))
"""Landmarks of the mesh, the upper one first."""


def _length(points: Points, pair: tuple[int, int]) -> float:
    return float(np.linalg.norm(points[pair[0]] - points[pair[1]]))


def _gap(points: Points, pairs: tuple[tuple[int, int], ...]) -> float:
    upper = points[[p[0] for p in pairs], :2]
    lower = points[[p[1] for p in pairs], :2]
    return float(np.linalg.norm(upper - lower, axis=1).mean())


def openness(points: Points) -> EyeOpenness:
    """Gap between the lids of each of the subject's eyes over the distance of the eyes, which a turned head keeps."""
    scale = max(eye_distance(points), 1e-6)
    return EyeOpenness(_gap(points, LEFT_LIDS) / scale, _gap(points, RIGHT_LIDS) / scale)


def mouth(points: Points) -> float:
    """Gap between the inner lips over the mouth's width, 0 (shut) .. about 1."""
    return _gap(points, MOUTH_LIPS) / max(_length(points, MOUTH_CORNERS), 1e-6)


def eye_centres(points: Points) -> NDArray[np.float32]:
    """Middle of each eye's corners: shape (2, 3), the subject's right eye first."""
    return np.stack([points[list(RIGHT_CORNERS)].mean(axis=0), points[list(LEFT_CORNERS)].mean(axis=0)])


def eye_distance(points: Points) -> float:
    """Distance of the eye centres in pixels, in space, so that a turned head keeps it."""
    right, left = eye_centres(points)
    return float(np.linalg.norm(left - right))
