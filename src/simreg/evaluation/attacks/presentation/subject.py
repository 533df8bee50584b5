"""The one frame of a take that an attacker would print, and how a take's face lies in it."""

import numpy as np

from simreg.capture.frame import Image
from simreg.evaluation.attacks.types import Take
from simreg.face.eyes import mouth, openness
from simreg.face.observe import box_of, face_patch, face_width
from simreg.face.pose import pose
from simreg.face.types import Points
from simreg.quality.sharpness import sharpness


def best_frame(take: Take) -> tuple[Image, Points] | None:
    """The straightest sharp frame with open eyes and shut mouth, and its landmarks; None where no face is seen."""
    seen = [(frame.image, points) for frame, points in zip(take.frames, take.points, strict=True) if points is not None]
    return max(seen, key=lambda one: _worth(*one), default=None)


def usual_width(take: Take) -> float | None:
    """Median width of the face in pixels; None where no face is seen."""
    widths = [face_width(points) for points in take.points if points is not None]
    return float(np.median(widths)) if widths else None


def _worth(image: Image, points: Points) -> float:
    eyes, turn = openness(points), pose(points)
    crisp = sharpness(face_patch(image, box_of(points)))
    return 200 * min(eyes.left, eyes.right) + 10 * crisp - abs(turn.yaw) - abs(turn.pitch) / 2 - 40 * mouth(points)
