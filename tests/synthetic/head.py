"""The landmarks of a head of exactly known pose, expression, size and place.

The head is an ellipsoid with a nose. The landmarks that the code reads by number lie where they lie on a face; the
others lie anywhere on the surface. Lengths are in face widths: x to the subject's left (the image's right), y down, z
away from the camera.
"""

import math
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from simreg.face.types import Points

OPEN_EYE = 0.16
"""Lid gap of the synthetic subject's open eye over the distance of the eyes."""


@dataclass(frozen=True, slots=True)
class HeadState:
    """One head at one moment: what can be known of it exactly.

    Degrees and signs as in `simreg.face.types`; ``left_eye`` and ``right_eye`` are 0 (shut) .. 1 (open); ``mouth`` the
    gap of the lips over the mouth's width; ``width`` cheek to cheek and ``x``, ``y`` the middle of the head in pixels;
    ``flat`` a picture of a head in the place of the head, ``turned`` degrees aside; ``person`` who it is; ``presence``
    and ``bona_fide`` what mesh and passive PAD say of it, 0..1.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    left_eye: float = 1.0
    right_eye: float = 1.0
    mouth: float = 0.0
    width: float = 110.0
    x: float = 160.0
    y: float = 125.0
    flat: bool = False
    turned: float = 0.0
    person: float = 1.0
    presence: float = 0.99
    bona_fide: float = 0.98

    def but(self, **changes: Any) -> Self:
        """The same with some values changed; ``eyes`` changes both."""
        if "eyes" in changes:
            eyes = changes.pop("eyes")
            changes |= {"left_eye": eyes, "right_eye": eyes}
        return replace(self, **changes)


STRAIGHT = HeadState()
"""Looks straight into the camera with open eyes and shut mouth."""

_MIDDLE = {
    **{10: -0.62, 151: -0.48, 9: -0.30, 8: -0.18, 168: -0.05, 6: 0.03, 197: 0.10, 195: 0.16, 5: 0.22, 4: 0.28, 1: 0.33},
    **{19: 0.36, 94: 0.38, 2: 0.40, 152: 0.80},
}
"""Places on the middle line, y."""

_PAIRS = {
    **{(33, 263): (0.335, 0.0), (133, 362): (0.135, 0.0)},
    **{(127, 356): (0.49, 0.0), (162, 389): (0.48, -0.12), (139, 368): (0.46, -0.08), (34, 264): (0.48, 0.05)},
    **{(21, 251): (0.46, -0.20), (54, 284): (0.42, -0.30), (103, 332): (0.34, -0.42), (67, 297): (0.23, -0.50)},
    **{(109, 338): (0.11, -0.56), (234, 454): (0.50, 0.12), (93, 323): (0.49, 0.22), (132, 361): (0.47, 0.32)},
    **{(50, 280): (0.33, 0.22), (117, 346): (0.30, 0.12), (118, 347): (0.24, 0.13), (101, 330): (0.21, 0.20)},
    **{(205, 425): (0.26, 0.36), (36, 266): (0.18, 0.28), (116, 345): (0.40, 0.12), (123, 352): (0.42, 0.22)},
    **{(98, 327): (0.10, 0.37), (78, 308): (0.16, 0.52)},
}
"""Places of pairs, the subject's right one first: x of the left one, y."""

_LIDS = (
    *((160, 144, -0.28), (159, 145, -0.235), (158, 153, -0.19)),
    *((385, 380, 0.19), (386, 374, 0.235), (387, 373, 0.28)),
)
"""Upper lid, lower lid, x."""

_LIPS = ((82, 87, -0.05), (13, 14, 0.0), (312, 317, 0.05))
_MOUTH_Y = 0.52
_IRISES = ((range(468, 473), -0.235), (range(473, 478), 0.235))
_PIVOT = np.array([0.0, 0.15, 0.45])
"""What the head turns about."""


def surface(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Depth of the face at a place."""
    inside = 1 - np.square(x / 0.56) - np.square((y + 0.05) / 0.95)
    nose = 0.22 * np.exp(-np.square(x / 0.09)) * np.interp(y, [-0.15, 0.3, 0.4, 0.45], [0.0, 1.0, 0.5, 0.0])
    return np.asarray(0.65 - 0.72 * np.sqrt(np.maximum(inside, 0)) - nose)


@cache
def _still() -> NDArray[np.float64]:
    """A head that faces the camera with shut eyes and mouth: shape (478, 3)."""
    number = np.arange(478)
    angle, radius = number * math.pi * (3 - math.sqrt(5)), np.sqrt((number + 0.5) / 478)
    places = np.column_stack([0.48 * radius * np.cos(angle), 0.1 + 0.66 * radius * np.sin(angle)])
    for index, y in _MIDDLE.items():
        places[index] = 0.0, y
    for (right, left), (x, y) in _PAIRS.items():
        places[right], places[left] = (-x, y), (x, y)
    for upper, lower, x in _LIDS:
        places[[upper, lower]] = x, 0.0
    for upper, lower, x in _LIPS:
        places[[upper, lower]] = x, _MOUTH_Y
    for indices, x in _IRISES:
        places[list(indices)] = x, 0.0
    return np.column_stack([places, surface(places[:, 0], places[:, 1])])


def rotation(yaw: float, pitch: float, roll: float) -> NDArray[np.float64]:
    """The rotation of a head that is first tilted to its shoulder, then turned, then raised: shape (3, 3)."""
    a, b, c = np.radians([yaw, pitch, roll])
    tilt = np.array([[math.cos(c), -math.sin(c), 0], [math.sin(c), math.cos(c), 0], [0, 0, 1]])
    turn = np.array([[math.cos(a), 0, -math.sin(a)], [0, 1, 0], [math.sin(a), 0, math.cos(a)]])
    lift = np.array([[1, 0, 0], [0, math.cos(b), math.sin(b)], [0, -math.sin(b), math.cos(b)]])
    return np.asarray(lift @ turn @ tilt)


def _expression(state: HeadState) -> NDArray[np.float64]:
    head = _still().copy()
    eyes = float(np.linalg.norm(head[[33, 133]].mean(axis=0) - head[[362, 263]].mean(axis=0)))
    for upper, lower, x in _LIDS:
        half = OPEN_EYE * eyes * (state.right_eye if x < 0 else state.left_eye) / 2
        head[upper, 1] -= half
        head[lower, 1] += half
    mouth = float(np.linalg.norm(head[78] - head[308]))
    for upper, lower, _ in _LIPS:
        head[upper, 1] -= state.mouth * mouth / 2
        head[lower, 1] += state.mouth * mouth / 2
    return head


def solid(state: HeadState) -> NDArray[np.float64]:
    """The landmarks of this head in space, turned: shape (478, 3), face widths from what it turns about."""
    return np.asarray((_expression(state) - _PIVOT) @ rotation(state.yaw, state.pitch, state.roll).T)


@lru_cache(maxsize=2_000)
def landmarks(state: HeadState) -> Points:
    """Where the landmarks of this head are in the picture, in parallel projection: float32, shape (478, 3), pixels.

    Those of a picture of a head lie in its plane, with the depth that a mesh believes in: that of the pictured head
    turned by ``yaw``. The array cannot be written to, as it is given to all who ask.
    """
    turned = solid(state)
    if state.flat:
        plane = (_expression(state) - _PIVOT) * (1, 1, 0)
        turned[:, :2] = (plane @ rotation(state.turned, state.pitch, state.roll).T)[:, :2]
    middle = np.array([state.x, state.y, 0.0]) + state.width * np.array([0.0, 0.0, _PIVOT[2]])
    points = np.asarray(turned * state.width + middle, np.float32)
    points.setflags(write=False)
    return points
