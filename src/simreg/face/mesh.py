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
    upright = points[:, :2] @ np.array([[cos, -sin], [sin, cos]], np.float32)
    low, high = upright.min(axis=0), upright.max(axis=0)
    x, y = (low + high) / 2
    side = float((high - low).max()) * MARGIN
    return Region(float(x * cos - y * sin), float(x * sin + y * cos), side, math.degrees(angle))


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
    matrix = to_crop(region, side)
    factor = int(region.side / side)
    if factor >= 2:
        half = region.side * 0.75
        x0, y0 = max(0, int(region.x - half)), max(0, int(region.y - half))
        x1, y1 = min(image.shape[1], int(region.x + half) + 1), min(image.shape[0], int(region.y + half) + 1)
        if x1 - x0 >= factor and y1 - y0 >= factor:
            w, h = (x1 - x0) // factor, (y1 - y0) // factor
            part = image[y0 : y0 + h * factor, x0 : x0 + w * factor]
            image = np.asarray(cv2.resize(part, (w, h), interpolation=cv2.INTER_AREA), np.uint8)
            shift = np.array([[factor, 0, x0 + (factor - 1) / 2], [0, factor, y0 + (factor - 1) / 2], [0, 0, 1]])
            matrix = matrix @ shift
    warped = cv2.warpAffine(image, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(warped, np.uint8)


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
