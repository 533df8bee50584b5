"""Draws heads into pictures that carry, in their first row of pixels, what was drawn.

Picture and row belong together: what is read back is exact, while thumbnails, sharpness and light come from pixels that
move, blur and darken as a camera's do.
"""

from dataclasses import astuple, dataclass, fields
from functools import cache, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from synthetic.head import STRAIGHT, HeadState, landmarks

MAGIC = b"head"
WIDTH, HEIGHT = 320, 240
_LENGTH = 8 * len(fields(HeadState))
GRAIN = 24
"""Grey levels of the camera's noise, from the darkest to the brightest."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: the heads in it, nearest first, and how it is taken.

    ``light`` multiplies all pixels; ``blur`` is a Gaussian's sigma in pixels; ``scene`` the background; ``grain`` the
    camera's noise: two shots that differ in nothing but grain differ as two frames of a still scene.
    """

    heads: tuple[HeadState, ...] = (STRAIGHT,)
    light: float = 1.0
    blur: float = 0.0
    scene: int = 0
    grain: int = 0


@lru_cache(maxsize=300)
def draw(shot: Shot) -> Image:
    """The picture: uint8, shape (240, 320, 3); it cannot be written to, as it is given to all who ask."""
    picture = _scene(shot.scene).copy()
    for head in reversed(shot.heads):
        _draw_head(picture, head)
    picture = _add(picture, shot.grain)
    if shot.blur:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), shot.blur), np.uint8)
    if shot.light != 1:
        picture = np.asarray(cv2.convertScaleAbs(picture, alpha=shot.light), np.uint8)
    write_heads(picture, shot.heads)
    picture.setflags(write=False)
    return picture


def write_heads(picture: Image, heads: tuple[HeadState, ...]) -> None:
    """Put the state of these heads into the first row of a picture."""
    values = np.array([astuple(head) for head in heads], np.float64)
    data = np.frombuffer(MAGIC + bytes([len(heads)]) + values.tobytes(), np.uint8)
    picture[0].reshape(-1)[: len(data)] = data


def read_heads(picture: Image) -> list[HeadState]:
    """The heads that were drawn into a picture; none where it carries none."""
    row = picture[0].tobytes()
    if not row.startswith(MAGIC):
        return []
    start = len(MAGIC) + 1
    values = np.frombuffer(row[start : start + row[len(MAGIC)] * _LENGTH], np.float64).reshape(-1, _LENGTH // 8)
    names = [field.name for field in fields(HeadState)]
    heads = [STRAIGHT.but(**dict(zip(names, map(float, one), strict=True))) for one in values]
    return [head.but(flat=bool(head.flat)) for head in heads]


@cache
def _scene(number: int) -> Image:
    """A smooth background."""
    rough = np.random.default_rng(number).integers(40, 200, (6, 8, 3), np.uint8)
    return np.asarray(cv2.resize(rough, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8)


@cache
def _noise() -> NDArray[np.uint8]:
    return np.random.default_rng(7).integers(0, GRAIN, (HEIGHT + 97, WIDTH + 101, 3), np.uint8)


def _add(picture: Image, grain: int) -> Image:
    top, left = grain % 97, (grain * 37 + grain // 97) % 101
    return np.asarray(cv2.add(picture, _noise()[top : top + HEIGHT, left : left + WIDTH]), np.uint8)


def _draw_head(picture: Image, head: HeadState) -> None:
    points = landmarks(head)[:, :2].astype(np.float64)
    tone = 90 + int(head.person * 23) % 80
    low, high = points.min(axis=0), points.max(axis=0)
    _ellipse(picture, (low + high) / 2, (high - low) / 2, head.roll, (tone + 40, tone + 10, tone))
    unit = head.width / 110
    for upper, lower in ((159, 145), (386, 374)):
        gap = float(points[lower, 1] - points[upper, 1]) / 2
        _ellipse(
            picture, (points[upper] + points[lower]) / 2, np.array([9 * unit, max(gap, unit)]), head.roll, (30, 25, 25)
        )
    _ellipse(picture, points[1], np.array([8, 6]) * unit, head.roll, (tone, tone - 30, tone - 40))
    gap = float(points[14, 1] - points[13, 1]) / 2
    _ellipse(picture, (points[13] + points[14]) / 2, np.array([18 * unit, 3 * unit + gap]), head.roll, (120, 30, 40))


def _ellipse(
    picture: Image, middle: NDArray[np.float64], axes: NDArray[np.float64], angle: float, colour: tuple[int, int, int]
) -> None:
    if not np.isfinite([*middle, *axes]).all():
        return
    centre = (float(middle[0]), float(middle[1]))
    size = (2 * float(abs(axes[0])), 2 * float(abs(axes[1])))
    cv2.ellipse(picture, (centre, size, angle), colour, -1, cv2.LINE_AA)
