"""A photograph that can be moved: a face with depth whose surroundings bend along with it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.demo.back import Parts
from simreg.demo.expression import between_lips, deform, lid_rows, mouth_rows
from simreg.demo.head import PIVOT, HeadState, rotation
from simreg.demo.portrait import MOUTH_LIGHT
from simreg.demo.surface import Floats, Surface, measure, strip
from simreg.evaluation.attacks.manipulated.piecewise import SKIN, bend, net
from simreg.face.types import Points

RINGS = ((1.16, 0.96, 0.10), (1.35, 0.78, 0.22), (1.7, 0.4, 0.3), (2.3, 0.0, 0.3))
"""Rings round the face: how large, how far they go along with the head, how far behind the face's edge (face widths)."""

ROUND = 28
"""Points of a ring."""

DISTANCE = 4.5
"""Face widths between camera and head."""


class Puppet:
    """A photograph with these landmarks that turns, nods, blinks and opens its mouth, but comes no nearer."""

    def __init__(self, photo: Image, points: Points) -> None:
        self._photo = photo
        self._middle, self._width = measure(points)
        self._surface = _surface(photo, points, self._middle, self._width)

    def shown(self, state: HeadState) -> Image:
        """The photograph with the head in this state; what the head uncovers shows what was there, bent."""
        if state == HeadState():
            return self._photo
        surface = self._surface
        target = self._projected(state)
        face, _, part = bend(self._photo, surface.places, target, surface.triangles, self._photo.shape, surface.shade)
        result = self._photo.copy()
        result[part] = face
        return result

    def _projected(self, state: HeadState) -> Floats:
        """All vertices, shape (n, 3), in pixels as the photograph's camera sees them."""
        eyes = state.eyes * state.right_eye, state.eyes * state.left_eye
        shape = deform(self._surface, eyes, state.mouth).astype(np.float64)
        turned = (shape - PIVOT) @ rotation(state.yaw, state.pitch, state.roll).T + PIVOT + (state.x, state.y, 0)
        share = self._surface.follows[:, None]
        moved = shape + (turned - shape) * share
        places = shape[:, :2] + _seen(moved) - _seen(shape)
        return np.column_stack([self._middle[:2] + places * self._width, moved[:, 2]]).astype(np.float32)


def _seen(shape: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where vertices are seen, x and y, before a camera at `DISTANCE`, in face widths."""
    return np.asarray(shape[:, :2] * (DISTANCE / (DISTANCE + shape[:, 2:])))


def _surface(photo: Image, points: Points, middle: Floats, width: float) -> Surface:
    face = ((points[:SKIN] - middle) / width).astype(np.float32)
    parts = Parts(face, np.ascontiguousarray(points[:SKIN, :2]))
    follows = [np.ones(SKIN)]
    hull = cv2.convexHull(np.ascontiguousarray(face[:, :2]), returnPoints=False).ravel()
    edge = _evenly(face[hull], ROUND)
    centre = edge[:, :2].mean(axis=0)
    for large, along, behind in RINGS:
        ring = centre + (edge[:, :2] - centre) * large
        parts.add(np.column_stack([ring, edge[:, 2] + behind]), middle[:2] + ring * width)
        follows.append(np.full(ROUND, along))
    outer = len(parts.vertices)
    triangles = net(parts.places[:outer])
    parts.join(triangles[~between_lips(triangles)])
    lids = np.stack([parts.add(*rows).reshape(-1, 9) for rows in lid_rows(parts.vertices, parts.places)])
    parts.join(np.concatenate([strip(lids[0]), strip(lids[1][:, ::-1])]))
    mouth = parts.add(*mouth_rows(parts.vertices, parts.places)).reshape(3, -1)
    parts.join(strip(mouth[:2]))
    parts.join(strip(mouth[1:]), shade=MOUTH_LIGHT)
    follows.append(np.ones(len(parts.vertices) - outer))
    return Surface(
        parts.vertices,
        parts.places,
        parts.triangles,
        parts.shade,
        np.concatenate(follows).astype(np.float32),
        photo,
        photo,
        lids,
        mouth,
    )


def _evenly(line: Floats, count: int) -> Floats:
    """So many points along a closed line, shape (n, 3), equally far apart."""
    closed = np.concatenate([line, line[:1]])
    way = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(closed[:, :2], axis=0), axis=1))])
    at = np.linspace(0, way[-1], count, endpoint=False)
    return np.stack([np.interp(at, way, closed[:, k]) for k in range(3)], axis=1).astype(np.float32)
