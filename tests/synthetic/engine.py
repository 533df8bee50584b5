"""An engine that sees what synthetic pictures carry: the twin of the networks."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.comparison.types import Interval, Threshold
from simreg.engine import Engine
from simreg.face.eyes import eye_centres
from simreg.face.observe import box_of
from simreg.face.types import Box, Detection, Mesh, Points, Region
from simreg.result import ModelUse
from synthetic.head import HeadState, landmarks
from synthetic.picture import read_heads

NAME, DIGEST, PREPROCESSING = "synthetic", "5e" * 32, "none"
_EARS = (127, 356)


class SyntheticDetector:
    """Finds every head that is in the picture; counts how often it is asked."""

    def __init__(self) -> None:
        self.calls = 0

    def detect(self, image: Image) -> list[Detection]:
        self.calls += 1
        return [_detection(head) for head in read_heads(image)]


class SyntheticMesh:
    """Finds the landmarks of the head in a region; counts how often it is asked."""

    def __init__(self) -> None:
        self.calls = 0

    def find(self, image: Image, region: Region) -> Mesh:
        self.calls += 1
        head = nearest(read_heads(image), region.x, region.y)
        if head is None:
            return Mesh(np.zeros((478, 3), np.float32), 0.01)
        points = landmarks(head)
        x, y = box_of(points).centre
        far = float(np.hypot(x - region.x, y - region.y)) > region.side / 2
        fits = 0.8 < region.side / head.width < 4
        return Mesh(points, 0.01 if far or not fits else head.presence)


class SyntheticRecogniser:
    """Templates by person: two frames of one person are alike by about `ALIKE`, two persons by about 0.

    A person between two whole numbers is like both.
    """

    name, sha256, preprocessing = NAME, DIGEST, PREPROCESSING

    def chip(self, image: Image, points: Points) -> Image:
        x, y = (float(value) for value in points[:, :2].mean(axis=0))
        head = nearest(read_heads(image), x, y)
        chip = np.zeros((16, 16, 3), np.uint8)
        chip[0, 0] = 0 if head is None else (int(head.person), round(head.person % 1 * 100), 0)
        chip[1:] = np.resize(image[1::5, ::5], (15, 16, 3))
        return chip

    def template(self, chip: Image, quick: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
        return self.quick_template(chip) if quick is None else quick

    def quick_template(self, chip: Image) -> NDArray[np.float32]:
        whole, share = int(chip[0, 0, 0]), int(chip[0, 0, 1]) / 100
        noise = _direction(1_000 + int(chip[1:].astype(np.int64).sum()))
        return _unit(_unit((1 - share) * _direction(whole) + share * _direction(whole + 1)) + 0.4 * noise)


ALIKE = 1 / 1.16


class SyntheticPad:
    """Believes what the picture says of itself."""

    def score(self, image: Image, box: Box) -> float:
        head = nearest(read_heads(image), *box.centre)
        return 0.0 if head is None else head.bona_fide


def nearest(heads: Sequence[HeadState], x: float, y: float) -> HeadState | None:
    """The head whose middle is nearest to a place in pixels."""
    return min(heads, key=lambda head: float(np.hypot(head.x - x, head.y - y)), default=None)


def synthetic_threshold(value: float = 0.5, refer_from: float = 0.4) -> Threshold:
    """A threshold for the synthetic recogniser."""
    return Threshold(
        value=value,
        refer_from=refer_from,
        target_fmr=1e-4,
        fmr=1e-4,
        fmr_interval=Interval(5e-5, 2e-4),
        fnmr=0.01,
        fnmr_interval=Interval(0.005, 0.02),
        mated=1000,
        non_mated=100_000,
        recogniser=NAME,
        model_sha256=DIGEST,
        preprocessing=PREPROCESSING,
        data_set="synthetic",
        date="2026-11-01",
        source="tests",
    )


def synthetic_engine(*, passive_pad: bool = True, threshold: Threshold | None = None) -> Engine:
    """An engine of synthetic twins."""
    cv2.setNumThreads(1)
    return Engine(
        detector=SyntheticDetector(),
        mesh=SyntheticMesh(),
        recogniser=SyntheticRecogniser(),
        passive_pad=SyntheticPad() if passive_pad else None,
        threshold=threshold or synthetic_threshold(),
        same_person=0.4,
        models=(ModelUse(NAME, DIGEST, "tests"),),
    )


def _detection(head: HeadState) -> Detection:
    points = landmarks(head)
    eyes = eye_centres(points)[:, :2]
    keypoints = np.concatenate([eyes, points[[1, 13, *_EARS], :2]]).astype(np.float32)
    return Detection(box_of(points), 0.9, keypoints)


def _direction(seed: int) -> NDArray[np.float64]:
    return _unit(np.random.default_rng(seed).normal(size=128)).astype(np.float64)


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float32]:
    return (vector / np.linalg.norm(vector)).astype(np.float32)
