"""One quality score out of the native values of a portrait (ISO/IEC 29794-5, unified quality score).

Each native value is mapped to 0..100 along straight lines: 100 where no loss of similarity was measured, 50 at the limit
below which a portrait is not compared, 0 where nothing is left. The unified score is the least of them: a portrait
is worth no more than its worst side. The measurements are in docs/reference-portraits.md.
"""

from dataclasses import dataclass

import numpy as np

LIMIT = 50
"""The least score of a portrait that is compared."""

_EYE_DISTANCE = ((8.0, 0.0), (20.0, 50.0), (28.0, 90.0), (40.0, 100.0))
_SHARPNESS = ((0.15, 0.0), (0.28, 50.0), (0.38, 90.0), (0.5, 100.0))
_CONTRAST = ((2.0, 0.0), (8.0, 50.0), (14.0, 90.0), (22.0, 100.0))
_CLIPPED = ((0.05, 100.0), (0.33, 90.0), (0.7, 50.0), (0.95, 0.0))
_YAW = ((10.0, 100.0), (25.0, 80.0), (40.0, 50.0), (60.0, 0.0))
_PITCH = ((15.0, 100.0), (25.0, 80.0), (35.0, 50.0), (50.0, 0.0))
"""Native value and what it is worth, from left to right."""


@dataclass(frozen=True, slots=True)
class PortraitQuality:
    """What each native value of a portrait is worth, 0..100."""

    eye_distance: int
    sharpness: int
    contrast: int
    clipped: int
    pose: int

    @property
    def unified(self) -> int:
        """The least of them, 0..100."""
        return min(self.eye_distance, self.sharpness, self.contrast, self.clipped, self.pose)


def portrait_quality(
    *, eye_distance: float, sharpness: float, contrast: float, clipped: float, yaw: float, pitch: float
) -> PortraitQuality:
    """Quality of a portrait with these native values.

    ``eye_distance`` in pixels; ``sharpness`` 0..1 as `simreg.documents.sharpness` measures it; ``contrast``, the standard
    deviation of the luminance, 0..128; ``clipped``, the share of pixels without detail, 0..1; ``yaw`` and ``pitch`` in
    degrees, of either sign.
    """
    return PortraitQuality(
        eye_distance=_mapped(eye_distance, _EYE_DISTANCE),
        sharpness=_mapped(sharpness, _SHARPNESS),
        contrast=_mapped(contrast, _CONTRAST),
        clipped=_mapped(clipped, _CLIPPED),
        pose=min(_mapped(abs(yaw), _YAW), _mapped(abs(pitch), _PITCH)),
    )


def _mapped(value: float, corners: tuple[tuple[float, float], ...]) -> int:
    """The value along the line through the corners, level beyond both ends, rounded down."""
    at, worth = zip(*corners, strict=True)
    return int(np.interp(value, at, worth) + 1e-9)
