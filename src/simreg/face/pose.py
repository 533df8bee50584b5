"""Head pose out of the mesh's own 3D landmarks.

Two rigid lines of the head, cheek to cheek and forehead to chin, make its axes. This is smoother than a perspective
fit (solvePnP), which jumps with blinks; what it reads against exact angles stands in docs/results.
"""

import math

import numpy as np
from numpy.typing import NDArray

from simreg.face.types import Points, Pose

RIGHT_CHEEK, LEFT_CHEEK = 234, 454
FOREHEAD, CHIN = 10, 152


def axes(points: Points) -> NDArray[np.float64]:
    """The head's axes in the camera's frame, shape (3, 3), rows of length 1: to the subject's left, down, to the back."""
    across = (points[LEFT_CHEEK] - points[RIGHT_CHEEK]).astype(np.float64)
    down = (points[CHIN] - points[FOREHEAD]).astype(np.float64)
    across /= max(float(np.linalg.norm(across)), 1e-9)
    down -= across * float(across @ down)
    down /= max(float(np.linalg.norm(down)), 1e-9)
    return np.stack([across, down, np.cross(across, down)])


def pose(points: Points) -> Pose:
    """Yaw, pitch and roll in degrees of a face with these landmarks."""
    across, _, back = axes(points)
    yaw = math.degrees(math.atan2(-back[0], math.hypot(back[1], back[2])))
    pitch = math.degrees(math.atan2(back[1], back[2]))
    roll = math.degrees(math.atan2(across[1], across[0]))
    return Pose(yaw, pitch, roll)
