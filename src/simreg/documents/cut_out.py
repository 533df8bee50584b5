"""The part of a picture around a face, turned upright."""

from dataclasses import dataclass

import numpy as np

from simreg.capture.frame import Image
from simreg.documents.upright import Face
from simreg.face.mesh import region_of_points
from simreg.face.types import Points

SURROUNDINGS = 1.4
"""Side of the part over the side of the mesh's region, which is half as large again as the face."""


@dataclass(frozen=True, slots=True)
class CutOut:
    """A face upright.

    ``image`` is the part, ``points`` the landmarks in it; ``in_whole`` the landmarks in the whole picture turned upright,
    which is ``width`` and ``height`` pixels; ``rotation`` by how many degrees clockwise it was turned.
    """

    image: Image
    points: Points
    in_whole: Points
    width: int
    height: int
    rotation: int


def cut_out(image: Image, face: Face) -> CutOut:
    """The part of the picture around a face, in the orientation of the four in which the face stands upright."""
    height, width = image.shape[:2]
    region = region_of_points(face.points)
    half = region.side * SURROUNDINGS / 2
    left, right = _within(region.x - half, region.x + half, width)
    top, bottom = _within(region.y - half, region.y + half, height)
    part = image[top:bottom, left:right]
    local = turned(face.points - np.array([left, top, 0], np.float32), right - left, bottom - top, face.turn)
    whole = turned(face.points, width, height, face.turn)
    if face.turn % 2:
        width, height = height, width
    return CutOut(np.ascontiguousarray(np.rot90(part, -face.turn)), local, whole, width, height, 90 * face.turn)


def turned(points: Points, width: int, height: int, turn: int) -> Points:
    """Landmarks in a picture turned clockwise by so many quarters; it was ``width`` and ``height`` pixels before."""
    x, y, z = points.T
    for _ in range(turn):
        x, y = height - 1 - y, x
        width, height = height, width
    return np.stack([x, y, z], axis=1).astype(np.float32)


def _within(low: float, high: float, length: int) -> tuple[int, int]:
    """The pixels from low to high of a side, at least one."""
    first = min(max(0, int(low)), length - 1)
    return first, max(first + 1, min(length, int(high) + 1))
