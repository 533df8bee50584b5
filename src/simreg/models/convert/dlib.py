"""Converts dlib's serialised face recognition network to ONNX."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simreg.models.convert.builder import GraphBuilder
from simreg.models.convert.dlib_format import Layer, read_layers
from simreg.models.convert.flatbuffer import MalformedError
from simreg.models.convert.unreadable import reading

Size = tuple[int, int, int]
Pair = tuple[int, ...]
MAX_SIDE = 1024


def convert_dlib_resnet(data: bytes) -> bytes:
    """ONNX of dlib's residual network: "input" (n, 3, h, w), RGB 0..255, to "template" (n, 128), not normalised.

    The subtraction of the mean colour and the affine layers are folded into the convolutions. Raises `ModelError`
    "weights-unreadable" when the file is damaged or holds another kind of network.
    """
    with reading("The dlib network"):
        return _Network(read_layers(data)).model()


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of the graph and its channels, rows and columns."""

    name: str
    size: Size


class _Network:
    """Walks the layers; ``entry`` is what came into the residual block that is being built."""

    def __init__(self, layers: list[Layer]) -> None:
        self.onnx = GraphBuilder()
        self.layers = layers
        height, width = layers[0].numbers
        if not (0 < height <= MAX_SIDE and 0 < width <= MAX_SIDE):
            raise MalformedError("the network's input has no pixels or too many")
        self.input = self.value = self.entry = _Value("input", (3, height, width))

    def model(self) -> bytes:
        """The finished ONNX."""
        for place, layer in enumerate(self.layers[1:], 1):
            if layer.kind == "con_4":
                self._convolution(layer, self.layers[place + 1], first=place == 1)
            elif layer.kind == "relu_":
                self.value = _Value(self.onnx.node("Relu", [self.value.name]), self.value.size)
                if self.layers[place - 1].kind == "add_prev_":
                    self.entry = self.value
            elif layer.kind == "max_pool_2":
                self.value = self.entry = self._pool("MaxPool", layer, self.value)
            elif layer.kind == "avg_pool_2" and layer.numbers[:2] != (0, 0):
                self.entry = self._pool("AveragePool", layer, self.entry)
            elif layer.kind == "add_prev_":
                self.value = self._sum(self.entry, self.value)
        return self._finish(self.layers[-1])

    def _convolution(self, layer: Layer, affine: Layer, first: bool) -> None:
        filters, window = layer.numbers[0], layer.numbers[1:3]
        strides, pads = layer.numbers[3:5], layer.numbers[5:7]
        if filters < 1:
            raise MalformedError("a convolution has no filters")
        weights = layer.parameters[:-filters].reshape(filters, self.value.size[0], *window).astype(np.float64)
        bias = layer.parameters[-filters:].astype(np.float64)
        if affine.kind != "affine_" or affine.parameters.size != 2 * filters:
            raise MalformedError("a convolution is not followed by its scale")
        scale, shift = affine.parameters.reshape(2, filters).astype(np.float64)
        weights, bias = weights * scale[:, None, None, None], bias * scale + shift
        if first:
            if any(pads):
                raise MalformedError("the first convolution is padded")
            means = np.array(self.layers[0].reals).reshape(1, 3, 1, 1)
            weights = weights / 256
            bias = bias - (weights * means).sum(axis=(1, 2, 3))
        inputs = [self.value.name, self.onnx.constant(weights), self.onnx.constant(bias)]
        name = self.onnx.node("Conv", inputs, kernel_shape=window, strides=strides, pads=[*pads, *pads])
        self.value = _Value(name, _slid(self.value.size, filters, window, strides, pads))

    def _pool(self, kind: str, layer: Layer, value: _Value) -> _Value:
        window, strides, pads = layer.numbers[:2], layer.numbers[2:4], layer.numbers[4:6]
        if any(pads):
            raise MalformedError("a padded pool is not supported")
        name = self.onnx.node(kind, [value.name], kernel_shape=window, strides=strides)
        return _Value(name, _slid(value.size, value.size[0], window, strides, pads))

    def _sum(self, left: _Value, right: _Value) -> _Value:
        """Sum of two values; the smaller one is filled up with zeros, as dlib does."""
        channels, height, width = (max(pair) for pair in zip(left.size, right.size, strict=True))
        size = channels, height, width
        return _Value(self.onnx.node("Add", [self._filled(left, size), self._filled(right, size)]), size)

    def _filled(self, value: _Value, size: Size) -> str:
        missing = [wanted - present for wanted, present in zip(size, value.size, strict=True)]
        if not any(missing):
            return value.name
        return self.onnx.node("Pad", [value.name, self.onnx.integers([0, 0, 0, 0, 0, *missing])])

    def _finish(self, layer: Layer) -> bytes:
        outputs, inputs = layer.numbers
        if layer.kind != "fc_2" or inputs != self.value.size[0]:
            raise MalformedError("the last layer does not fit")
        weights: NDArray[np.float32] = layer.parameters.reshape(inputs, outputs)
        pooled = self.onnx.node("Flatten", [self.onnx.node("GlobalAveragePool", [self.value.name])])
        self.onnx.rename(self.onnx.node("MatMul", [pooled, self.onnx.constant(weights)]), "template")
        return self.onnx.model([("input", ["n", *self.input.size])], [("template", ["n", outputs])])


def _slid(size: Size, channels: int, window: Pair, strides: Pair, pads: Pair) -> Size:
    """Size after a window has slid over a value."""
    if min(*window, *strides) < 1 or min(pads) < 0:
        raise MalformedError("a window has no size")
    rows, columns = ((size[n + 1] + 2 * pads[n] - window[n]) // strides[n] + 1 for n in (0, 1))
    if min(rows, columns) < 1:
        raise MalformedError("a window is larger than what it slides over")
    return channels, rows, columns
