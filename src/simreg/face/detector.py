"""BlazeFace (short range) as a `FaceDetector` (Bazarevsky et al., 2019, arXiv:1907.05047)."""

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.face.mesh import planes
from simreg.face.types import Box, Detection

INPUT_SIDE = 128
"""Side in pixels of the square that the network looks at."""

_STRIDES = ((8, 2), (16, 6))
"""Distance of the anchor rows in input pixels, and anchors at each place."""


def anchors() -> NDArray[np.float32]:
    """Centres of the 896 anchors in 0..1 of the input square: float32, shape (896, 2), x and y."""
    rows = []
    for stride, each in _STRIDES:
        count = INPUT_SIDE // stride
        line = (np.arange(count) + 0.5) / count
        grid = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
        rows.append(np.repeat(grid, each, axis=0))
    return np.concatenate(rows).astype(np.float32)


class BlazeFace:
    """Finds faces that fill at least about a tenth of the picture's longer side.

    ``session`` is an open network with input (1, 3, 128, 128) in -1..1, boxes (1, 896, 16) and scores (1, 896, 1);
    ``least_score`` 0..1 is what counts as a face; faces that overlap by more than ``most_overlap`` (intersection over
    union) are one.
    """

    def __init__(self, session: ort.InferenceSession, least_score: float = 0.5, most_overlap: float = 0.3) -> None:
        self._session = session
        self._least = least_score
        self._overlap = most_overlap
        self._anchors = anchors()
        self._input = session.get_inputs()[0].name
        shapes = {out.name: out.shape[-1] for out in session.get_outputs()}
        self._outputs = [
            next(n for n, last in shapes.items() if last == 16),
            next(n for n, last in shapes.items() if last == 1),
        ]

    def detect(self, image: Image) -> list[Detection]:
        """All faces in the picture, best score first."""
        height, width = image.shape[:2]
        scale = INPUT_SIDE / max(height, width)
        small_w, small_h = max(1, round(width * scale)), max(1, round(height * scale))
        small = cv2.resize(image, (small_w, small_h), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        left, top = (INPUT_SIDE - small_w) // 2, (INPUT_SIDE - small_h) // 2
        square = np.zeros((INPUT_SIDE, INPUT_SIDE, 3), np.uint8)
        square[top : top + small_h, left : left + small_w] = small
        raw, logits = self._session.run(self._outputs, {self._input: planes(square, 1 / 127.5, -1.0)})
        scores = 1 / (1 + np.exp(-np.clip(logits.reshape(-1), -80, 80)))
        keep = np.flatnonzero(scores >= self._least)
        if not keep.size:
            return []
        points = raw.reshape(-1, 16)[keep].astype(np.float32).reshape(-1, 8, 2) / INPUT_SIDE
        points[:, 0] += self._anchors[keep]
        points[:, 2:] += self._anchors[keep][:, None]
        offset = np.array([left, top], np.float32)
        points = points * INPUT_SIDE
        points[:, 0] -= offset
        points[:, 2:] -= offset
        return self._merge(points / scale, scores[keep])

    def _merge(self, points: NDArray[np.float32], scores: NDArray[np.float32]) -> list[Detection]:
        """Overlapping candidates become one, weighted by their scores."""
        boxes = [Box(float(c[0] - s[0] / 2), float(c[1] - s[1] / 2), float(s[0]), float(s[1])) for c, s in points[:, :2]]
        rest = list(np.argsort(-scores))
        found = []
        while rest:
            best = rest[0]
            group = [i for i in rest if boxes[best].iou(boxes[i]) > self._overlap or i == best]
            rest = [i for i in rest if i not in group]
            mean = np.average(points[group], axis=0, weights=scores[group])
            (x, y), (w, h) = mean[0], mean[1]
            box = Box(float(x - w / 2), float(y - h / 2), float(w), float(h))
            found.append(Detection(box, float(scores[best]), mean[2:].astype(np.float32)))
        return found
