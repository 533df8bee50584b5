"""Looks for faces in a whole picture: squares of several sizes, and the picture turned four ways."""

import cv2
import numpy as np

from simreg.capture.frame import Image
from simreg.face.detector import INPUT_SIDE
from simreg.face.types import Box, Detection, FaceDetector

STEP = 0.72
"""Most that neighbouring squares are apart, over their side: a face of a quarter of the side lies whole in one."""

LEAST_SIDE = 160
"""Side in pixels below which a square holds only faces that are too small to be compared."""

BASE_SIDE = 1024
"""Longer side in pixels that is left at least when a larger picture is reduced for the search."""

SAME = 0.3
"""Intersection over union from which two detections are of one face."""


def square_sides(width: int, height: int) -> list[float]:
    """Sides in pixels of the squares to look at, in the order of looking.

    The whole picture; squares as high as it is; smaller squares, for a document that is small in its photograph.
    """
    long, short = max(width, height), min(width, height)
    sides: list[float] = [long]
    if 0.15 * long <= short < 0.87 * long:
        sides.append(short)
    return sides + [part * short for part in (0.6, 0.36) if part * short >= LEAST_SIDE]


def reduced(image: Image) -> tuple[Image, int]:
    """The picture reduced for the search, and by how much: a whole number, as that is fast for a large picture."""
    height, width = image.shape[:2]
    factor = max(1, max(height, width) // BASE_SIDE)
    if factor == 1 or min(height, width) < factor:
        return image, 1
    height, width = height // factor, width // factor
    whole = image[: height * factor, : width * factor]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8), factor


class Search:
    """Looks for faces in one picture with a detector; every square is looked at once only."""

    def __init__(self, image: Image, detector: FaceDetector) -> None:
        self.height, self.width = image.shape[:2]
        self._detector = detector
        self._pyramid = [image]
        while max(self._pyramid[-1].shape) >= 4 * INPUT_SIDE:
            self._pyramid.append(_half(self._pyramid[-1]))
        self._seen: dict[tuple[float, int], list[Detection]] = {}

    def scan(self, side: float, turn: int) -> list[Detection]:
        """Faces in squares of ``side`` pixels with the picture turned clockwise by ``turn`` quarters, best score first.

        Boxes and points are in pixels of the picture as it was given.
        """
        if (side, turn) not in self._seen:
            self._seen[side, turn] = self._scan(side, turn)
        return self._seen[side, turn]

    def _scan(self, side: float, turn: int) -> list[Detection]:
        scale = INPUT_SIDE / side
        size = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        nearest = next(one for one in reversed(self._pyramid) if one.shape[1] >= size[0] or one is self._pyramid[0])
        way = cv2.INTER_AREA if nearest.shape[1] > size[0] else cv2.INTER_LINEAR
        small = np.rot90(np.asarray(cv2.resize(nearest, size, interpolation=way), np.uint8), -turn)
        height, width = small.shape[:2]
        found = []
        for top in _starts(height):
            for left in _starts(width):
                square = np.zeros((INPUT_SIDE, INPUT_SIDE, 3), np.uint8)
                part = small[top : top + INPUT_SIDE, left : left + INPUT_SIDE]
                square[: part.shape[0], : part.shape[1]] = part
                seen = self._detector.detect(square)
                found += [_placed(one, left, top, scale, turn, width, height) for one in seen]
        return distinct(found)


def distinct(found: list[Detection]) -> list[Detection]:
    """One detection of each face, that with the best score; best first."""
    kept: list[Detection] = []
    for detection in sorted(found, key=lambda d: -d.score):
        if not any(overlap(detection.box, other.box) for other in kept):
            kept.append(detection)
    return kept


def overlap(box: Box, other: Box) -> bool:
    """Whether two boxes are of one face: much in common, or the middle of one deep in the other."""
    if box.iou(other) > SAME:
        return True
    (x, y), (u, v) = box.centre, other.centre
    reach = max(box.width, box.height, other.width, other.height) * 0.35
    return abs(x - u) < reach and abs(y - v) < reach


def _starts(length: int) -> list[int]:
    """Where squares begin along a side of so many pixels."""
    if length <= INPUT_SIDE:
        return [0]
    count = 1 + int(np.ceil((length - INPUT_SIDE) / (INPUT_SIDE * STEP)))
    return [round(at) for at in np.linspace(0, length - INPUT_SIDE, count)]


def _half(image: Image) -> Image:
    size = max(1, image.shape[1] // 2), max(1, image.shape[0] // 2)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _placed(seen: Detection, left: int, top: int, scale: float, turn: int, width: int, height: int) -> Detection:
    """A detection in a square of the reduced and turned picture, in pixels of the picture as given."""
    box = seen.box
    corners = np.array([[box.left, box.top], [box.left + box.width, box.top + box.height]])
    points = np.concatenate([corners, seen.keypoints]) + np.array([left, top])
    for _ in range(turn):
        points = np.column_stack([points[:, 1], width - points[:, 0]])
        width, height = height, width
    points = points / scale
    low, high = points[:2].min(axis=0), points[:2].max(axis=0)
    placed = Box(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
    return Detection(placed, seen.score, points[2:].astype(np.float32))
