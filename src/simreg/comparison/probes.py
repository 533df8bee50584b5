"""How well a live frame serves as a probe."""

import math

import numpy as np

from simreg.face.types import ObservedFace

_YAW = (5.0, 25.0, 40.0, 60.0), (1.0, 0.8, 0.3, 0.0)
_PITCH = (8.0, 20.0, 30.0, 45.0), (1.0, 0.75, 0.3, 0.0)
_EYES = (0.02, 0.09), (0.6, 1.0)
_MOUTH = (0.3, 0.6, 1.0), (1.0, 0.6, 0.2)
_SHARPNESS = (0.05, 0.25, 0.4), (0.3, 0.9, 1.0)
_BRIGHTNESS = (30.0, 90.0, 170.0, 230.0), (0.2, 1.0, 1.0, 0.3)
_CLIPPED = (0.02, 0.2, 0.6), (1.0, 0.6, 0.1)
_OCCLUSION = (0.0, 0.1, 0.3), (1.0, 0.5, 0.0)
_EYE_DISTANCE = (15.0, 30.0, 60.0), (0.1, 0.8, 1.0)
"""Native values and what is left of the quality there, along straight lines: docs/comparison.md says how it was set."""


def probe_quality(face: ObservedFace) -> float:
    """How much a frame's template can be trusted, 0..1: frontal, sharp, well lit, large, eyes open, nothing hidden.

    Each native value takes its share away, so that one bad value is enough to spoil a probe.
    """
    seen = (
        (abs(face.pose.yaw), _YAW),
        (abs(face.pose.pitch), _PITCH),
        (min(face.eyes.left, face.eyes.right), _EYES),
        (face.mouth, _MOUTH),
        (face.sharpness, _SHARPNESS),
        (face.brightness, _BRIGHTNESS),
        (face.clipped, _CLIPPED),
        (face.occlusion or 0.0, _OCCLUSION),
        (face.eye_distance, _EYE_DISTANCE),
    )
    return math.prod(float(np.interp(value, *corners)) for value, corners in seen)
