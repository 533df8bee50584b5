"""Exposure of a face (ISO/IEC 29794-5, components luminance, over- and under-exposure)."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

DARK, BRIGHT = 12, 250
"""Luminance at and beyond which a pixel holds no detail."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """``brightness`` is mean luminance 0..255, ``contrast`` its standard deviation, ``clipped`` the share of
    pixels without detail, 0..1.
    """

    brightness: float
    contrast: float
    clipped: float


def exposure(grey: NDArray[np.uint8]) -> Exposure:
    """Exposure of a grey face patch, uint8, any shape."""
    mean, deviation = cv2.meanStdDev(grey)
    clipped = np.count_nonzero(grey <= DARK) + np.count_nonzero(grey >= BRIGHT)
    return Exposure(float(mean[0, 0]), float(deviation[0, 0]), clipped / grey.size)
