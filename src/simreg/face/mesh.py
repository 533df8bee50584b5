"""The face mesh with attention as a `MeshFinder` (Grishchenko et al., 2020, arXiv:2006.10962)."""

import math

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.face.mesh_refinement import refine
from simreg.face.types import Detection, Mesh, Points, Region

INPUT_SIDE = 192
"""Side in pixels of the square that the network looks at."""

OUTPUTS = (
    "output_mesh_identity",
    "output_lips",
    "output_left_eye",
    "output_right_eye",
    "output_left_iris",
    "output_right_iris",
    "conv_faceflag",
)

MARGIN = 1.5
"""Side of the region over the face's own longer side."""

RIGHT_EYE_CORNER, LEFT_EYE_CORNER = 33, 263
"""Outer corners of the subject's eyes in the mesh."""


def region_of_detection(detection: Detection) -> Region:
    """Where to look for the mesh of a face that the detector found."""
    right_eye, left_eye = detection.keypoints[0], detection.keypoints[1]
    angle = math.degrees(math.atan2(float(left_eye[1] - right_eye[1]), float(left_eye[0] - right_eye[0])))
    x, y = detection.box.centre
    return Region(x, y, MARGIN * max(detection.box.width, detection.box.height), angle)


def region_of_points(points: Points) -> Region:
    """Where to look for the face in the next frame, given its landmarks in this one."""
    across = points[LEFT_EYE_CORNER, :2] - points[RIGHT_EYE_CORNER, :2]
    angle = math.atan2(float(across[1]), float(across[0]))
    cos, sin = math.cos(angle), math.sin(angle)
    left, top, right, bottom = extent(points[:, :2] @ np.array([[cos, -sin], [sin, cos]], np.float32))
    x, y = (left + right) / 2, (top + bottom) / 2
    side = max(right - left, bottom - top) * MARGIN
    return Region(x * cos - y * sin, x * sin + y * cos, side, math.degrees(angle))


def extent(points: Points) -> tuple[float, float, float, float]:
    """The least x, the least y, the most x, the most y of points (n, 2) or (n, 3)."""
    x, y = np.ascontiguousarray(points[:, :2].T)  # numpy is several times slower down columns than along rows
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def to_crop(region: Region, side: int) -> NDArray[np.float64]:
    """The affine map, shape (2, 3), from pixels of the frame to an upright square of ``side`` pixels."""
    scale = side / max(region.side, 1e-6)
    cos, sin = math.cos(math.radians(region.angle)) * scale, math.sin(math.radians(region.angle)) * scale
    middle = side / 2
    return np.array(
        [[cos, sin, middle - cos * region.x - sin * region.y], [-sin, cos, middle + sin * region.x - cos * region.y]]
    )


def crop(image: Image, region: Region, side: int) -> Image:
    """The region shown upright in a square of ``side`` pixels; what lies beyond the frame repeats its edge.

    A region more than twice as large is reduced by area first, as bilinear sampling alone would alias.
    """
    factor = max(1, int(region.side / side))
    part, left, top = _around(image, region, margin=2 * factor)
    height, width = part.shape[0] // factor, part.shape[1] // factor
    if factor > 1 and height and width:
        part = part[: height * factor, : width * factor]
        part = np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    else:
        factor = 1
    shift = np.array([[factor, 0, left + (factor - 1) / 2], [0, factor, top + (factor - 1) / 2], [0, 0, 1]])
    matrix = to_crop(region, side) @ shift
    four = cv2.cvtColor(part, cv2.COLOR_RGB2RGBA)  # four channels are sampled in half the time of three
    warped = cv2.warpAffine(four, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.cvtColor(warped, cv2.COLOR_RGBA2RGB), np.uint8)


def _around(image: Image, region: Region, margin: int) -> tuple[Image, int, int]:
    """The upright part of the picture that holds the region and a margin, at least one pixel; its left and top."""
    turn = math.radians(region.angle)
    half = region.side * (abs(math.cos(turn)) + abs(math.sin(turn))) / 2 + margin
    height, width = image.shape[:2]
    left, top = min(max(0, int(region.x - half)), width - 1), min(max(0, int(region.y - half)), height - 1)
    right, bottom = max(left, int(region.x + half)) + 1, max(top, int(region.y + half)) + 1
    return image[top:bottom, left:right], left, top


def planes(image: Image, scale: float, shift: float = 0.0) -> NDArray[np.float32]:
    """Pixels times ``scale`` plus ``shift`` as a network takes them: float32, shape (1, 3, H, W).

    Channel by channel into one block of memory, as a transposed view would be copied again, and slowly, by the engine.
    """
    out = np.empty((1, 3, *image.shape[:2]), np.float32)
    for channel, plane in zip(out[0], cv2.split(image), strict=True):
        np.multiply(plane, np.float32(scale), out=channel, dtype=np.float32)
    if shift:
        out += np.float32(shift)
    return out


class AttentionMesh:
    """Finds 478 landmarks; ``session`` has input (1, 3, 192, 192) in 0..1 and the seven outputs named below."""

    def __init__(self, session: ort.InferenceSession) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name

    def find(self, image: Image, region: Region) -> Mesh:
        """Landmarks in pixels of the frame, and presence 0..1."""
        patch = crop(image, region, INPUT_SIDE)
        tensor = planes(patch, 1 / 255)
        *parts, logit = self._session.run(OUTPUTS, {self._input: tensor})
        scale = region.side / INPUT_SIDE
        back = cv2.invertAffineTransform(to_crop(region, INPUT_SIDE)).astype(np.float32)
        local = refine(*parts)
        out = np.empty_like(local)
        out[:, :2] = local[:, :2] @ back[:, :2].T + back[:, 2]
        out[:, 2] = local[:, 2] * scale
        return Mesh(out, float(1 / (1 + np.exp(-np.clip(float(logit.reshape(-1)[0]), -80, 80)))))
