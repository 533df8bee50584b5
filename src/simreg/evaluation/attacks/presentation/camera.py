"""A plain camera: exposure that follows the scene, darker corners, a lens that is not quite sharp, and grain."""

from collections.abc import Iterator

import cv2
import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.evaluation.attacks.presentation.sheet import Floats

WIDTH, HEIGHT = 640, 480
FPS = 15
"""Frames a second."""

MIDDLE_GREY = 112.0
"""Mean of the picture's middle that the exposure aims at."""

FOLLOWS = 0.15
"""Share of the way that the exposure goes in a frame."""

SHIFTS = 64
"""Ways in which the grain is laid, across and down."""


class Camera:
    """Takes pictures of light; what one camera is like comes from ``chance``, and so does each picture's grain."""

    def __init__(self, chance: np.random.Generator, width: int = WIDTH, height: int = HEIGHT) -> None:
        self._chance = chance
        x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
        corners = 1 - chance.uniform(0.08, 0.22) * (x**2 + y**2) / 2
        balance = 1 + chance.uniform(-0.05, 0.05, 3) * (1, 0.3, 1)
        self._lens = (corners[..., None] * balance).astype(np.float32)
        self._blur = chance.uniform(0.5, 0.8)
        shape = height + SHIFTS, width + SHIFTS, 3
        grain = chance.normal(0, chance.uniform(2.0, 4.0), shape).astype(np.float32)
        self._grain = np.asarray(cv2.GaussianBlur(grain, (0, 0), 0.5) * 1.6, np.float32)
        self._gain: float | None = None

    def shoot(self, light: Floats) -> Image:
        """The picture of light given as float32, shape (height, width, 3), about 0..255."""
        height, width = light.shape[:2]
        middle = light[height // 5 : -height // 5 : 8, width // 5 : -width // 5 : 8]
        wanted = float(np.clip(MIDDLE_GREY / max(float(middle.mean()), 1.0), 0.4, 2.5))
        self._gain = wanted if self._gain is None else self._gain + FOLLOWS * (wanted - self._gain)
        picture = cv2.multiply(light, self._lens, scale=self._gain)
        picture = cv2.GaussianBlur(picture, (5, 5), self._blur)
        down, right = self._chance.integers(0, SHIFTS, 2)
        return np.asarray(cv2.add(picture, self._grain[down:, right:][:height, :width], dtype=cv2.CV_8U), np.uint8)

    def film(self, lights: Iterator[Floats]) -> Iterator[Frame]:
        """One frame for each, at an even rate."""
        for index, light in enumerate(lights):
            yield Frame(index, index / FPS, self.shoot(light))
