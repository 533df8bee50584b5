"""Convolutions and pooling: the operators that slide a window."""

import numpy as np
from numpy.typing import NDArray

from simreg.models.convert.builder import transposed
from simreg.models.convert.flatbuffer import MalformedError
from simreg.models.convert.ops.arithmetic import activated
from simreg.models.convert.schema import Operator
from simreg.models.convert.translation import Translation

SAME, VALID = 0, 1
MAX_WINDOW = 1024


def same_pads(size: int, window: int, stride: int) -> tuple[int, int]:
    """Rows (or columns) of padding before and after, so that the output has ceil(size / stride) of them."""
    total = max((-(-size // stride) - 1) * stride + window - size, 0)
    return total // 2, total - total // 2


def _sliding(work: Translation, step: Operator, window: tuple[int, int]) -> dict[str, tuple[int, ...]]:
    """ONNX's attributes of a step that slides a window (rows, columns); padding is top, left, bottom, right."""
    strides = step.options["stride_y"], step.options["stride_x"]
    if not all(0 < value < MAX_WINDOW for value in (*strides, *window)):
        raise MalformedError("a window or its stride has no size")
    if step.options["padding"] not in (SAME, VALID):
        raise MalformedError("a kind of padding is not supported")
    pads = (0, 0, 0, 0)
    if step.options["padding"] == SAME:
        shape = work.shape(step.input(0), 4)
        sides = [same_pads(shape[axis + 1], window[axis], strides[axis]) for axis in (0, 1)]
        pads = (sides[0][0], sides[1][0], sides[0][1], sides[1][1])
    return {"kernel_shape": window, "strides": strides, "pads": pads}


def convolution(work: Translation, step: Operator) -> None:
    """CONV_2D: weights (out, height, width, in) and a bias; grouped when the input has more channels."""
    weights = transposed(work.array(step.input(1)), (0, 3, 1, 2))
    channels = work.shape(step.input(0), 4)[3]
    if channels % weights.shape[1]:
        raise MalformedError("a convolution does not fit its input")
    _convolve(work, step, weights, channels // weights.shape[1])


def depthwise(work: Translation, step: Operator) -> None:
    """DEPTHWISE_CONV_2D: weights (1, height, width, channels) and a bias."""
    weights = transposed(work.array(step.input(1)), (3, 0, 1, 2))
    _convolve(work, step, weights, work.shape(step.input(0), 4)[3])


def _convolve(work: Translation, step: Operator, weights: NDArray[np.float32], groups: int) -> None:
    if (step.options["dilation_x"], step.options["dilation_y"]) != (1, 1):
        raise MalformedError("a dilated convolution is not supported")
    inputs = [work.value(step.input(0)), work.onnx.constant(weights)]
    if len(step.inputs) > 2:
        inputs.append(work.onnx.constant(work.array(step.input(2))))
    slide = _sliding(work, step, (weights.shape[2], weights.shape[3]))
    name = work.onnx.node("Conv", inputs, group=groups, **slide)
    work.set_value(step.output, activated(work, name, step))


def max_pool(work: Translation, step: Operator) -> None:
    """MAX_POOL_2D: the largest value of each window; padding never wins."""
    slide = _sliding(work, step, (step.options["height"], step.options["width"]))
    name = work.onnx.node("MaxPool", [work.value(step.input(0))], **slide)
    work.set_value(step.output, activated(work, name, step))
