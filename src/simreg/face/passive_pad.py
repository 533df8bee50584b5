"""The MiniFASNet pair as a `PassivePad` (minivision-ai, Silent-Face-Anti-Spoofing)."""

import cv2
import numpy as np
import onnxruntime as ort

from simreg.capture.frame import Image
from simreg.face.types import Box

INPUT_SIDE = 80
BONA_FIDE_CLASS = 1

BRIGHT = 110.0
"""Mean grey level that a darker face is brought to: the networks take many a dim face for an attack as it is."""


class MiniFasNet:
    """Networks that each look at the face with a different share of its surroundings.

    ``sessions`` are pairs of a network, input (1, 3, 80, 80) BGR 0..255, and how many times the face box it looks at.
    """

    def __init__(self, sessions: tuple[tuple[ort.InferenceSession, float], ...]) -> None:
        self._sessions = tuple((session, scale, session.get_inputs()[0].name) for session, scale in sessions)

    def score(self, image: Image, box: Box) -> float:
        """Mean bona fide probability over the networks, 0..1."""
        total, gain = 0.0, brightening(image, box)
        for session, scale, name in self._sessions:
            patch = np.minimum(surroundings(image, box, scale).astype(np.float32) * gain, 255)
            tensor = np.ascontiguousarray(patch[:, :, ::-1].transpose(2, 0, 1)[None])
            logits = session.run(None, {name: tensor})[0].reshape(-1).astype(np.float64)
            odds = np.exp(logits - logits.max())
            total += float(odds[BONA_FIDE_CLASS] / odds.sum())
        return total / len(self._sessions)


def brightening(image: Image, box: Box) -> np.float32:
    """What a picture is to be multiplied by for the face in the box to be bright enough: 1 where it is."""
    left, top, right, bottom = (
        max(0, int(edge)) for edge in (box.left, box.top, box.left + box.width + 1, box.top + box.height + 1)
    )
    face = image[top:bottom, left:right]
    return np.float32(max(1.0, BRIGHT / max(float(face.mean()), 1.0)) if face.size else 1.0)


def surroundings(image: Image, box: Box, scale: float) -> Image:
    """The box enlarged by ``scale``, or as far as the picture allows, moved to lie inside it, as an 80-pixel square."""
    height, width = image.shape[:2]
    scale = min(scale, (width - 1) / box.width, (height - 1) / box.height)
    across, down = box.width * scale, box.height * scale
    x, y = box.centre
    left = min(max(x - across / 2, 0), width - 1 - across)
    top = min(max(y - down / 2, 0), height - 1 - down)
    part = image[max(0, int(top)) : int(top + down) + 1, max(0, int(left)) : int(left + across) + 1]
    return np.asarray(cv2.resize(part, (INPUT_SIDE, INPUT_SIDE), interpolation=cv2.INTER_LINEAR), np.uint8)
