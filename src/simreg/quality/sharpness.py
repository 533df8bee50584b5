"""Sharpness of a face (ISO/IEC 29794-5, quality component sharpness)."""

import cv2
import numpy as np
from numpy.typing import NDArray

HALF = 60.0
"""Mean square of the Laplacian that counts as half sharp."""


def sharpness(grey: NDArray[np.uint8]) -> float:
    """0 (blurred) .. 1 (crisp): edge energy of a grey face patch of fixed size, uint8, shape (n, n)."""
    edges = cv2.Laplacian(grey, cv2.CV_32F, ksize=1)
    energy = float(cv2.norm(edges, cv2.NORM_L2SQR)) / edges.size
    return energy / (energy + HALF)
