"""Detector and mesh for portraits under a strong pattern: they look at a picture from which fine lines are smoothed away.

Guilloche, holograms and printed dots with a period of a few pixels of the networks' input hide a face from them that
appears again when the picture is slightly blurred, by a fixed amount of their own input.
"""

from dataclasses import replace

import cv2
import numpy as np

from simreg.capture.frame import Image
from simreg.face.detector import INPUT_SIDE as DETECTOR_SIDE
from simreg.face.mesh import INPUT_SIDE as MESH_SIDE
from simreg.face.types import Detection, FaceDetector, Mesh, MeshFinder, Region

DETECTOR_BLUR, MESH_BLUR = 0.9, 1.5
"""Standard deviation of the blur in pixels of each network's input."""


class SmoothedDetector:
    """A detector that sees no fine lines."""

    def __init__(self, detector: FaceDetector) -> None:
        self._detector = detector

    def detect(self, image: Image) -> list[Detection]:
        """All faces, best score first."""
        sigma = DETECTOR_BLUR * max(image.shape) / DETECTOR_SIDE
        return self._detector.detect(np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8))


class SmoothedMesh:
    """A mesh finder that sees no fine lines."""

    def __init__(self, mesh: MeshFinder) -> None:
        self._mesh = mesh

    def find(self, image: Image, region: Region) -> Mesh:
        """Landmarks in pixels of the picture, and presence."""
        sigma = MESH_BLUR * region.side / MESH_SIDE
        half = 0.75 * region.side + 3 * sigma
        left, top = max(0, int(region.x - half)), max(0, int(region.y - half))
        part = image[top : max(top + 1, int(region.y + half) + 1), left : max(left + 1, int(region.x + half) + 1)]
        if not part.size:
            return self._mesh.find(image, region)
        smooth = np.asarray(cv2.GaussianBlur(part, (0, 0), sigma), np.uint8)
        found = self._mesh.find(smooth, replace(region, x=region.x - left, y=region.y - top))
        return replace(found, points=found.points + np.array([left, top, 0], np.float32))
