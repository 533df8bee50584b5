"""A portrait on paper, held by two hands."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.demo.surface import measure
from simreg.evaluation.attacks.presentation.scene import SKIN
from simreg.evaluation.attacks.presentation.sheet import Floats
from simreg.face.types import Points

DENSITY = 260.0
"""Pixels of the texture for a face width."""

SIDES, ABOVE, BELOW = 1.0, 1.05, 1.1
"""How far a print reaches from the middle between the cheeks, in face widths."""

BORDER, MARGIN = 0.06, 0.55
"""White paper around the picture, and room for hands around the paper, in face widths."""

BLACKEST, WHITEST = 0.12, 0.93
"""Light that printed black and bare paper send back."""


@dataclass(frozen=True, slots=True)
class Card:
    """Something flat with a face on it.

    ``texture`` uint8 (height, width, 4), RGB and 255 where there is something; ``middle`` the pixel between the cheeks,
    ``points`` the face's landmarks in face widths from there, float32 (478, 3); ``gloss`` how much it mirrors a lamp;
    ``density`` pixels of the texture for a face width; ``glows`` whether it makes its own light.
    """

    texture: Image
    middle: tuple[float, float]
    points: Points
    gloss: float
    density: float = DENSITY
    glows: bool = False

    def pixel(self, places: Floats) -> Floats:
        """Pixels of the texture, shape (n, 2), of places in face widths."""
        return np.asarray(places[:, :2] * self.density + self.middle, np.float32)

    def without(self, mask: Image) -> "Card":
        """The card with what is above 0 in the mask cut away; the cut shows a thin white edge of paper."""
        texture = self.texture.copy()
        edge = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3)))
        texture[(edge > 0) & (texture[..., 3] > 0)] = (225, 224, 220, 255)
        texture[mask > 0, 3] = 0
        return replace(self, texture=texture)


def print_out(image: Image, points: Points, chance: np.random.Generator, *, hands: bool = True) -> Card:
    """The part of a picture around the face as a print on plain or glossy paper."""
    middle, width = measure(points)
    x, y = (float(value) for value in middle[:2])
    left, right = max(0.0, x - SIDES * width), min(image.shape[1] - 1.0, x + SIDES * width)
    top, bottom = max(0.0, y - ABOVE * width), min(image.shape[0] - 1.0, y + BELOW * width)
    scale, pad = DENSITY / width, round((BORDER + MARGIN) * DENSITY)
    size = round((right - left) * scale) + 2 * pad, round((bottom - top) * scale) + 2 * pad
    place = np.array([[scale, 0, pad - left * scale], [0, scale, pad - top * scale]])
    way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    large = cv2.warpAffine(image, place, size, flags=way, borderMode=cv2.BORDER_REPLICATE)
    colour = _ink(np.asarray(large, np.uint8), chance)
    edge = round(BORDER * DENSITY)
    paper = np.zeros(size[::-1], np.uint8)
    paper[pad - edge : edge - pad, pad - edge : edge - pad] = 255
    bare = np.ones(size[::-1], bool)
    bare[pad:-pad, pad:-pad] = False
    colour[bare] = 255 * WHITEST
    texture = np.dstack([colour, paper])
    if hands:
        hold(texture, pad - edge, chance)
    shift = np.array([*middle[:2], middle[2]], np.float32)
    between = float(x * scale + place[0, 2]), float(y * scale + place[1, 2])
    return Card(texture, between, (points - shift) / width, gloss=float(chance.choice([0.03, 0.35])))


def _ink(picture: Image, chance: np.random.Generator) -> Image:
    """What a printer makes of a picture: less contrast, paler or shifted colours, the grain of its drops."""
    grey = picture.mean(axis=2, keepdims=True)
    colours = grey + (picture - grey) * chance.uniform(0.75, 1.05)
    tone = (colours.clip(0, 255) / 255) ** chance.uniform(0.9, 1.15)
    tone = BLACKEST + (WHITEST - BLACKEST) * tone * (1 + chance.uniform(-0.05, 0.05, 3))
    drops = chance.normal(0, 0.03, picture.shape)
    return np.asarray((255 * (tone + drops)).clip(0, 255), np.uint8)


def hold(texture: Image, edge: int, chance: np.random.Generator, density: float = DENSITY) -> None:
    """Lay a hand over each side of the paper, which begins ``edge`` pixels from the texture's side: fist and arm behind
    it, the thumb before it.
    """
    tone, cloth = SKIN[chance.integers(len(SKIN))], chance.uniform(20, 160, 3).astype(np.float32)
    height, width = texture.shape[:2]
    paper = texture[..., 3] > 0
    for side, inwards in ((edge, 1), (width - edge, -1)):
        y = int(height * chance.uniform(0.55, 0.72))
        wrist = int(side - inwards * 0.28 * density), int(y + 0.45 * density)
        below = int(side - inwards * chance.uniform(0.2, 0.5) * density), int(height + 0.15 * density)
        _limb(texture, wrist, below, 0.2 * density, cloth, ~paper)
        _limb(texture, (int(side - inwards * 0.1 * density), y), wrist, 0.17 * density, tone * 0.85, ~paper)
        base = int(side - inwards * 0.16 * density), int(y + 0.14 * density)
        tip = int(side + inwards * 0.13 * density), y
        _limb(texture, base, tip, 0.095 * density, tone, np.ones_like(paper))


def _limb(
    texture: Image, start: tuple[int, int], end: tuple[int, int], radius: float, tone: Floats, where: NDArray[np.bool_]
) -> None:
    """Something round and long in one colour, darker towards its sides."""
    shape = np.zeros(texture.shape[:2], np.uint8)
    cv2.line(shape, start, end, 255, int(2 * radius), cv2.LINE_AA)
    depth = cv2.distanceTransform((shape > 127).astype(np.uint8), cv2.DIST_L2, 3) / radius
    lit = 0.5 + 0.5 * np.sqrt(np.clip(depth, 0, 1))
    inside = (shape > 127) & where
    texture[inside, :3] = (tone * lit[..., None]).clip(0, 255)[inside]
    texture[inside, 3] = 255
