"""One frontal portrait to a head that can be turned.

The face is the mesh's own landmarks. The hair, the sides, the neck and the shoulders are points of the picture beyond
it, made as deep as heads are there; what a frontal picture does not show, the back of the head and the sides of the
neck, repeats the picture near the outline.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.demo.back import NECK_Z, SIDE_Z, Parts, add_back, add_neck
from simreg.demo.expression import between_lips, lid_rows, mouth_rows
from simreg.demo.person import Mask, person, room, spread
from simreg.demo.surface import Floats, Surface, Triangles, measure, strip, wind
from simreg.face.pose import LEFT_CHEEK, RIGHT_CHEEK
from simreg.face.types import Points

FACE = 468
"""Landmarks on the skin; the irises are left to the picture."""

STEP = 0.13
"""Distance of the points beyond the face, in face widths."""

NECK_FROM, NECK_TO = 0.05, 0.55
"""Face widths below the chin between which the turn of the head fades into the still shoulders."""

MOUTH_LIGHT = 0.15
"""Light that is left inside an open mouth."""


def head_surface(portrait: Image, points: Points, depth: float = 1.0) -> Surface:
    """The head of a portrait with these landmarks, at rest as the portrait shows it, its cheeks level and equally near.

    ``depth`` scales how deep the head is: 1 is as deep as the mesh reads it.
    """
    middle, width = measure(points)
    level = _level(points)
    mask = person(portrait, points)
    parts = Parts(((points[:FACE] - middle) / width @ level.T).astype(np.float32), points[:FACE, :2])
    chin = float(parts.vertices[:, 1].max())
    beyond, outline = _beyond(mask, np.ascontiguousarray(points[:FACE, :2]), width)
    places = np.concatenate([beyond, outline])
    flat = np.column_stack([(places - middle[:2]) / width, np.zeros(len(places))]) @ level.T
    deep = _depths(flat, parts.vertices, _inner(mask, places) / width, chin)
    numbers = parts.add(np.column_stack([flat[:, :2], deep]), places)
    parts.join(_net(parts.places, mask))
    add_back(parts, numbers[len(beyond) :], chin)
    add_neck(parts, chin)
    lids = np.stack([parts.add(*rows).reshape(-1, 9) for rows in lid_rows(parts.vertices, parts.places)])
    parts.join(np.concatenate([strip(lids[0]), strip(lids[1][:, ::-1])]))
    mouth = parts.add(*mouth_rows(parts.vertices, parts.places)).reshape(3, -1)
    parts.join(strip(mouth[:2]))
    parts.join(strip(mouth[1:]), shade=MOUTH_LIGHT)
    follows = 1 - np.clip((parts.vertices[:, 1] - chin - NECK_FROM) / (NECK_TO - NECK_FROM), 0, 1)
    follows[:FACE] = 1
    vertices = (parts.vertices * (1, 1, depth)).astype(np.float32)
    return Surface(
        vertices,
        parts.places,
        parts.triangles,
        parts.shade,
        follows.astype(np.float32),
        spread(portrait, mask, width),
        room(portrait, mask),
        lids,
        mouth,
    )


def _level(points: Points) -> Floats:
    """The rotation, shape (3, 3), that makes the cheeks level and equally near."""
    across = (points[LEFT_CHEEK] - points[RIGHT_CHEEK]).astype(np.float64)
    across /= np.linalg.norm(across)
    down = np.array([0.0, 1.0, 0.0]) - across * across[1]
    down /= np.linalg.norm(down)
    return np.stack([across, down, np.cross(across, down)]).astype(np.float32)


def _inner(mask: Mask, places: Floats) -> Floats:
    """Distance of each place to the subject's outline in pixels."""
    return np.asarray(cv2.distanceTransform(mask, cv2.DIST_L2, 5)[places[:, 1].astype(int), places[:, 0].astype(int)])


def _beyond(mask: Mask, face: Floats, width: float) -> tuple[Floats, Floats]:
    """Points of the subject outside the face, shape (n, 2), and along the subject's outline, (k, 2), in pixels."""
    step = STEP * width
    contours = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
    outline = max(contours, key=len)[:: max(1, int(step * 0.7)), 0].astype(np.float32)
    xs, ys = np.meshgrid(np.arange(step / 2, mask.shape[1], step), np.arange(step / 2, mask.shape[0], step))
    grid = np.column_stack([xs.ravel(), ys.ravel()]).astype(np.float32)
    hull = cv2.convexHull(face)

    def outside(places: Floats, least: float) -> NDArray[np.bool_]:
        return np.array([cv2.pointPolygonTest(hull, (float(x), float(y)), True) < -least for x, y in places], bool)

    return grid[(_inner(mask, grid) > step / 2) & outside(grid, step / 2)], outline[outside(outline, 2)]


def _depths(flat: Floats, face: Floats, inner: Floats, chin: float) -> Floats:
    """How deep points beyond the face lie: from the face's edge round to the head's outline, and the neck below."""
    edge = face[cv2.convexHull(np.ascontiguousarray(face[:, :2]), returnPoints=False).ravel()]
    apart = np.linalg.norm(flat[:, None, :2] - edge[None, :, :2], axis=2)
    near = 1 / np.maximum(apart, 0.03) ** 3
    start = (near @ edge[:, 2]) / near.sum(axis=1)
    share = apart.min(axis=1) / (apart.min(axis=1) + inner + 1e-6)
    head = start + (SIDE_Z - start) * (1 - np.sqrt(np.maximum(0, 1 - share**2)))
    neck = np.maximum(head, NECK_Z + np.minimum(1, np.abs(flat[:, 0]) / 0.5) ** 2 / 4)
    jaw = edge[apart.argmin(axis=1), 1]
    below = np.clip((flat[:, 1] - jaw) / 0.12, 0, 1) * (jaw > chin - 0.45)
    below = np.maximum(below, np.clip((flat[:, 1] - chin) / 0.1, 0, 1))
    return np.asarray(head + (neck - head) * below, np.float32)


def _net(places: Floats, mask: Mask) -> Triangles:
    """Delaunay's triangles of the places, as far as they lie on the subject."""
    height, width = mask.shape
    net = cv2.Subdiv2D((-width, -height, 3 * width, 3 * height))
    number: dict[tuple[float, float], int] = {}
    for index, (x, y) in enumerate(places.tolist()):
        number.setdefault((x, y), index)
        net.insert((x, y))
    corners = np.reshape(net.getTriangleList(), (-1, 3, 2)).tolist()
    found = [[number.get((x, y), -1) for x, y in corner] for corner in corners]
    triangles = np.array([numbers for numbers in found if min(numbers) >= 0], np.int32)
    middles = places[triangles].mean(axis=1).astype(int).clip(0, (width - 1, height - 1))
    inside = mask[middles[:, 1], middles[:, 0]] > 0
    kept = (inside | (triangles < FACE).all(axis=1)) & ~between_lips(triangles)
    return wind(triangles[kept], places, outside_seen=True)
