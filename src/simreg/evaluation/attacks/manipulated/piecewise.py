"""Bends a picture piece by piece: triangles between landmarks go where the landmarks go."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.demo.surface import Floats, Triangles, wind

SKIN = 468
"""Landmarks on the skin; those of the irises are left out."""

STEP = 2
"""Every so many pixels the place is worked out; between them it is interpolated."""

COARSE_OFFSET = (STEP - 1) / (2 * STEP)
"""Where the first coarse pixel's middle lies, in coarse pixels."""

SUBPIXEL = 4
"""Binary digits of a pixel that corners are drawn with."""


def net(places: Floats) -> Triangles:
    """Delaunay's triangles between places, shape (n, 2): numbers of corners, shape (m, 3)."""
    low, high = places.min(axis=0) - 10, places.max(axis=0) + 10
    mesh = cv2.Subdiv2D((int(low[0]), int(low[1]), int(high[0] - low[0]) + 2, int(high[1] - low[1]) + 2))
    number: dict[tuple[float, float], int] = {}
    for index, (x, y) in enumerate(places.tolist()):
        number.setdefault((x, y), index)
        mesh.insert((x, y))
    corners = np.reshape(mesh.getTriangleList(), (-1, 3, 2)).tolist()
    found = [[number.get((x, y), -1) for x, y in corner] for corner in corners]
    return wind(np.array([three for three in found if min(three) >= 0], np.int32), places, outside_seen=True)


def bend(
    image: Image,
    source: Floats,
    target: Floats,
    triangles: Triangles,
    shape: tuple[int, ...],
    shade: Floats | None = None,
) -> tuple[Image, Floats, tuple[slice, slice]]:
    """What the triangles show when their corners go from ``source`` (n, 2) to ``target`` (n, 2 or 3), in pixels.

    Triangles that show their back are left out; with a depth in ``target`` nearer ones hide others; ``shade`` (m,) is
    what their picture is multiplied by. Gives the picture in the smallest upright part of a frame of this shape that
    holds them, how far each of its pixels is covered (0..1), and that part. What is not covered shows the picture as it
    is.
    """
    corners = target[triangles].astype(np.float64)
    facing = np.flatnonzero(_area(corners) > 0)
    if target.shape[1] > 2:
        facing = facing[np.argsort(-corners[facing, :, 2].mean(axis=1))]
    low = np.clip(np.floor(target[:, :2].min(axis=0)), 0, (shape[1] - 1, shape[0] - 1)).astype(int)
    high = np.clip(np.ceil(target[:, :2].max(axis=0)) + 1, low + 1, (shape[1], shape[0])).astype(int)
    width, height = (high - low).tolist()
    ids = np.full((-(-height // STEP), -(-width // STEP)), -1, np.int32)
    fixed = np.round(((corners[:, :, :2] - low) / STEP - COARSE_OFFSET) * 2**SUBPIXEL).astype(np.int32)
    for index in facing.tolist():
        cv2.fillConvexPoly(ids, fixed[index], index, lineType=cv2.LINE_8, shift=SUBPIXEL)
    places = _places(ids, corners[:, :, :2], source[triangles], low)
    size = ids.shape[1] * STEP, ids.shape[0] * STEP
    u, v = (np.ascontiguousarray(cv2.resize(axis, size)[:height, :width]) for axis in places)
    picture = cv2.remap(image, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    covered = cv2.resize((ids >= 0).astype(np.float32), size)[:height, :width]
    if shade is not None and (shade != 1).any():
        light = cv2.resize(np.where(ids >= 0, shade[ids], 1).astype(np.float32), size)[:height, :width]
        picture = np.asarray(picture * light[..., None], np.uint8) if light.min() < 1 else picture
    part = slice(int(low[1]), int(low[1]) + height), slice(int(low[0]), int(low[0]) + width)
    return np.asarray(picture, np.uint8), np.asarray(covered, np.float32), part


def _places(
    ids: NDArray[np.int32], corners: NDArray[np.float64], source: Floats, low: NDArray[np.int_]
) -> tuple[Floats, Floats]:
    """Where in the picture the triangles of these numbers take their pixels from; where there is none, from here."""
    x = (np.arange(ids.shape[1], dtype=np.float32)[None, :] + np.float32(COARSE_OFFSET)) * STEP + np.float32(low[0])
    y = (np.arange(ids.shape[0], dtype=np.float32)[:, None] + np.float32(COARSE_OFFSET)) * STEP + np.float32(low[1])
    maps = np.concatenate([_maps(corners, source), np.eye(2, 3, dtype=np.float32)[None]])
    a, b, c, d, e, f = (np.take(row, ids, mode="wrap") for row in np.ascontiguousarray(maps.reshape(-1, 6).T))
    return a * x + b * y + c, d * x + e * y + f


def _area(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Twice the signed area of triangles, shape (m, 3, 2 or more)."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    return np.asarray((b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0]))


def _maps(corners: NDArray[np.float64], places: Floats) -> Floats:
    """For each triangle the affine map, shape (m, 2, 3), from where it is shown to where its picture is."""
    shown = np.concatenate([corners, np.ones((len(corners), 3, 1))], axis=2)
    shown[np.abs(_area(corners)) < 1e-6] = np.eye(3)
    return np.linalg.solve(shown, places.astype(np.float64)).transpose(0, 2, 1).astype(np.float32)
