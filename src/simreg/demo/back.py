"""What a frontal picture does not show of a head: its back, and the sides of the neck."""

import numpy as np
from numpy.typing import NDArray

from simreg.demo.surface import Floats, Triangles, strip, wind
from simreg.face.pose import LEFT_CHEEK, RIGHT_CHEEK

Numbers = NDArray[np.int32]

SIDE_Z, NECK_Z, BACK_Z = 0.12, 0.02, 0.75
"""How far the head's outline, the front of the neck and the back of the head lie behind the cheeks, in face widths."""

RINGS = ((0.45, 0.93, 0.94), (0.85, 0.65, 0.8), (1.0, 0.15, 0.66))
"""Rings of the back of the head: how far from outline to back, how large, and how large in the picture it repeats."""

NECK_LIGHT = 0.65
"""Light that is left behind the jaw."""


class Parts:
    """Vertices, their places in the picture, and triangles, gathered part by part."""

    def __init__(self, vertices: Floats, places: Floats) -> None:
        self.vertices, self.places = vertices, places
        self.triangles = np.empty((0, 3), np.int32)
        self.shade = np.empty(0, np.float32)

    def add(self, vertices: Floats, places: Floats) -> Numbers:
        """Add vertices; gives their numbers."""
        first = len(self.vertices)
        self.vertices = np.concatenate([self.vertices, vertices]).astype(np.float32)
        self.places = np.concatenate([self.places, places]).astype(np.float32)
        return np.arange(first, len(self.vertices), dtype=np.int32)

    def join(self, triangles: Triangles, shade: float = 1.0) -> None:
        """Add triangles whose picture is multiplied by ``shade``."""
        self.triangles = np.concatenate([self.triangles, triangles])
        self.shade = np.concatenate([self.shade, np.full(len(triangles), shade, np.float32)])


def add_back(parts: Parts, outline: Numbers, chin: float) -> None:
    """The back of the head, which shows the picture near the outline once more."""
    rim = outline[parts.vertices[outline, 1] < chin]
    steps = np.linalg.norm(parts.places[rim] - parts.places[np.roll(rim, -1)], axis=1)
    joined = steps < 3 * np.median(steps)
    middle = np.array([0, parts.vertices[rim, 1].mean()], np.float32)
    pixels = parts.places[rim].mean(axis=0)
    before = rim
    for back, size, inward in RINGS:
        xy = middle + (parts.vertices[rim, :2] - middle) * size
        deep = np.full(len(rim), SIDE_Z + (BACK_Z - SIDE_Z) * back)
        after = parts.add(np.column_stack([xy, deep]), pixels + (parts.places[rim] - pixels) * inward)
        here, there = np.roll(before, -1), np.roll(after, -1)
        band = np.concatenate([np.stack([before, here, after], 1)[joined], np.stack([here, there, after], 1)[joined]])
        parts.join(wind(band, parts.vertices, outside_seen=False))
        before = after


def add_neck(parts: Parts, chin: float) -> None:
    """A column behind the jaw, with the skin of the cheeks: seen only where the head turns away from it."""
    angles, heights = np.linspace(0.35 * np.pi, 1.65 * np.pi, 25), np.linspace(-0.1, chin + 0.3, 6)
    angle, height = (grid.ravel() for grid in np.meshgrid(angles, heights))
    radius = 0.3 + 0.1 * np.clip(height / chin, 0, 1) ** 4
    column = np.column_stack([radius * np.sin(angle), height, NECK_Z + 0.36 - radius * np.cos(angle)])
    cheek, width = parts.places[RIGHT_CHEEK], float(np.ptp(parts.places[[RIGHT_CHEEK, LEFT_CHEEK], 0]))
    skin = np.column_stack([0.17 - 0.06 * np.sin(angle), 0.12 + 0.12 * height / chin])
    numbers = parts.add(column.astype(np.float32), cheek + width * skin).reshape(6, 25)
    parts.join(strip(numbers[:, ::-1]), shade=NECK_LIGHT)
