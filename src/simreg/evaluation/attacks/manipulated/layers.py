"""Lays pictures over pictures, as a program between camera and server does."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.face.eyes import eye_centres, eye_distance
from simreg.face.types import Points

Floats = NDArray[np.float32]
Affine = NDArray[np.float64]


def coloured(image: Image, where: NDArray[np.bool_], like: Image, like_where: NDArray[np.bool_]) -> Image:
    """The picture with the mean colour and the contrast that another has, both read off in these pixels of each."""
    (mean, spread), (wanted, width) = _colours(image, where), _colours(like, like_where)
    gain = float(np.clip(width.mean() / max(float(spread.mean()), 1.0), 0.7, 1.4))
    levels = np.arange(256)[:, None]
    table = ((levels - mean) * gain + wanted).clip(0, 255).round().astype(np.uint8)
    return np.asarray(cv2.LUT(image, table[None]), np.uint8)


def _colours(image: Image, where: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    mean, spread = cv2.meanStdDev(image, mask=where.astype(np.uint8))
    return np.asarray(mean, np.float64).ravel(), np.asarray(spread, np.float64).ravel()


def feathered(covered: NDArray[np.bool_], width: float) -> Floats:
    """1 in these pixels from ``width`` pixels within their edge, 0 outside, even between."""
    inside = np.pad(covered.astype(np.uint8), 1)
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 3)[1:-1, 1:-1]
    return np.asarray(np.minimum(depth / width, 1), np.float32)


def filled(shape: tuple[int, ...], places: Floats) -> NDArray[np.bool_]:
    """Which pixels of a picture of this shape lie within the outline of places, shape (n, 2), in pixels."""
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(np.ascontiguousarray(places, np.float32)).round().astype(np.int32), 1)
    return mask > 0


def laid(image: Image, over: Image, share: Floats) -> Image:
    """``over`` on the picture, as far as ``share`` (0..1, shape (H, W)) says."""
    mixed = cv2.blendLinear(over, image, share, 1 - share)
    return np.asarray(mixed, np.uint8)


def placed(image: Image, share: Floats, onto: Affine, shape: tuple[int, ...]) -> tuple[Image, Floats]:
    """Picture and share moved into a frame of this shape; nothing is there beyond the picture's edge."""
    size = shape[1], shape[0]
    moved = cv2.warpAffine(image, onto, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    there = cv2.warpAffine(share, onto, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
    return np.asarray(moved, np.uint8), np.asarray(there, np.float32)


def head_onto(points: Points, middle: tuple[float, float], size: float, roll: float = 0.0) -> Affine:
    """The similarity, shape (2, 3), that brings the middle between the eyes to a place in pixels and the eye distance to
    ``size`` pixels, tilted by ``roll`` degrees.
    """
    x, y = (float(value) for value in eye_centres(points).mean(axis=0)[:2])
    affine = cv2.getRotationMatrix2D((x, y), -roll, size / max(eye_distance(points), 1e-6))
    affine[:, 2] = affine[:, 2] + (middle[0] - x, middle[1] - y)
    return np.asarray(affine, np.float64)


def oval(shape: tuple[int, ...], points: Points) -> Floats:
    """1 on the head of a face with these landmarks, 0 far from it, soft at its edge: of this shape."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    width, height = (high - low).tolist()
    mask = np.zeros(shape[:2], np.uint8)
    centre = round(float(low[0]) + width / 2), round(float(low[1]) + height * 0.42)
    cv2.ellipse(mask, centre, (round(0.72 * width), round(0.78 * height)), 0, 0, 360, 255, -1)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), max(1.0, 0.06 * width)) / np.float32(255), np.float32)


def sheet(shape: tuple[int, ...], points: Points) -> NDArray[np.bool_]:
    """An upright rectangle around a face with these landmarks: where a print of it is cut out."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    width, height = (high - low).tolist()
    mask = np.zeros(shape[:2], bool)
    left, top = max(0, round(low[0] - 0.3 * width)), max(0, round(low[1] - 0.35 * height))
    mask[top : round(high[1] + 0.25 * height), left : round(high[0] + 0.3 * width)] = True
    return mask
