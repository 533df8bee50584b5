"""Which way up a face is, and where exactly.

The mesh alone does not tell: it finds a likely face in one that stands on its head as well. The detector does: seen close
up, an upright face scores higher than the same face turned by a quarter or a half.
"""

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np

from simreg.capture.frame import Image
from simreg.face.detector import INPUT_SIDE
from simreg.face.eyes import eye_centres, eye_distance
from simreg.face.mesh import crop, region_of_detection, region_of_points, to_crop
from simreg.face.types import Box, Detection, FaceDetector, Mesh, MeshFinder, Points, Region

PLAIN_SCORE, PLAIN_ANGLE = 0.88, 30.0
"""Score and tilt in degrees from which a face is taken for upright unless a close-up denies it."""

WAYS = (0, 1, 2, 3)
"""Quarters by which a close-up is turned when nothing is known."""

LEAST_PRESENCE = 0.9
"""Presence of the mesh from which something can be a face."""

CLEAR_SCORE = 0.8
"""Score of an upright close-up from which it is one; patterns and lettering scored up to 0.73."""

LEAST_SCORE, CERTAIN_PRESENCE = 0.65, 0.99999
"""A lower score does when the mesh is as certain as this: of faces it mostly was, of patterns hardly ever."""

FAR, NEAR = 2.0, 1.4
"""Sides of the close-ups over the side of the mesh's region."""

MOST_APART = 0.4
"""How far apart detector and mesh may see an eye, over the eye distance."""

STEADY = 15.0
"""Degrees by which the angle may still change when the way up is settled."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face and its way up.

    ``points`` in pixels of the picture as given; ``score`` 0..1 how sure the detector is of the upright face; ``turn`` by
    how many quarters clockwise the picture must be turned for the face to stand upright (0..3).
    """

    points: Points
    presence: float
    score: float
    turn: int

    @property
    def eye_distance(self) -> float:
        """Distance of the eye centres in pixels."""
        return eye_distance(self.points)


def settle(image: Image, detection: Detection, turn: int, detector: FaceDetector, mesh: MeshFinder) -> Face | None:
    """The face of a detection made with the picture turned by ``turn`` quarters, or None when there is none."""
    region = region_of_detection(detection)
    if detection.score >= PLAIN_SCORE and abs(_wrapped(region.angle + 90 * turn)) <= PLAIN_ANGLE:
        face = _plain(image, detection, detector, mesh)
        if face is not None:
            return face
    return _any_way(image, region, detector, mesh)


def refined(image: Image, face: Face, factor: int, mesh: MeshFinder) -> Face:
    """A face that was found in the picture reduced by ``factor``, with its landmarks in the whole picture."""
    scaled = face.points * factor
    scaled[:, :2] += (factor - 1) / 2
    found = mesh.find(image, region_of_points(scaled))
    return replace(face, points=found.points if found.presence >= LEAST_PRESENCE else scaled)


def _plain(image: Image, detection: Detection, detector: FaceDetector, mesh: MeshFinder) -> Face | None:
    """The face of a detection that looks upright, if it is not one that stands on its head."""
    found = _mesh(image, region_of_detection(detection), mesh)
    if found is None:
        return None
    region = region_of_points(found.points)
    upright = _best_way(image, region, detector, (0, 2), (FAR,))
    if upright is None or abs(_wrapped(region_of_detection(upright).angle - region.angle)) > PLAIN_ANGLE:
        return None
    return _face(found, replace(upright, score=max(upright.score, detection.score)))


def _any_way(image: Image, region: Region, detector: FaceDetector, mesh: MeshFinder) -> Face | None:
    """The face in a region of which nothing is known for certain: turned four ways until its angle is steady."""
    face = None
    for sizes in ((FAR,), (FAR, NEAR), (FAR, NEAR)):
        upright = _best_way(image, region, detector, WAYS, sizes)
        found = _mesh(image, region_of_detection(upright), mesh) if upright is not None else None
        if upright is None or found is None:
            return None
        face = _face(found, upright)
        before = region if NEAR in sizes else region_of_detection(upright)
        region = region_of_points(found.points)
        clear = NEAR in sizes or upright.score >= PLAIN_SCORE
        if clear and abs(_wrapped(region.angle - before.angle)) < STEADY:
            break
    return face


def _face(found: Mesh, detection: Detection) -> Face | None:
    """The face, if detector and mesh are sure enough together and see its eyes in the same place."""
    least = LEAST_SCORE if found.presence >= CERTAIN_PRESENCE else CLEAR_SCORE
    apart = np.linalg.norm(eye_centres(found.points)[:, :2] - detection.keypoints[:2], axis=1).max()
    if detection.score < least or apart > MOST_APART * eye_distance(found.points):
        return None
    turn = round(-region_of_points(found.points).angle / 90) % 4
    return Face(found.points, found.presence, detection.score, turn)


def _mesh(image: Image, region: Region, mesh: MeshFinder) -> Mesh | None:
    """The mesh in a roughly placed region: found, and found again where it then is."""
    if not region.side >= 8:
        return None
    first = mesh.find(image, region)
    second = mesh.find(image, region_of_points(first.points))
    return second if second.presence >= LEAST_PRESENCE else None


def _best_way(
    image: Image, region: Region, detector: FaceDetector, quarters: tuple[int, ...], sizes: tuple[float, ...]
) -> Detection | None:
    """The face in close-ups of the region turned by so many quarters, where it scores best; in pixels of the picture."""
    best: Detection | None = None
    for quarter in quarters:
        way = replace(region, angle=region.angle + 90 * quarter)
        views = [_close_up(image, way, size, detector) for size in sizes]
        seen = [view for view in views if view is not None]
        score = sum(view.score for view in seen) / len(views)
        if seen and (best is None or score > best.score):
            best = replace(seen[-1], score=score)
    return best


def _close_up(image: Image, region: Region, wider: float, detector: FaceDetector) -> Detection | None:
    """What the detector sees in the middle of the region, shown upright; in pixels of the picture."""
    region = replace(region, side=region.side * wider)
    for seen in detector.detect(crop(image, region, INPUT_SIDE)):
        if math.dist(seen.box.centre, (INPUT_SIDE / 2, INPUT_SIDE / 2)) < 0.25 * INPUT_SIDE:
            back = cv2.invertAffineTransform(to_crop(region, INPUT_SIDE))
            points = np.concatenate([[seen.box.centre], seen.keypoints]) @ back[:, :2].T + back[:, 2]
            side = max(seen.box.width, seen.box.height) * region.side / INPUT_SIDE
            box = Box(points[0, 0] - side / 2, points[0, 1] - side / 2, side, side)
            return Detection(box, seen.score, points[1:].astype(np.float32))
    return None


def _wrapped(angle: float) -> float:
    """The same angle in -180..180."""
    return (angle + 180) % 360 - 180
