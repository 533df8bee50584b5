"""A camera's noise, for pictures that were not filmed."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.evaluation.attacks.types import Take

PAIRS = 12
"""Neighbouring frames that the noise is read off."""

PLATES, SHIFTS = 3, 64
"""Different pictures of noise, and the ways across and down in which each is laid anew for every frame."""

LEAST, MOST = 0.6, 4.0
"""Standard deviation in grey levels that a camera is believed to have."""


def level(take: Take) -> float:
    """Standard deviation of a recording's noise in grey levels, as fine change between neighbouring frames."""
    found = []
    for index in np.linspace(0, len(take.frames) - 2, min(PAIRS, len(take.frames) - 1)).astype(int).tolist():
        before, now = (take.frames[i].image[::2, ::2, 1].astype(np.float32) for i in (index, index + 1))
        change = now - before
        fine = change - cv2.blur(change, (3, 3))
        found.append(float(np.median(np.abs(fine))) / 0.6745 / np.sqrt(2))
    return float(np.clip(np.median(found or [LEAST]), LEAST, MOST))


class Grain:
    """Noise for pictures up to this shape, of this level (standard deviation in grey levels), mostly of brightness."""

    def __init__(self, shape: tuple[int, ...], deviation: float, chance: np.random.Generator) -> None:
        self._chance = chance
        height, width = shape[:2]
        self._plates = [self._plate(height + SHIFTS, width + SHIFTS, deviation) for _ in range(PLATES)]

    def add(self, image: Image) -> Image:
        """The picture with noise of its own."""
        height, width = image.shape[:2]
        plate = self._plates[self._chance.integers(PLATES)]
        down, right = self._chance.integers(0, SHIFTS, 2).tolist()
        part = plate[down : down + height, right : right + width]
        return np.asarray(cv2.add(image, part, dtype=cv2.CV_8U), np.uint8)

    def _plate(self, height: int, width: int, deviation: float) -> NDArray[np.int16]:
        grey = self._chance.normal(0, 1, (height, width, 1)).astype(np.float32)
        colour = self._chance.normal(0, 0.4, (height, width, 3)).astype(np.float32)
        soft = cv2.GaussianBlur(grey + colour, (0, 0), 0.6)
        return np.round(soft * (deviation / float(soft.std()))).astype(np.int16)
