"""A head made by code, whose pose is known exactly: a `Surface` turned in space and seen by a camera."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.demo.expression import deform
from simreg.demo.surface import Floats, Surface

PIVOT = np.array([0.0, 0.25, 0.15], np.float32)
"""What the head turns about, in face widths from the middle between the cheeks."""

FACE_SHARE = 0.4
"""Width of the face over the picture's height at scale 1."""

NOISE = 2.0
"""Standard deviation of the sensor's noise in grey levels."""

SHIFTS = 256
"""Ways in which the grain of the noise is laid, across and down."""


@dataclass(frozen=True, slots=True)
class HeadState:
    """What a head does at one moment.

    ``yaw``, ``pitch``, ``roll`` are degrees with the signs of `simreg.face.types`, relative to the portrait; ``scale`` is
    how near the head is (2 = half the distance); ``x``, ``y`` shift it in the picture, in face widths; ``eyes`` 1 open
    as in the portrait .. 0 shut, and of that the share of ``left_eye`` and ``right_eye``, the subject's own; ``mouth`` 0
    as in the portrait .. 1 wide open; ``light`` multiplies all pixels.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0
    eyes: float = 1.0
    mouth: float = 0.0
    light: float = 1.0
    left_eye: float = 1.0
    right_eye: float = 1.0


@dataclass(frozen=True, slots=True)
class Lamp:
    """A light far away, ``yaw`` degrees to the subject's left and ``pitch`` above where they look straight ahead; this
    ``share`` (0..1) of all light comes from it, the rest from everywhere.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    share: float = 0.8


def rotation(yaw: float, pitch: float, roll: float) -> NDArray[np.float64]:
    """The rotation in space, shape (3, 3): about the head's own axis of roll, then yaw, then pitch."""
    y, p, r = np.radians([yaw, pitch, roll])
    about_x = np.array([[1, 0, 0], [0, np.cos(p), np.sin(p)], [0, -np.sin(p), np.cos(p)]])
    about_y = np.array([[np.cos(y), 0, -np.sin(y)], [0, 1, 0], [np.sin(y), 0, np.cos(y)]])
    about_z = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return np.asarray(about_x @ about_y @ about_z)


class Head:
    """Renders a `Surface` before a camera ``distance`` face widths away, lit as its picture is and by a ``lamp``."""

    def __init__(self, surface: Surface, distance: float = 4.5, lamp: Lamp | None = None) -> None:
        self.surface = surface
        self.distance = distance
        self.lamp = lamp

    def posed(self, state: HeadState) -> NDArray[np.float64]:
        """All vertices in the camera's frame, shape (n, 3), in face widths from the pivot."""
        eyes = state.eyes * state.right_eye, state.eyes * state.left_eye
        shape = deform(self.surface, eyes, state.mouth).astype(np.float64) - PIVOT
        turned = shape @ rotation(state.yaw, state.pitch, state.roll).T
        share = self.surface.follows[:, None]
        return turned * share + shape * (1 - share)

    def project(self, state: HeadState, width: int, height: int) -> NDArray[np.float64]:
        """All vertices in the picture, shape (n, 3): x and y in pixels, z in face widths from the camera."""
        points = self.posed(state) + PIVOT
        depth = self.distance / state.scale + points[:, 2]
        size = FACE_SHARE * height
        sight = size * self.distance / depth
        x = width / 2 + state.x * size + points[:, 0] * sight
        y = height / 2 + state.y * size + points[:, 1] * sight
        return np.column_stack([x, y, depth])

    def render(self, state: HeadState, width: int = 640, height: int = 480, shot: int = 0) -> Image:
        """The picture of the head in this state; ``shot`` numbers the picture, as each has its own noise."""
        corners = self.project(state, width, height)[self.surface.triangles]
        area = _areas(corners)
        shown = np.flatnonzero(area > 1e-3)
        shown = shown[np.argsort(-corners[shown, :, 2].mean(axis=1))]
        ids = np.full((height, width), -1, np.int32)
        fixed = np.round(corners[:, :, :2] * 16).astype(np.int32)
        for index in shown.tolist():
            cv2.fillConvexPoly(ids, fixed[index], index, lineType=cv2.LINE_8, shift=4)
        picture = _fit(self.surface.room, width, height).astype(np.float32)
        self._paint(picture, ids, corners, None if self.lamp is None else self._lit(self.lamp, state))
        picture *= state.light
        picture += _noise(width, height, shot)
        return np.asarray(picture.clip(0, 255), np.uint8)

    def _lit(self, lamp: Lamp, state: HeadState) -> Floats:
        """What the picture on each vertex is multiplied by, shape (n,): Lambert's cosine."""
        points, triangles = self.posed(state), self.surface.triangles
        a, b, c = (points[triangles[:, corner]] for corner in range(3))
        outward = np.zeros_like(points)
        np.add.at(outward, triangles, np.cross(c - a, b - a)[:, None])
        outward /= np.maximum(np.linalg.norm(outward, axis=1, keepdims=True), 1e-12)
        facing = outward @ -rotation(lamp.yaw, lamp.pitch, 0)[:, 2]
        return np.asarray(1 - lamp.share + lamp.share * facing.clip(0, 1), np.float32)

    def _paint(self, picture: Floats, ids: NDArray[np.int32], corners: NDArray[np.float64], lit: Floats | None) -> None:
        rows, columns = np.nonzero(ids >= 0)
        if not rows.size:
            return
        top, bottom, left, right = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
        part = ids[top:bottom, left:right]
        known = np.maximum(part, 0)
        values = self.surface.places if lit is None else np.column_stack([self.surface.places, lit])
        maps = _places(corners, values[self.surface.triangles])[known]
        x = np.arange(left, right, dtype=np.float32)[None, :]
        y = np.arange(top, bottom, dtype=np.float32)[:, None]
        u = maps[..., 0, 0] * x + maps[..., 0, 1] * y + maps[..., 0, 2]
        v = maps[..., 1, 0] * x + maps[..., 1, 1] * y + maps[..., 1, 2]
        texture = self.surface.texture
        colour = cv2.remap(texture, u, v, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
        colour *= self.surface.shade[known][..., None]
        if lit is not None:
            light = maps[..., 2, 0] * x + maps[..., 2, 1] * y + maps[..., 2, 2]
            colour *= light.clip(lit.min(), lit.max())[..., None]
        cover = cv2.GaussianBlur((part >= 0).astype(np.float32), (5, 5), 0)
        cover = np.clip(cover * 2 - 1, 0, 1)[..., None]
        region = picture[top:bottom, left:right]
        region += (colour - region) * cover


def _areas(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Twice the signed area of each triangle in the picture, positive where its outside is seen."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    return np.asarray((b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0]))


def _places(corners: NDArray[np.float64], places: Floats) -> Floats:
    """For each triangle the affine map, (m, k, 3), from pixels of the picture to what its corners have, (m, 3, k)."""
    source = np.concatenate([corners[:, :, :2], np.ones((len(corners), 3, 1))], axis=2)
    flat = np.abs(np.linalg.det(source)) < 1e-6
    source[flat] = np.eye(3)
    return np.linalg.solve(source, places.astype(np.float64)).transpose(0, 2, 1).astype(np.float32)


def _fit(image: Image, width: int, height: int) -> Image:
    """The picture scaled and cropped to fill width and height."""
    scale = max(width / image.shape[1], height / image.shape[0])
    large = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    top, left = (large.shape[0] - height) // 2, (large.shape[1] - width) // 2
    return np.asarray(large[top : top + height, left : left + width], np.uint8)


@cache
def _grain(width: int, height: int) -> Floats:
    return np.random.default_rng(0).normal(0, NOISE, (height, width, 3)).astype(np.float32)


def _noise(width: int, height: int, shot: int) -> Floats:
    """The sensor's noise in one picture, shape (height, width, 3): one grain, laid anew for each."""
    down, right = np.random.default_rng(shot).integers(0, SHIFTS, 2)
    return _grain(width + SHIFTS, height + SHIFTS)[down : down + height, right : right + width]
