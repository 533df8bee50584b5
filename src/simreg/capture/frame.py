"""A frame: one picture of a capture and when it was taken."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Pixels, uint8, shape (height, width, 3), RGB, upright and unmirrored: the subject's left is at the image's right."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a capture.

    ``index`` counts from 0 without gaps; ``time_s`` is in seconds from the first frame; ``image`` is an `Image`.
    """

    index: int
    time_s: float
    image: Image
