"""Tells a ghost portrait, the same picture printed once more, from another person's portrait."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.documents.cut_out import CutOut
from simreg.face.recogniser import align

SIDE = 24
"""Side in pixels at which two aligned faces are held against each other."""

SAME_PICTURE = 0.65
"""Likeness from which two faces are one picture."""


def likeness(one: CutOut, other: CutOut) -> float:
    """How much two faces are the same print, -1..1: correlation of their light and dark.

    Size, brightness and contrast do not matter.
    """
    first, second = _pattern(one), _pattern(other)
    length = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / max(length, 1e-9)


def _pattern(face: CutOut) -> NDArray[np.float64]:
    """Light and dark of the aligned face, without the slow change of light across it, weighted to the middle."""
    grey = cv2.cvtColor(align(face.image, face.points, 112), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float64)
    small -= cv2.GaussianBlur(small, (0, 0), SIDE / 6)
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE
    weight = np.exp(-(((x - 0.5) / 0.42) ** 4) - ((y - 0.58) / 0.42) ** 4)
    centred = small - np.average(small, weights=weight)
    return np.asarray((centred * np.sqrt(weight)).ravel(), np.float64)
