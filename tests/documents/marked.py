"""Painted faces with coloured eyes and mouth, and a detector and a mesh that see nothing else: twins of the networks.

They have the networks' weaknesses: the detector sees no face that fills less than a tenth of what it looks at, and scores
turned faces lower, but not low; the mesh takes a face that stands on its head for an upright one.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.face.eyes import eye_centres
from simreg.face.mesh import crop, to_crop
from simreg.face.types import Box, Detection, Mesh, Region
from synthetic.head import STRAIGHT, landmarks

EYES_OF_WIDTH = 0.47
"""Distance of the eye centres over the width of the synthetic head."""

MOUTH = 1.1
"""From the middle of the eyes down to the mouth, over the eye distance."""

BOX = 2.6
"""Side of the detector's box over the eye distance."""

Place = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PaintedFace:
    """A face at (x, y), the middle of its eyes, turned clockwise by ``angle`` degrees; lengths in pixels.

    ``contrast`` 0..1 how strongly it is painted, on a ground of ``light`` 0..255; ``person`` who it is.
    """

    x: float
    y: float
    eyes: float
    angle: float = 0.0
    person: int = 1
    contrast: float = 1.0
    light: float = 150.0


def paint(width: int, height: int, *faces: PaintedFace) -> Image:
    """A grey picture with these faces in it."""
    picture = np.full((height, width, 3), 128, np.uint8)
    for face in faces:
        unit = 40
        cos, sin = (f(math.radians(face.angle)) * face.eyes / unit for f in (math.cos, math.sin))
        matrix = np.array([[cos, -sin, 0.0], [sin, cos, 0.0]])
        matrix[:, 2] = np.array([face.x, face.y]) - matrix[:, :2] @ np.array([1.4 * unit, 1.2 * unit])
        sheet = _sheet(face, unit)
        over = cv2.warpAffine(np.full(sheet.shape[:2], 255, np.uint8), matrix, (width, height))
        seen = cv2.warpAffine(sheet, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
        picture = np.where(over[..., None] > 127, seen, picture)
    return np.asarray(picture, np.uint8)


def _sheet(face: PaintedFace, unit: int) -> Image:
    """The face upright, with an eye distance of so many pixels."""
    rng = np.random.default_rng(face.person)
    blocks = rng.normal(0, 55, (14, 14)).clip(-100, 100)
    skin = cv2.resize(blocks, (round(2.8 * unit), round(2.8 * unit)), interpolation=cv2.INTER_NEAREST)
    sheet = np.repeat(skin[..., None], 3, axis=2)
    middle = np.array([1.4 * unit, 1.2 * unit])
    marks = ((-0.5, 0.0), (0.5, 0.0), (0.0, MOUTH))
    for colour, (u, v) in enumerate(marks):
        x, y = (middle + np.array([u, v]) * unit).round().astype(int)
        reach = round(0.22 * unit)
        sheet[y - reach : y + reach + 1, x - reach : x + reach + 1] = -70
        sheet[y - reach : y + reach + 1, x - reach : x + reach + 1, colour] = 70
    return np.asarray((face.light + face.contrast * sheet).clip(0, 255), np.uint8)


def read_faces(image: Image) -> list[tuple[Place, Place]]:
    """The eyes, right one first, of the faces whose marks are all in the picture."""
    red, green, blue = (_spots(image, colour) for colour in range(3))
    found = []
    for right in red:
        for left in green:
            across = left - right
            mouth = (right + left) / 2 + MOUTH * np.array([-across[1], across[0]])
            if any(math.dist(spot, mouth) < 0.35 * math.hypot(*across) for spot in blue):
                found.append((right, left))
    return found


def _spots(image: Image, colour: int) -> list[Place]:
    """Middles of the spots of one colour."""
    channels = image.astype(np.int16)
    others = np.delete(channels, colour, axis=2).max(axis=2)
    _, _, sizes, middles = cv2.connectedComponentsWithStats(((channels[..., colour] - others) > 12).astype(np.uint8))
    return [
        np.asarray(m, np.float64) for size, m in zip(sizes[1:, cv2.CC_STAT_AREA], middles[1:], strict=True) if size > 2
    ]


class MarkedDetector:
    """Finds painted faces; counts how often it is asked."""

    def __init__(self) -> None:
        self.calls = 0

    def detect(self, image: Image) -> list[Detection]:
        self.calls += 1
        found = [_detection(right, left) for right, left in read_faces(image)]
        return sorted((d for d in found if d.box.width >= 0.1 * max(image.shape)), key=lambda d: -d.score)


def _detection(right: Place, left: Place) -> Detection:
    across = left - right
    eyes, down = math.hypot(*across), np.array([-across[1], across[0]])
    x, y = (right + left) / 2 + 0.3 * down
    mouth = (right + left) / 2 + MOUTH * down
    points = np.array([right, left, (right + left) / 2 + 0.6 * down, mouth, right - 0.5 * across, left + 0.5 * across])
    angle = abs(math.degrees(math.atan2(across[1], across[0])))
    box = Box(x - BOX * eyes / 2, y - BOX * eyes / 2, BOX * eyes, BOX * eyes)
    return Detection(box, 0.95 - 0.3 * angle / 180, points.astype(np.float32))


class MarkedMesh:
    """Finds the landmarks of a painted face in a region, and its upside-down twin where the region is upside down.

    ``yaw`` is what it reads of every face, in degrees.
    """

    def __init__(self, yaw: float = 0.0) -> None:
        self._yaw = yaw

    def find(self, image: Image, region: Region) -> Mesh:
        wide = Region(region.x, region.y, region.side * 1.2, region.angle)
        faces = read_faces(crop(image, wide, 192))
        if not faces:
            return Mesh(landmarks(STRAIGHT), 0.01)
        right, left = min(faces, key=lambda eyes: math.dist((eyes[0] + eyes[1]) / 2, (96, 96)))
        back = cv2.invertAffineTransform(to_crop(wide, 192))
        right, left = (back[:, :2] @ eye + back[:, 2] for eye in (right, left))
        roll = math.degrees(math.atan2(left[1] - right[1], left[0] - right[0]))
        if abs((roll - region.angle + 180) % 360 - 180) > 120:
            roll += 180
        points = landmarks(STRAIGHT.but(width=math.dist(left, right) / EYES_OF_WIDTH, roll=roll, yaw=self._yaw)).copy()
        points[:, :2] += (right + left) / 2 - eye_centres(points)[:, :2].mean(axis=0)
        return Mesh(points, 0.9999999)
