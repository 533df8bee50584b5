"""A screen that shows a recording, as a camera sees it: its pixels, its light, what it mirrors."""

from dataclasses import dataclass

import cv2
import numpy as np

from simreg.capture.frame import Image
from simreg.demo.head import HeadState
from simreg.evaluation.attacks.presentation.camera import HEIGHT, WIDTH
from simreg.evaluation.attacks.presentation.sheet import Floats, View

STRIPES, ROWS = 0.5, 0.35
"""How dark the gaps between a screen's pixels are, along a row (one colour) and down a column."""


@dataclass(frozen=True, slots=True)
class Screen:
    """What one screen is like.

    ``dots`` are its pixels for a face width; ``gamma`` and ``white`` its tone and colour (3,); ``black`` the light of its
    black; ``bands`` how strong its flicker shows as ``waves`` bands that roll by ``drift`` a second; ``glare`` centre x
    and y, radius in pixels and strength of a lamp's mirror image; ``veil`` what it mirrors of the room all over.
    """

    dots: float
    gamma: float
    white: Floats
    black: float
    bands: float
    waves: float
    drift: float
    glare: tuple[float, float, float, float]
    veil: float
    lens: float

    def shown(self, image: Image) -> Image:
        """The light of the screen where it shows this picture."""
        tone = np.arange(256, dtype=np.float32)[:, None] / 255
        table = self.black + (255 - self.black) * tone**self.gamma * self.white
        return np.asarray(cv2.LUT(image, table.clip(0, 255).astype(np.uint8)[None]), np.uint8)

    def seen(self, picture: Floats, cover: Floats, view: View, state: HeadState, time_s: float) -> None:
        """Put grid, flicker and mirror images over the part of the picture that the screen covers."""
        rows = np.arange(HEIGHT, dtype=np.float32)[:, None] / HEIGHT
        flicker = 1 + self.bands * np.sin(2 * np.pi * (self.waves * rows + self.drift * time_s))
        gain = self._grid(view, np.broadcast_to(flicker, (HEIGHT, WIDTH)).astype(np.float32))
        x, y, radius, strength = self.glare
        across = np.exp(-(((np.arange(WIDTH) - x - 9 * state.yaw) / radius) ** 2))
        down = np.exp(-(((np.arange(HEIGHT) - y - 9 * state.pitch) / (0.7 * radius)) ** 2))
        mirrored = (self.veil + strength * np.outer(down, across)).astype(np.float32)
        changed = cv2.add(cv2.multiply(picture, gain), cv2.merge([mirrored] * 3))
        cv2.blendLinear(changed, picture, cover, 1 - cover, picture)

    def _grid(self, view: View, flicker: Floats) -> Floats:
        """Gain of each colour by the flicker and the screen's pixels: moire where the camera has about as many."""
        middle = HEIGHT // 2, WIDTH // 2
        u, v = view.u, view.v
        steps = [
            abs(float(part[middle[0] + down, middle[1] + right] - part[middle])) * self.dots
            for part, down, right in ((u, 0, 1), (v, 1, 0))
        ]
        stripes, rows = (
            deep * float(np.exp(-2 * (np.pi * self.lens * step) ** 2))
            for deep, step in zip((STRIPES, ROWS), steps, strict=True)
        )
        if stripes < 0.004:
            return np.asarray(cv2.merge([flicker] * 3), np.float32)
        turn = 2 * np.pi * np.arange(256)[None, :, None] / 256
        columns = (1 + stripes * np.cos(turn + 2 * np.pi * np.array([0, 1, 2]) / 3)).astype(np.float32)
        lines = (1 + rows * np.cos(turn)).astype(np.float32)
        across, down = ((part * np.float32(256 * self.dots)).astype(np.int32).astype(np.uint8) for part in (u, v))
        light = cv2.multiply(cv2.LUT(down, lines), flicker)
        return np.asarray(cv2.multiply(cv2.LUT(cv2.merge([across] * 3), columns), cv2.merge([light] * 3)), np.float32)


def phone(chance: np.random.Generator) -> Screen:
    """A bright, dense screen with a lamp in it."""
    return _screen(chance, dots=chance.uniform(280, 480), bands=chance.uniform(0, 0.05))


def monitor(chance: np.random.Generator) -> Screen:
    """A coarser screen."""
    return _screen(chance, dots=chance.uniform(130, 300), bands=chance.uniform(0, 0.03))


def _screen(chance: np.random.Generator, dots: float, bands: float) -> Screen:
    cool = chance.uniform(-0.02, 0.1)
    glare = chance.uniform((0, 0, 15, 0), (WIDTH, HEIGHT, 70, 110))
    return Screen(
        dots=dots,
        gamma=chance.uniform(0.95, 1.3),
        white=np.array([1 - cool, 1.0, 1 + cool], np.float32),
        black=chance.uniform(3, 16),
        bands=bands,
        waves=chance.uniform(0.7, 4),
        drift=chance.uniform(-2, 2),
        glare=(float(glare[0]), float(glare[1]), float(glare[2]), float(glare[3])),
        veil=chance.uniform(2, 14),
        lens=chance.uniform(0.25, 0.45),
    )
