"""Openness of the eyes and the mouth, and the distances they are measured against."""

import math

import numpy as np
from numpy.typing import NDArray

from simreg.face.types import EyeOpenness, Points

RIGHT_CORNERS, LEFT_CORNERS = (33, 133), (362, 263)
RIGHT_LIDS = ((160, 144), (159, 145), (158, 153))
LEFT_LIDS = ((385, 380), (386, 374), (387, 373))
MOUTH_CORNERS, MOUTH_LIPS = (78, 308), ((82, 87), (13, 14), (312, 317))
"""Landmarks of the mesh, the upper one first."""


_RIGHT, _LEFT, _MOUTH = (np.array(pairs).T for pairs in (RIGHT_LIDS, LEFT_LIDS, MOUTH_LIPS))


def _length(points: Points, pair: tuple[int, int]) -> float:
    return math.dist(points[pair[0]].tolist(), points[pair[1]].tolist())


def _gap(points: Points, pairs: NDArray[np.intp]) -> float:
    """Mean distance in the picture of pairs, shape (2, n): the upper landmarks and the lower ones."""
    upper, lower = points[pairs, :2].tolist()
    return sum(map(math.dist, upper, lower)) / len(upper)


def openness(points: Points) -> EyeOpenness:
    """Gap between the lids of each of the subject's eyes over the distance of the eyes, which a turned head keeps."""
    scale = max(eye_distance(points), 1e-6)
    return EyeOpenness(_gap(points, _LEFT) / scale, _gap(points, _RIGHT) / scale)


def mouth(points: Points) -> float:
    """Gap between the inner lips over the mouth's width, 0 (shut) .. about 1."""
    return _gap(points, _MOUTH) / max(_length(points, MOUTH_CORNERS), 1e-6)


def eye_centres(points: Points) -> NDArray[np.float32]:
    """Middle of each eye's corners: shape (2, 3), the subject's right eye first."""
    inner, outer = points[[RIGHT_CORNERS[0], LEFT_CORNERS[0]]], points[[RIGHT_CORNERS[1], LEFT_CORNERS[1]]]
    return np.asarray((inner + outer) / 2, np.float32)


def eye_distance(points: Points) -> float:
    """Distance of the eye centres in pixels, in space, so that a turned head keeps it."""
    right, left = eye_centres(points).tolist()
    return math.dist(right, left)
