"""Sharpness of a portrait, at the scale at which it is compared (ISO/IEC 29794-5, quality component sharpness).

The edge energy that is measured in frames is not fit for photographs of documents: noise, printed dots and guilloche
raise it in a blurred picture. What the recogniser loses to blur is detail of one to two pixels of its own input, which is
held here against coarser detail of the same face.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.documents.cut_out import CutOut
from simreg.face.recogniser import align

SIDE = 112
"""Side in pixels of the aligned face."""

FINE, COARSE = (1.0, 2.0), (4.0, 8.0)
"""Each kind of detail is what lies between two blurs, in pixels of the aligned face."""


def portrait_sharpness(face: CutOut) -> float:
    """Fine over coarse detail: 0 (blurred) .. about 0.6 (sharp) .. 1; contrast and noise hardly change it."""
    grey = cv2.cvtColor(align(face.image, face.points, SIDE), cv2.COLOR_RGB2GRAY).astype(np.float32)
    y, x = np.mgrid[:SIDE, :SIDE]
    inner = np.hypot((x - 56) / 38, (y - 68) / 44) < 1
    fine, coarse = (float(_detail(grey, band)[inner].std()) for band in (FINE, COARSE))
    return min(1.0, fine / max(coarse, 1e-6))


def _detail(grey: NDArray[np.float32], band: tuple[float, float]) -> NDArray[np.float32]:
    """What the first blur leaves and the second takes away."""
    low, high = (cv2.GaussianBlur(grey, (0, 0), sigma) for sigma in band)
    return np.asarray(low - high, np.float32)
