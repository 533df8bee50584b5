"""How much of a face lies outside the picture (ISO/IEC 29794-5, component crop of the face image)."""

import numpy as np

from simreg.face.types import Points


def cropped(points: Points, width: int, height: int) -> float:
    """Share of the landmarks beyond the picture's edge, 0..1: hidden parts that can be told for certain."""
    x, y = points[:, 0], points[:, 1]
    outside = (x < 0) | (y < 0) | (x > width - 1) | (y > height - 1)
    return float(np.count_nonzero(outside)) / len(points)
