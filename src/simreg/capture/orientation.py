"""The eight ways a picture can lie, and how it is turned upright."""

import struct
from enum import IntEnum

import cv2
import numpy as np

from simreg.capture.frame import Image


class Orientation(IntEnum):
    """What has to be done to see the picture upright, numbered as in EXIF (CIPA DC-008, tag 0x0112)."""

    UPRIGHT = 1
    MIRROR = 2
    HALF_TURN = 3
    FLIP = 4
    TRANSPOSE = 5
    QUARTER_TURN = 6
    TRANSVERSE = 7
    THREE_QUARTER_TURN = 8

    @property
    def degrees(self) -> int:
        """Clockwise turn, 0, 90, 180 or 270; of the mirrored ones, the turn that comes after mirroring left to right."""
        return (0, 0, 180, 180, 270, 90, 90, 270)[self - 1]

    @property
    def swaps_sides(self) -> bool:
        """Whether width and height change places."""
        return self >= Orientation.TRANSPOSE


_BY_DIRECTIONS = {
    (1, 0, 0, 1): Orientation.UPRIGHT,
    (-1, 0, 0, 1): Orientation.MIRROR,
    (-1, 0, 0, -1): Orientation.HALF_TURN,
    (1, 0, 0, -1): Orientation.FLIP,
    (0, 1, 1, 0): Orientation.TRANSPOSE,
    (0, 1, -1, 0): Orientation.QUARTER_TURN,
    (0, -1, -1, 0): Orientation.TRANSVERSE,
    (0, -1, 1, 0): Orientation.THREE_QUARTER_TURN,
}


def orientation_of_matrix(matrix: bytes) -> Orientation:
    """The orientation nearest to a display matrix of ISO/IEC 14496-12 (8.3.2).

    ``matrix`` is FFmpeg's side data: nine int32 a b u c d v x y w in native order, by which a point (p, q) is shown at
    (a p + c q + x, b p + d q + y). Anything that is no turn or mirroring is upright.
    """
    if len(matrix) < 36:
        return Orientation.UPRIGHT
    a, b, _, c, d = struct.unpack("=5i", matrix[:20])
    if abs(a) + abs(d) >= abs(b) + abs(c):
        b = c = 0
    else:
        a = d = 0
    return _BY_DIRECTIONS.get((_sign(a), _sign(b), _sign(c), _sign(d)), Orientation.UPRIGHT)


def turn_upright(image: Image, orientation: Orientation) -> Image:
    """The picture as it is to be seen; the same array when it is upright already."""
    match orientation:
        case Orientation.UPRIGHT:
            turned: np.ndarray = image
        case Orientation.MIRROR:
            turned = cv2.flip(image, 1)
        case Orientation.HALF_TURN:
            turned = cv2.rotate(image, cv2.ROTATE_180)
        case Orientation.FLIP:
            turned = cv2.flip(image, 0)
        case Orientation.TRANSPOSE:
            turned = cv2.transpose(image)
        case Orientation.QUARTER_TURN:
            turned = cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE)
        case Orientation.TRANSVERSE:
            turned = cv2.flip(cv2.transpose(image), -1)
        case Orientation.THREE_QUARTER_TURN:
            turned = cv2.rotate(image, cv2.ROTATE_90_COUNTERCLOCKWISE)
    return turned


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)
