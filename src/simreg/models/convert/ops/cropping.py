"""The custom operators of MediaPipe's attention mesh: find rotated crops around landmarks, and come back from them.

Landmarks2TransformMatrix gives the affine matrix that takes a position in a crop to one in the picture,
TransformLandmarks takes points along that way. A matrix is kept as (3, 2): position = (u, v, 1) times matrix; several
crops are found at once as (k, 3, 2). What is computed is described by MediaPipe (Apache-2.0),
mediapipe/util/tflite/operations, version 2 of each operator.
"""

from dataclasses import dataclass

import numpy as np

from simreg.models.convert.custom_options import CustomOptions
from simreg.models.convert.flatbuffer import MalformedError
from simreg.models.convert.schema import Operator
from simreg.models.convert.translation import Translation


@dataclass(frozen=True, slots=True)
class Crop:
    """A crop: landmarks at its left and right, those that it encloses, its size in pixels and how much it is widened."""

    ends: tuple[int, int]
    subset: tuple[int, ...]
    size: tuple[int, int]
    scale: tuple[float, float]


def read_crop(octets: bytes, landmarks: int) -> Crop:
    """The options of Landmarks2TransformMatrix; raises `MalformedError` when they do not fit so many landmarks."""
    options = CustomOptions(octets)
    ends = options.integer("left_rotation_idx"), options.integer("right_rotation_idx")
    subset = options.integers("subset_idxs")
    if not subset or not all(0 <= number < landmarks for number in (*subset, *ends)):
        raise MalformedError("a crop names a landmark that does not exist")
    if options.number("target_rotation_radians") != 0:
        raise MalformedError("a crop that is not upright is not supported")
    size = options.integer("output_width"), options.integer("output_height")
    scale = options.number("scale_x"), options.number("scale_y")
    if min(size) < 1:
        raise MalformedError("a crop has no pixels")
    return Crop(ends, subset, size, scale)


def landmarks_to_matrix(work: Translation, step: Operator) -> None:
    """Landmarks2TransformMatrix: landmarks (1, n, 3) to one matrix for each crop.

    A crop's x axis runs from its left to its right landmark; it is centred on the extent of its subset along its axes,
    and as large as that extent times its scale.
    """
    onnx = work.onnx
    landmarks = work.shape(step.input(0), 3)[1]
    crops = [read_crop(octets, landmarks) for octets in step.custom]
    points = onnx.node("Slice", [work.value(step.input(0)), *(onnx.integers([v]) for v in (0, 2, 2))])
    turn = _turn(work, points, crops)
    longest = max(len(crop.subset) for crop in crops)
    subsets = [crop.subset + crop.subset[:1] * (longest - len(crop.subset)) for crop in crops]
    chosen = onnx.node("Gather", [points, onnx.constant(subsets, np.int64)], axis=1)
    rotated = onnx.node("MatMul", [chosen, turn])
    low = onnx.node("ReduceMin", [rotated], axes=[2], keepdims=1)
    high = onnx.node("ReduceMax", [rotated], axes=[2], keepdims=1)
    size = np.array([[crop.size] for crop in crops], np.float32)
    scale = np.array([[crop.scale] for crop in crops], np.float32)
    pixel = onnx.node("Mul", [onnx.node("Sub", [high, low]), onnx.constant(scale / size)])
    middle = onnx.node("Mul", [onnx.node("Add", [high, low]), onnx.constant(0.5)])
    corner = onnx.node("Sub", [middle, onnx.node("Mul", [pixel, onnx.constant(size / 2)])])
    upright = onnx.node("Concat", [onnx.node("Mul", [pixel, onnx.constant(np.eye(2))]), corner], axis=2)
    matrices = onnx.node("MatMul", [upright, onnx.node("Transpose", [turn], perm=(0, 2, 1))])
    work.set_matrices(step.outputs, onnx.node("Reshape", [matrices, onnx.integers([len(crops), 3, 2])]))


def _turn(work: Translation, points: str, crops: list[Crop]) -> str:
    """Rotations (k, 2, 2) that take a position in the picture to one along the crops' axes."""
    onnx = work.onnx
    ends = onnx.node("Gather", [points, onnx.constant([crop.ends for crop in crops], np.int64)], axis=1)
    ends = onnx.node("Reshape", [ends, onnx.integers([len(crops), 4])])
    # (x0, y0, x1, y1) to ((dx, -dy), (dy, dx)), row by row
    spread = onnx.constant([[-1, 0, 0, -1], [0, 1, -1, 0], [1, 0, 0, 1], [0, -1, 1, 0]])
    axes = onnx.node("MatMul", [ends, spread])
    length = onnx.node("ReduceL2", [axes], axes=[1], keepdims=1)
    unit = onnx.node("Mul", [onnx.node("Div", [axes, length]), onnx.constant(np.sqrt(2))])
    return onnx.node("Reshape", [unit, onnx.integers([len(crops), 2, 2])])


def scale_matrix(work: Translation, step: Operator) -> None:
    """MUL of a matrix with constants, element by element."""
    factors = work.array(step.input(1))
    if factors.shape != (1, 4, 4):
        raise MalformedError("a crop's matrix is scaled by something else than a matrix")
    kept = factors[0, :2][:, [0, 1, 3]].T
    scaled = work.onnx.node("Mul", [work.matrices((step.input(0),)), work.onnx.constant(kept)])
    work.set_matrices(step.outputs, scaled)


def transform_landmarks(work: Translation, step: Operator) -> None:
    """TransformLandmarks: points (1, n, 2) of a crop to the picture."""
    onnx = work.onnx
    if work.shape(step.input(0), 3)[2] != 2:
        raise MalformedError("only points with two coordinates can be taken back from a crop")
    matrix = work.matrices((step.input(1),))
    axes, origin = onnx.nodes("Split", [matrix, onnx.integers([2, 1])], 2, axis=1)
    turned = onnx.node("MatMul", [work.value(step.input(0)), axes])
    work.set_value(step.output, onnx.node("Add", [turned, origin]))
