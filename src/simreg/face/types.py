"""What is seen of a face: the values that every later room reads, and the signs they have.

Angles are degrees. Yaw is positive when the subject turns to their own left (towards the image's right in an
unmirrored frame), pitch is positive upwards, roll is positive towards the subject's left shoulder. Times are seconds
from the capture's first frame. Images are uint8 RGB, shape (H, W, 3). Pixel coordinates have their origin in the upper
left corner, x to the right and y down; z has the scale of x and is smaller nearer to the camera.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image

Points = NDArray[np.float32]
"""Landmarks, float32, shape (478, 3), pixels of the frame: 468 of the mesh, then 5 of each iris (right eye first)."""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels of the frame; it may reach beyond the frame's edge."""

    left: float
    top: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """Middle of the box: x, y in pixels."""
        return self.left + self.width / 2, self.top + self.height / 2

    @property
    def area(self) -> float:
        """Square pixels."""
        return self.width * self.height

    def iou(self, other: "Box") -> float:
        """Intersection over union with another box, 0..1."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        if across <= 0 or down <= 0:
            return 0.0
        return across * down / (self.area + other.area - across * down)


@dataclass(frozen=True, slots=True)
class Detection:
    """A face that the detector found: its box, score 0..1, and six points (6, 2) in pixels.

    The points are the subject's right eye, left eye, nose tip, mouth, right ear, left ear.
    """

    box: Box
    score: float
    keypoints: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Region:
    """A rotated square of the frame that a mesh is looked for in.

    Centre in pixels, side in pixels, and the angle in degrees by which its upright axis is turned clockwise in the
    picture (the face's roll there).
    """

    x: float
    y: float
    side: float
    angle: float


@dataclass(frozen=True, slots=True)
class Mesh:
    """Landmarks found in a region and how sure the network is that a face is there (0..1)."""

    points: Points
    presence: float


@dataclass(frozen=True, slots=True)
class Pose:
    """Head turn in degrees, with this module's signs."""

    yaw: float
    pitch: float
    roll: float


@dataclass(frozen=True, slots=True)
class EyeOpenness:
    """Lid gap of each of the subject's own eyes over the distance of the eyes, 0 (shut) .. about 0.25 (wide open)."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class ObservedFace:
    """The subject's face in one frame.

    ``box`` encloses the landmarks; ``width`` (cheek to cheek, corrected for yaw) and ``eye_distance`` (between eye
    centres, corrected for yaw) are in pixels; ``mouth`` is the gap between the lips over the mouth's width;
    ``sharpness`` (0 blurred .. 1 crisp), ``brightness`` (0..255, mean luminance of the face), ``contrast`` (standard
    deviation of the same) and ``clipped`` (share of face pixels that are black or burnt out, 0..1) are native values;
    ``occlusion`` is the share of the face that something hides, or None where that cannot be told.
    """

    box: Box
    points: Points
    presence: float
    pose: Pose
    eyes: EyeOpenness
    mouth: float
    width: float
    eye_distance: float
    sharpness: float
    brightness: float
    contrast: float
    clipped: float
    occlusion: float | None


@dataclass(frozen=True, slots=True)
class Observation:
    """What is seen in one frame.

    ``faces`` is the number of faces at the last time the whole frame was searched, which was in this frame when
    ``searched``; ``face`` the subject's, or None; ``tracked`` whether it was followed from the frame before;
    ``thumbnail`` a small grey picture of the whole frame (uint8, (36, 48)) for the continuity checks.
    """

    index: int
    time_s: float
    width: int
    height: int
    faces: int
    searched: bool
    tracked: bool
    face: ObservedFace | None
    thumbnail: NDArray[np.uint8]


class FaceDetector(Protocol):
    """Finds the faces in a picture."""

    def detect(self, image: Image) -> list[Detection]:
        """All faces, best score first; an empty list when there is none."""
        ...


class MeshFinder(Protocol):
    """Finds the landmarks of the face in a region of a picture."""

    def find(self, image: Image, region: Region) -> Mesh:
        """Landmarks and presence; a region without a face has a low presence."""
        ...


class Recogniser(Protocol):
    """Makes templates out of aligned faces."""

    @property
    def name(self) -> str:
        """Name of the recogniser, as thresholds carry it."""
        ...

    @property
    def sha256(self) -> str:
        """Digest of the published weights: what thresholds are bound to."""
        ...

    @property
    def preprocessing(self) -> str:
        """How pictures are prepared, as thresholds carry it."""
        ...

    def chip(self, image: Image, points: Points) -> Image:
        """The aligned face as the recogniser sees it: uint8, shape (n, n, 3)."""
        ...

    def template(self, chip: Image, quick: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
        """Features of an aligned face: float32, shape (d,), length at most 1; what thresholds are measured on.

        ``quick`` is the face's quick template where it is known already, so that it is not made again.
        """
        ...

    def quick_template(self, chip: Image) -> NDArray[np.float32]:
        """The same from the picture as it is, without its mirror image, for the frames of one recording."""
        ...


class PassivePad(Protocol):
    """Says from one picture how much a face looks like a bona fide presentation."""

    def score(self, image: Image, box: Box) -> float:
        """0 (attack) .. 1 (bona fide)."""
        ...
