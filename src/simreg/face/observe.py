"""Follows the subject's face through the frames: searches the whole frame only when it must."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Frame, Image
from simreg.face.eyes import eye_distance, mouth, openness
from simreg.face.mesh import extent, region_of_detection, region_of_points
from simreg.face.pose import LEFT_CHEEK, RIGHT_CHEEK, pose
from simreg.face.types import (
    Box,
    Detection,
    FaceDetector,
    Mesh,
    MeshFinder,
    Observation,
    ObservedFace,
    Points,
    Region,
)
from simreg.quality.cropped import cropped
from simreg.quality.exposure import exposure
from simreg.quality.sharpness import sharpness

LEAST_PRESENCE = 0.5
"""Presence from which a mesh is taken for a face."""

SEARCH_EVERY_S = 0.5
"""How often the whole frame is searched for other faces while one is followed."""

LEAST_OTHER = 0.3
"""Width of another face over the subject's from which it counts."""

LEAST_RIVAL = 0.7
"""Width of another face over the followed one's from which it takes its place when that one is not found again."""

THUMBNAIL = (48, 36)
"""Width and height of the small grey picture of the frame."""

PATCH = 96
"""Side of the square in which a face's sharpness and exposure are measured."""


@dataclass(frozen=True, slots=True)
class Track:
    """What is carried from frame to frame: the landmarks of the last one, and what the last search found."""

    points: Points | None = None
    searched_s: float | None = None
    faces: int = 0


class Observer:
    """Looks at frames with a detector and a mesh; it keeps nothing itself."""

    def __init__(self, detector: FaceDetector, mesh: MeshFinder) -> None:
        self._detector = detector
        self._mesh = mesh

    def observe(self, track: Track, frame: Frame) -> tuple[Track, Observation]:
        """What is seen in the frame, and the track to give with the next one."""
        image = frame.image
        mesh = self._follow(image, track.points)
        tracked = mesh is not None
        due = track.searched_s is None or not 0 <= frame.time_s - track.searched_s < SEARCH_EVERY_S
        search = due or not tracked
        if search:
            found = self._detector.detect(image)
            if mesh is None or not _supported(mesh.points, found):
                fresh = self._acquire(image, found)
                tracked = tracked and fresh is None
                mesh = fresh or mesh
            track = replace(track, searched_s=frame.time_s, faces=_count(found, mesh))
        points = mesh.points if mesh is not None else None
        face = _describe(image, mesh) if mesh is not None else None
        height, width = image.shape[:2]
        seen = Observation(frame.index, frame.time_s, width, height, track.faces, search, tracked, face, thumbnail(image))
        return replace(track, points=points), seen

    def _follow(self, image: Image, points: Points | None) -> Mesh | None:
        if points is None:
            return None
        return self._find(image, region_of_points(points))

    def _acquire(self, image: Image, found: Sequence[Detection]) -> Mesh | None:
        """The mesh of the largest face; it is looked for twice, as the first region is only roughly placed."""
        for detection in sorted(found, key=lambda d: -d.box.area)[:2]:
            first = self._find(image, region_of_detection(detection))
            if first is not None:
                return self._find(image, region_of_points(first.points)) or first
        return None

    def _find(self, image: Image, region: Region) -> Mesh | None:
        if not region.side >= 8:
            return None
        mesh = self._mesh.find(image, region)
        seen = mesh.presence >= LEAST_PRESENCE and bool(np.isfinite(mesh.points).all())
        return mesh if seen else None


def box_of(points: Points) -> Box:
    """The upright box around all landmarks."""
    left, top, right, bottom = extent(points)
    return Box(left, top, right - left, bottom - top)


def face_width(points: Points) -> float:
    """Cheek to cheek in pixels, in space, so that a turned head keeps it."""
    return float(np.linalg.norm(points[LEFT_CHEEK] - points[RIGHT_CHEEK]))


def thumbnail(image: Image) -> NDArray[np.uint8]:
    """A small picture of the whole frame's green channel, which is most of its luminance: uint8, shape (36, 48)."""
    stride = max(1, min(image.shape[0] // (4 * THUMBNAIL[1]), image.shape[1] // (4 * THUMBNAIL[0])))
    green = np.ascontiguousarray(image[::stride, ::stride, 1])
    return np.asarray(cv2.resize(green, THUMBNAIL, interpolation=cv2.INTER_AREA), np.uint8)


def face_patch(image: Image, box: Box) -> NDArray[np.uint8]:
    """The green channel of the middle of a face, as large for every face: uint8, shape (96, 96)."""
    x, y = box.centre
    half = max(4.0, min(box.width, box.height) * 0.375)
    left, top = max(0, round(x - half)), max(0, round(y - half))
    green = image[top : max(0, round(y + half) + 1), left : max(0, round(x + half) + 1), 1]
    if green.size == 0:
        return np.zeros((PATCH, PATCH), np.uint8)
    shrinks = min(green.shape) > PATCH
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(np.ascontiguousarray(green), (PATCH, PATCH), interpolation=method), np.uint8)


def _supported(points: Points, found: Sequence[Detection]) -> bool:
    """Whether the followed face may be kept: it was found again, or nothing of about its size was found elsewhere.

    The detector misses turned heads; a small face behind the subject does not take their place then.
    """
    box = box_of(points)
    rivals = [d for d in found if d.box.width >= LEAST_RIVAL * box.width]
    return not rivals or any(box.iou(d.box) > 0.2 for d in found)


def _count(found: Sequence[Detection], mesh: Mesh | None) -> int:
    if mesh is None:
        return 0
    box = box_of(mesh.points)
    others = [d for d in found if d.box.iou(box) < 0.2 and d.box.width >= LEAST_OTHER * box.width]
    return 1 + len(others)


def _describe(image: Image, mesh: Mesh) -> ObservedFace:
    points = mesh.points
    box = box_of(points)
    patch = face_patch(image, box)
    light = exposure(patch)
    height, width = image.shape[:2]
    return ObservedFace(
        box=box,
        points=points,
        presence=mesh.presence,
        pose=pose(points),
        eyes=openness(points),
        mouth=mouth(points),
        width=face_width(points),
        eye_distance=eye_distance(points),
        sharpness=sharpness(patch),
        brightness=light.brightness,
        contrast=light.contrast,
        clipped=light.clipped,
        occlusion=cropped(points, width, height),
    )
