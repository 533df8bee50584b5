"""TransformTensorBilinear, the custom operator with which MediaPipe's attention mesh samples its crops.

Several crops are sampled at once: their channels come one crop after the other. The four neighbours of each position are
taken row by row out of the picture as (pixels, channels), which is far cheaper than ONNX's GridSample.
"""

import numpy as np

from simreg.models.convert.custom_options import CustomOptions
from simreg.models.convert.flatbuffer import MalformedError
from simreg.models.convert.schema import Operator
from simreg.models.convert.translation import TO_NCHW, TO_NHWC, Translation

MAX_SIDE = 512
FLOAT, INT64 = 1, 7
CORNERS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], np.float32)
"""The four neighbours of a position: columns and rows to the right of and below the upper left one."""


def crop_bilinear(work: Translation, step: Operator) -> None:
    """TransformTensorBilinear, version 2: samples crops at pixel centres; outside the picture there is zero."""
    onnx, options = work.onnx, CustomOptions(step.custom[0])
    height, width = options.integer("output_height"), options.integer("output_width")
    _, rows, columns, channels = work.shape(step.input(0), 4)
    if not (0 < height <= MAX_SIDE and 0 < width <= MAX_SIDE) or min(rows, columns) < 2:
        raise MalformedError("a crop has no pixels or too many")
    crops = len(step.inputs) - 1
    positions = _positions(work, step.inputs[1:], height, width)
    numbers, weights = _neighbours(work, positions, rows, columns)
    pixels = onnx.node("Transpose", [work.value(step.input(0))], perm=TO_NHWC)
    pixels = onnx.node("Reshape", [pixels, onnx.integers([rows * columns, channels])])
    # Weights for each channel and a product with ones: faster than broadcasting, and than ReduceSum.
    spread = onnx.node("MatMul", [weights, onnx.constant(np.ones((1, channels)))])
    four = onnx.node("Mul", [onnx.node("Gather", [pixels, numbers], axis=0), spread])
    four = onnx.node("Reshape", [four, onnx.integers([4, crops * height * width * channels])])
    sampled = onnx.node("MatMul", [onnx.constant(np.ones((1, 4))), four])
    sampled = onnx.node("Reshape", [sampled, onnx.integers([1, height, width, crops * channels])])
    work.set_value(step.output, onnx.node("Transpose", [sampled], perm=TO_NCHW))


def _positions(work: Translation, matrices: tuple[int, ...], height: int, width: int) -> str:
    """Positions (2, n) in the picture, x and y: row by row, column by column, crop by crop."""
    onnx = work.onnx
    down, across = np.mgrid[0:height, 0:width] + 0.5
    places = np.stack([across, down, np.ones_like(down)]).reshape(3, -1)
    axes = onnx.node("Transpose", [work.matrices(matrices)], perm=(0, 2, 1))
    positions = onnx.node("MatMul", [axes, onnx.constant(places)])
    positions = onnx.node("Transpose", [positions], perm=(1, 2, 0))
    positions = onnx.node("Reshape", [positions, onnx.integers([2, len(matrices) * height * width])])
    return onnx.node("Sub", [positions, onnx.constant(0.5)])


def _neighbours(work: Translation, positions: str, rows: int, columns: int) -> tuple[str, str]:
    """For each position the numbers (4, n) of its neighbour pixels and their weights (4, n, 1)."""
    onnx = work.onnx
    last = np.array([[columns - 1], [rows - 1]], np.float32)
    within = onnx.node("Min", [onnx.node("Max", [positions, onnx.constant(0.0)]), onnx.constant(last)])
    corner = onnx.node("Floor", [onnx.node("Min", [within, onnx.constant(last - 1)])])
    part = onnx.node("Sub", [within, corner])
    # Each neighbour's weight is a product of the two parts or of what they lack to one.
    signs, lacks = 2 * CORNERS - 1, 1 - CORNERS
    shares = [
        onnx.node("Gemm", [onnx.constant(signs * np.eye(2)[axis]), part, onnx.constant(lacks[:, axis, None])])
        for axis in (0, 1)
    ]
    inside = onnx.node("Cast", [onnx.node("Equal", [positions, within])], to=FLOAT)
    inside = onnx.node("ReduceMin", [inside], axes=[0], keepdims=1)
    weights = onnx.node("Mul", [onnx.node("Mul", shares), inside])
    step = np.array([1, columns], np.float32)
    numbers = [onnx.constant(np.tile(step, (4, 1))), corner, onnx.constant((CORNERS @ step)[:, None])]
    return (
        onnx.node("Cast", [onnx.node("Gemm", numbers)], to=INT64),
        onnx.node("Unsqueeze", [weights, onnx.integers([2])]),
    )
