"""Lids and mouth of a head made by code."""

import numpy as np
from numpy.typing import NDArray

from simreg.demo.surface import Floats, Surface
from simreg.face.mesh_refinement import LEFT_EYE, LIPS, RIGHT_EYE

LID = ((0.0, 0.0), (0.45, 0.4), (0.88, 0.75), (1.0, None))
"""Rows of a lid: how far down it lies, and how far above the fold its skin is taken from (None: from the lashes)."""

LASHES_DOWN = 1.15
"""Where a shut lid ends: 1 is the lower lid's edge, and lashes hang a little over it."""

JAW_DROP = 0.17
"""How far a wide open mouth lowers the chin, in face widths."""

_CHIN = 152
_LOWER_LIP = LIPS[20:31]
_UPPER_LIP = np.array([LIPS[20], *LIPS[31:40], LIPS[30]])
"""Edges of the lips from the right corner of the mouth to the left one."""


def _above(eye: NDArray[np.int_], ring: int) -> NDArray[np.int_]:
    """Landmarks of the upper half of a ring round an eye (0 the edge of the lid), from corner to corner."""
    first = 16 * ring
    return np.array([eye[first], *eye[first + 9 : first + 16], eye[first + 8]])


def lid_rows(vertices: Floats, places: Floats) -> list[tuple[Floats, Floats]]:
    """For each eye vertices and places, (rows * 9, 3) and (rows * 9, 2), of a lid that covers it with the skin above."""
    found = []
    for eye in (RIGHT_EYE, LEFT_EYE):
        edge, fold, brow = (_above(eye, ring) for ring in range(3))
        rows = [places[edge] if up is None else places[fold] + (places[brow] - places[fold]) * up for _, up in LID]
        found.append((np.tile(vertices[fold], (len(LID), 1)), np.concatenate(rows)))
    return found


def mouth_rows(vertices: Floats, places: Floats) -> tuple[Floats, Floats]:
    """Vertices and places, (33, 3) and (33, 2), of what is between the lips: teeth, and dark below them."""
    rows = np.concatenate([_UPPER_LIP, _LOWER_LIP, _LOWER_LIP])
    return vertices[rows], places[rows]


def between_lips(triangles: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which triangles, shape (m,), lie between the lips."""
    return np.asarray(np.isin(triangles, LIPS[20:40]).all(axis=1))


def deform(surface: Surface, eyes: tuple[float, float], mouth: float) -> Floats:
    """The vertices, shape (n, 3), with lids shut as far as ``eyes`` and mouth as open as ``mouth``.

    ``eyes`` are 1 open .. 0 shut, the subject's right one first.
    """
    shape = surface.vertices.copy()
    if surface.lids is None or surface.mouth is None:
        return shape
    if mouth > 0:
        shape[:, 1] += JAW_DROP * mouth * _jaw(shape)
        shape[surface.mouth] = surface.vertices[surface.mouth]
        shape[surface.mouth[2]] = shape[_LOWER_LIP]
    for eye, lid, is_open in zip((RIGHT_EYE, LEFT_EYE), surface.lids, eyes, strict=True):
        fold, edge = shape[_above(eye, 1)], shape[_above(eye, 0)]
        low = edge + (shape[eye[:9]] - edge) * (1 - is_open) * LASHES_DOWN
        for row, (down, _) in zip(lid, LID, strict=True):
            shape[row] = fold + (low - fold) * down if is_open < 1 else fold
            shape[row, 2] -= 0.02
    return shape


def _jaw(vertices: Floats) -> Floats:
    """How far each vertex goes along with the chin: 0..1, shape (n,)."""
    lips = LIPS.reshape(4, 20)
    right, left, lowest = vertices[lips[0, [0, 10, 5]]]
    line, middle, half = (right[1] + left[1]) / 2, (right[0] + left[0]) / 2, (left[0] - right[0]) / 2
    below = np.clip((vertices[:, 1] - line) / max(float(lowest[1] - line), 1e-3), 0, 1)
    sideways = np.exp(-(((vertices[:, 0] - middle) / (2.2 * half)) ** 2))
    share = below * sideways * np.clip(1 - (vertices[:, 1] - vertices[_CHIN, 1]) / 0.4, 0, 1)
    share[lips[:, [0, *range(10, 20)]].ravel()] = 0
    lower = lips[:, 1:10].ravel()
    share[lower] = np.maximum(0, 1 - ((vertices[lower, 0] - middle) / half) ** 2) ** 0.7
    return np.asarray(share, np.float32)
