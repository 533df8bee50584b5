"""Where the subject of a portrait is, and what is behind them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.demo.surface import Floats, measure
from simreg.face.types import Points

Mask = NDArray[np.uint8]

WORK_WIDTH = 56.0
"""Width of the face in pixels at which the subject is looked for."""

SHOULDERS = ((0.3, 0.2), (0.75, 0.75), (1.2, 1.0), (1.2, 4.0))
"""Half of what is taken for neck and shoulders: face widths from the middle, and below the chin."""


def person(portrait: Image, points: Points) -> Mask:
    """1 where the subject is, else 0, of the portrait's size: GrabCut (Rother et al., 2004) around the face."""
    _, width = measure(points)
    scale = WORK_WIDTH / width
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(portrait, None, fx=scale, fy=scale, interpolation=way)
    face = np.ascontiguousarray(points[:468, :2] * scale)
    label = _guess(small.shape[:2], face)
    cv2.setRNGSeed(1)
    cv2.grabCut(small, label, (0, 0, 1, 1), np.zeros((1, 65)), np.zeros((1, 65)), 4, cv2.GC_INIT_WITH_MASK)
    found = ((label == cv2.GC_FGD) | (label == cv2.GC_PR_FGD)).astype(np.uint8)
    found = _whole(found, face.mean(axis=0))
    large = cv2.resize(found * 255, portrait.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(large, (0, 0), 0.03 * width) > 150, np.uint8)


def _guess(shape: tuple[int, ...], face: Floats) -> Mask:
    """What is surely or probably the subject, as GrabCut wants it told."""
    x, y = face.mean(axis=0)
    chin = float(face[:, 1].max())
    label = np.full(shape, cv2.GC_BGD, np.uint8)

    def oval(up: float, half: float, tall: float, kind: int) -> None:
        centre, size = (int(x), int(y - up * WORK_WIDTH)), (int(half * WORK_WIDTH), int(tall * WORK_WIDTH))
        cv2.ellipse(label, centre, size, 0, 0, 360, kind, -1)

    def shoulders(wider: float, kind: int) -> None:
        left = np.array(SHOULDERS) * (wider, 1) * WORK_WIDTH
        body = np.concatenate([left, (left * (-1, 1))[::-1]])
        cv2.fillPoly(label, [np.add(body, (x, chin)).astype(np.int32)], kind)

    oval(0.3, 1.05, 1.3, cv2.GC_PR_BGD)
    label[int(chin) :] = cv2.GC_PR_BGD
    shoulders(1.6, cv2.GC_PR_FGD)
    oval(0.25, 0.8, 1.05, cv2.GC_PR_FGD)
    shoulders(1.0, cv2.GC_FGD)
    oval(0.2, 0.5, 0.8, cv2.GC_FGD)
    cv2.fillConvexPoly(label, cv2.convexHull(face).astype(np.int32), cv2.GC_FGD)
    return label


def _whole(mask: Mask, inside: Floats) -> Mask:
    """The part around a point, without holes, threads and a thin rim."""
    small, large = (cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)) for side in (3, 7))
    smooth = cv2.morphologyEx(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, small), cv2.MORPH_OPEN, large)
    _, parts = cv2.connectedComponents(smooth)
    return np.asarray(parts == parts[int(inside[1]), int(inside[0])], np.uint8)


def spread(portrait: Image, mask: Mask, width: float) -> Image:
    """The portrait with the subject's rim and all beyond it in the colours just inside, so nothing shines through."""
    side = max(3, int(0.07 * width)) | 1
    core = cv2.erode(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    _, nearest = cv2.distanceTransformWithLabels(1 - core, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    colours = np.zeros((int(nearest.max()) + 1, 3), np.uint8)
    colours[nearest[core > 0]] = portrait[core > 0]
    filled = colours[nearest]
    soft = cv2.GaussianBlur(filled, (0, 0), 0.01 * width)
    return np.where(core[..., None] > 0, portrait, soft)


def room(portrait: Image, mask: Mask) -> Image:
    """What is behind the subject, blurred, their own place filled from around it."""
    seen = (1 - cv2.dilate(mask, np.ones((9, 9), np.uint8))).astype(np.float32)
    sigma = portrait.shape[0] / 14
    mean = (portrait * seen[..., None]).sum(axis=(0, 1)) / max(float(seen.sum()), 1.0)
    sums = cv2.GaussianBlur(portrait * seen[..., None], (0, 0), sigma) + 0.05 * mean
    total = cv2.GaussianBlur(seen, (0, 0), sigma) + 0.05
    return np.asarray((sums / total[..., None]).clip(0, 255), np.uint8)
