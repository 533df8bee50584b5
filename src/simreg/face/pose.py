"""Head pose out of the mesh's own 3D landmarks.

Landmarks that no expression moves (the ridge of the nose, the corners of the eyes, the temples) are laid onto those of
an average head by the rotation that fits best (Kabsch, 1976). What it reads against a head of exactly known pose
stands in docs/pose-estimator.md.
"""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.face.types import Points, Pose

RIGHT_CHEEK, LEFT_CHEEK = 234, 454

_MIDDLE = {
    168: (-0.030, -0.166),
    6: (0.039, -0.194),
    197: (0.100, -0.228),
    195: (0.156, -0.264),
    5: (0.216, -0.302),
    4: (0.287, -0.315),
    1: (0.339, -0.296),
}
"""Landmarks on the middle line: y, z in face widths."""

_PAIRS = {
    (33, 263): (0.339, -0.002, 0.001),
    (133, 362): (0.133, 0.012, -0.039),
    (127, 356): (0.505, 0.012, 0.373),
    (162, 389): (0.499, -0.102, 0.286),
    (21, 251): (0.479, -0.194, 0.181),
    (54, 284): (0.441, -0.280, 0.083),
}
"""Landmarks on the subject's right and left: x of the left one, y, z in face widths."""

_RIGID = [*_MIDDLE, *(side for pair in _PAIRS for side in pair)]
_HEAD = np.array(
    [(0.0, y, z) for y, z in _MIDDLE.values()] + [(s * x, y, z) for x, y, z in _PAIRS.values() for s in (-1, 1)]
)
_HEAD -= _HEAD.mean(axis=0)


def rotation(points: Points) -> NDArray[np.float64]:
    """The rotation, shape (3, 3), from an average head that faces the camera to this one; column 2 is its back."""
    seen = points[_RIGID].astype(np.float64)
    _, left, right = cv2.SVDecomp((seen - seen.mean(axis=0)).T @ _HEAD)  # for 3 by 3 quicker than LAPACK's
    if cv2.determinant(left) * cv2.determinant(right) < 0:
        left[:, 2] *= -1
    return np.asarray(left @ right)


def pose(points: Points) -> Pose:
    """Yaw, pitch and roll in degrees of a face with these landmarks."""
    turned = rotation(points)
    back = turned[:, 2]
    yaw = math.degrees(math.atan2(-back[0], math.hypot(back[1], back[2])))
    pitch = math.degrees(math.atan2(back[1], back[2]))
    roll = math.degrees(math.atan2(turned[1, 0], turned[0, 0]))
    return Pose(yaw, pitch, roll)
