"""A picture on a surface in space: what a camera made by code looks at."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.face.pose import LEFT_CHEEK, RIGHT_CHEEK
from simreg.face.types import Points

Floats = NDArray[np.float32]
Triangles = NDArray[np.int32]

MARGIN = 1.25
"""How far a print of a portrait reaches beyond the middle of the face, in face widths."""

BORDER = 0.07
"""White paper around it, in face widths."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Vertices, triangles and the picture on them.

    Units are face widths (cheek to cheek) from the middle between the cheeks: x to the subject's left, y down, z to the
    back. ``vertices`` float32 (n, 3); ``places`` float32 (n, 2), their pixels in ``texture``; ``triangles`` int32 (m, 3),
    clockwise where their outside is seen; ``shade`` float32 (m,), what the picture on them is multiplied by;
    ``follows`` float32 (n,), 1 for what turns with the head, 0 for what stays; ``texture`` the picture and ``room``
    what is behind, uint8 RGB; ``lids`` int32 (2, rows, 9), vertices of the subject's lids, the right eye first, and
    ``mouth`` int32 (3, 11), those between their lips; both None where there is no face to move.
    """

    vertices: Floats
    places: Floats
    triangles: Triangles
    shade: Floats
    follows: Floats
    texture: Image
    room: Image
    lids: NDArray[np.int32] | None = None
    mouth: NDArray[np.int32] | None = None


def measure(points: Points) -> tuple[Floats, float]:
    """Middle between the cheeks, shape (3,), and the face's width, both in pixels."""
    middle = (points[LEFT_CHEEK] + points[RIGHT_CHEEK]) / 2
    return middle, float(np.linalg.norm(points[LEFT_CHEEK] - points[RIGHT_CHEEK]))


def wind(triangles: Triangles, flat: Floats, *, outside_seen: bool) -> Triangles:
    """The triangles in the order of corners that shows the outside, or hides it, in the flat picture, shape (n, 2)."""
    a, b, c = (flat[triangles[:, i], :2] for i in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    wrong = area < 0 if outside_seen else area > 0
    turned = triangles.copy()
    turned[wrong] = turned[wrong][:, ::-1]
    return turned


def strip(at: NDArray[np.int32]) -> Triangles:
    """Triangles between neighbours of a grid of vertices, shape (rows, columns)."""
    here, right, below, across = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    halves = np.stack([here, right, below], axis=-1), np.stack([right, across, below], axis=-1)
    return np.concatenate([half.reshape(-1, 3) for half in halves]).astype(np.int32)


def printed(portrait: Image, points: Points, room: Image, radius: float | None = None) -> Surface:
    """The portrait as a paper print: flat, or bent round an upright cylinder of this radius in face widths."""
    middle, width = measure(points)
    (x, y), reach, edge = middle[:2].round().astype(int), round(MARGIN * width), round(BORDER * width)
    top, left = max(0, y - reach), max(0, x - reach)
    part = portrait[top : y + reach, left : x + reach]
    paper = np.pad(part, ((edge, edge), (edge, edge), (0, 0)), constant_values=240)
    xs, ys = np.linspace(0, paper.shape[1] - 1, 33), np.linspace(0, paper.shape[0] - 1, 9)
    places = np.stack(np.meshgrid(xs, ys), axis=-1).astype(np.float32)
    flat = (places + np.array([left, top]) - edge - middle[:2]) / width
    across, back = flat[..., 0], np.zeros(flat.shape[:2])
    if radius is not None:
        angle = np.clip(across / radius, -np.pi / 2, np.pi / 2)
        across, back = radius * np.sin(angle), radius * (1 - np.cos(angle))
    vertices = np.stack([across, flat[..., 1], back], axis=-1).reshape(-1, 3).astype(np.float32)
    triangles = strip(np.arange(len(vertices), dtype=np.int32).reshape(places.shape[:2]))
    shade, follows = np.ones(len(triangles), np.float32), np.ones(len(vertices), np.float32)
    return Surface(vertices, places.reshape(-1, 2), triangles, shade, follows, paper, room)
