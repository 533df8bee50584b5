"""Recognisers: an aligned face in, a template out."""

import hashlib
from dataclasses import dataclass

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.face.eyes import MOUTH_CORNERS, eye_centres
from simreg.face.types import Points

NOSE_TIP = 1

TEMPLATE_112 = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]], np.float64
)
"""Where eyes, nose tip and mouth corners lie in an aligned face of 112 pixels, image left first (Deng et al., 2019)."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What is done to a network's features of length 1 to make them a template; nothing where it is left at its defaults.

    ``centre`` is subtracted and the rest made length 1 again: the mean features of many persons, which tell none of them
    apart. Then they are multiplied by (L / lowest) ** -``power``, where L is the length that the network itself gave
    them, kept within ``lengths`` (lowest, highest): a network that saw less gives shorter features, whose similarities to
    other persons spread less. A template's length is thus above 0 and at most 1. Why, and what it gains:
    docs/comparison.md.
    """

    centre: tuple[float, ...] = ()
    lengths: tuple[float, float] = (1.0, 1.0)
    power: float = 0.0

    def __str__(self) -> str:
        """The canonical form, empty where nothing is done."""
        values = ",".join(f"{value:.9g}" for value in self.centre)
        centre = f";centre={hashlib.sha256(values.encode()).hexdigest()[:16]}" if self.centre else ""
        low, high = self.lengths
        return centre + (f";lengths={low:g},{high:g};power={self.power:g}" if self.power else "")

    def template(self, features: NDArray[np.float32], length: float) -> NDArray[np.float32]:
        """The template of features of length 1, shape (d,), to which the network gave this length."""
        if self.centre and features.any():
            features = unit(features - np.array(self.centre, np.float32))
        if self.power:
            low, high = self.lengths
            features = features * np.float32((min(max(length, low), high) / low) ** -self.power)
        return features


UNADJUSTED = Adjustment()


@dataclass(frozen=True, slots=True)
class Preprocessing:
    """How an aligned face becomes the network's input.

    ``side`` in pixels; ``order`` is rgb or bgr; a pixel p in 0..255 becomes (p * scale - mean) / std for each channel in
    that order; ``margin`` is by how many times the face fills less of the picture than in the 112-pixel layout;
    ``mirror`` averages the templates of the face and of its mirror image; ``offset`` is by how much of the side the face
    lies lower than there; ``adjustment`` is what is done to the features that come out.
    """

    side: int
    order: str
    scale: float
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    margin: float
    mirror: bool
    offset: float = 0.0
    adjustment: Adjustment = UNADJUSTED

    def __str__(self) -> str:
        """The canonical form that thresholds are bound to."""
        mean, std = (",".join(f"{v:.9g}" for v in values) for values in (self.mean, self.std))
        return (
            f"five-point;side={self.side};margin={self.margin:g};offset={self.offset:g};order={self.order};"
            f"scale={self.scale:.9g};mean={mean};std={std};mirror={'yes' if self.mirror else 'no'}{self.adjustment}"
        )


ALIGNMENTS = {"arcface": (1.0, 0.0), "dlib": (0.9, -0.14)}
"""Margin and offset of the pictures that published networks were trained on; dlib's was measured: docs/comparison.md."""


def preprocessing_of(
    alignment: str,
    side: int,
    order: str,
    mean: tuple[float, float, float],
    std: tuple[float, float, float],
    *,
    mirror: bool,
    adjustment: Adjustment = UNADJUSTED,
) -> Preprocessing:
    """Preprocessing with one of `ALIGNMENTS`; ``mean`` and ``std`` are in units of 0..255."""
    margin, offset = ALIGNMENTS[alignment]
    return Preprocessing(side, order, 1.0, mean, std, margin, mirror, offset, adjustment)


def five_points(points: Points) -> NDArray[np.float64]:
    """Eye centres, nose tip and mouth corners in the order of `TEMPLATE_112`: shape (5, 2)."""
    eyes = eye_centres(points)[:, :2]
    return np.concatenate([eyes, points[[NOSE_TIP, *MOUTH_CORNERS], :2]]).astype(np.float64)


def align(image: Image, points: Points, side: int, margin: float = 1.0, offset: float = 0.0) -> Image:
    """The face upright in a square of ``side`` pixels, by the best-fitting similarity (Umeyama, 1991).

    ``margin`` and ``offset`` as in `Preprocessing`.
    """
    layout = ((TEMPLATE_112 - 56) / margin + 56 + np.array([0, 112 * offset])) * (side / 112)
    matrix = similarity(five_points(points), layout)
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    if scale < 0.5:
        factor = int(1 / scale)
        height, width = image.shape[0] // factor, image.shape[1] // factor
        part = image[: height * factor, : width * factor]
        image = np.asarray(cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        shift = np.array([[factor, 0, (factor - 1) / 2], [0, factor, (factor - 1) / 2], [0, 0, 1]])
        matrix = matrix @ shift
    return np.asarray(cv2.warpAffine(image, matrix, (side, side), flags=cv2.INTER_CUBIC), np.uint8)


def similarity(source: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """The least-squares similarity without reflection from source to target points (n, 2): shape (2, 3)."""
    a = (source - source.mean(axis=0)) @ np.array([1, 1j])
    b = (target - target.mean(axis=0)) @ np.array([1, 1j])
    turn = (np.conj(a) @ b) / max(float(np.real(np.conj(a) @ a)), 1e-9)
    linear = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    return np.column_stack([linear, target.mean(axis=0) - linear @ source.mean(axis=0)])


class OnnxRecogniser:
    """A recogniser that is an ONNX network with one input (n, 3, side, side) and one output (n, d)."""

    def __init__(self, name: str, sha256: str, session: ort.InferenceSession, preprocessing: Preprocessing) -> None:
        self._name, self._sha256 = name, sha256
        self._session = session
        self._preprocessing = preprocessing
        self._input = session.get_inputs()[0].name

    @property
    def name(self) -> str:
        """Name as thresholds carry it."""
        return self._name

    @property
    def sha256(self) -> str:
        """Digest of the published weights."""
        return self._sha256

    @property
    def preprocessing(self) -> str:
        """Canonical form of the preprocessing."""
        return str(self._preprocessing)

    def chip(self, image: Image, points: Points) -> Image:
        """The aligned face: uint8, shape (side, side, 3)."""
        p = self._preprocessing
        return align(image, points, p.side, p.margin, p.offset)

    def template(self, chip: Image, quick: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
        """Features of an aligned face, with its mirror image's and adjusted where the preprocessing says so: shape (d,).

        Their length is 1, or what `Adjustment` makes of that of the last run: the mirror image's, if there is one.
        """
        p = self._preprocessing
        if not p.mirror:
            if quick is not None and not p.adjustment.power:
                return p.adjustment.template(quick, 1.0)
            out = self.features(chip)
            return p.adjustment.template(unit(out), float(np.linalg.norm(out)))
        once = self.quick_template(chip) if quick is None else quick
        out = self.features(chip[:, ::-1])
        return p.adjustment.template(unit(once + unit(out)), float(np.linalg.norm(out)))

    def quick_template(self, chip: Image) -> NDArray[np.float32]:
        """Features of an aligned face as it is, without its mirror image and not adjusted: shape (d,), length 1."""
        return unit(self.features(chip))

    def features(self, chip: Image) -> NDArray[np.float32]:
        """What the network gives: float32, shape (d,)."""
        p = self._preprocessing
        pixels = chip if p.order == "rgb" else chip[:, :, ::-1]
        mean, std = np.array(p.mean, np.float32), np.array(p.std, np.float32)
        tensor = ((pixels * np.float32(p.scale) - mean) / std).transpose(2, 0, 1)[None]
        return np.asarray(self._session.run(None, {self._input: np.ascontiguousarray(tensor)})[0], np.float32).reshape(-1)


def unit(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """The same direction with length 1; features that are all 0 stay so."""
    return np.asarray(features / max(float(np.linalg.norm(features)), 1e-9), np.float32)
