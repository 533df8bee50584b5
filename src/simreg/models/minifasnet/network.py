"""The graph of MiniFASNet, filled with published tensors.

A stem, three stages of residual bottlenecks with a bottleneck of stride 2 before each, one depthwise convolution over
all that is left, and two linear layers: MobileFaceNet's plan, pruned, so that only the widths differ between variants;
they are read off the tensors, and so is which bottlenecks have squeeze-and-excitation. Batch normalisation is folded
into the layer before it. The graph takes ``input``, float32 (1, 3, 80, 80), and gives ``out``, logits (1, 3).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from simreg.errors import ModelError
from simreg.models.minifasnet.torch_file import Array, read_tensors

_SIDE = 80
_CLASSES = 3
_EPSILON = 1e-5
_PREFIX = "module."


def convert_minifasnet(data: bytes) -> bytes:
    """ONNX of a published file of tensors; raises ModelError ``weights-unusable``."""
    tensors = {name.removeprefix(_PREFIX): tensor for name, tensor in read_tensors(data).items()}
    try:
        return _Graph(tensors).build()
    except KeyError as error:
        raise ModelError(
            "weights-unusable", f"These tensors are not MiniFASNet's: there is no {error}.", "Take the published file."
        ) from error


class _Graph:
    """Nodes and weights as they come; each method appends a layer and gives the name of its output."""

    def __init__(self, tensors: Mapping[str, Array]) -> None:
        self._tensors = tensors
        self._nodes: list[onnx.NodeProto] = []
        self._weights: list[onnx.TensorProto] = []

    def build(self) -> bytes:
        x = self._unit("input", "conv1", stride=2)
        x = self._unit(x, "conv2_dw")
        for down, stage in (("conv_23", "conv_3"), ("conv_34", "conv_4"), ("conv_45", "conv_5")):
            x = self._bottleneck(x, down, stride=2)
            x = self._stage(x, f"{stage}.model")
        x = self._unit(x, "conv_6_sep")
        x = self._unit(x, "conv_6_dw", padded=False)
        x = self._node("Flatten", "flat", [x])
        linear, bias = self._folded("linear", "bn")
        x = self._node("Gemm", "linear", [x, self._weight("linear.w", linear), self._weight("linear.b", bias)], transB=1)
        self._node("Gemm", "out", [x, self._weight("prob.w", self._tensors["prob.weight"])], transB=1)
        return self._model()

    def _stage(self, x: str, name: str) -> str:
        for number in range(len(self._tensors)):
            if f"{name}.{number}.conv.conv.weight" not in self._tensors:
                break
            y = self._bottleneck(x, f"{name}.{number}")
            if f"{name}.{number}.se_module.fc1.weight" in self._tensors:
                y = self._excited(y, f"{name}.{number}.se_module")
            x = self._node("Add", f"{name}.{number}", [x, y])
        return x

    def _bottleneck(self, x: str, name: str, stride: int = 1) -> str:
        x = self._unit(x, f"{name}.conv")
        x = self._unit(x, f"{name}.conv_dw", stride)
        return self._unit(x, f"{name}.project")

    def _unit(self, x: str, name: str, stride: int = 1, padded: bool = True) -> str:
        x = self._convolution(x, f"{name}.conv", f"{name}.bn", stride, padded)
        slope = self._tensors.get(f"{name}.prelu.weight")
        if slope is None:
            return x
        return self._node("PRelu", f"{name}.prelu", [x, self._weight(f"{name}.slope", slope.reshape(-1, 1, 1))])

    def _excited(self, x: str, name: str) -> str:
        y = self._node("GlobalAveragePool", f"{name}.pool", [x])
        y = self._node("Relu", f"{name}.relu", [self._convolution(y, f"{name}.fc1", f"{name}.bn1")])
        y = self._node("Sigmoid", f"{name}.gate", [self._convolution(y, f"{name}.fc2", f"{name}.bn2")])
        return self._node("Mul", f"{name}.scaled", [x, y])

    def _convolution(self, x: str, name: str, normalisation: str, stride: int = 1, padded: bool = True) -> str:
        weight, bias = self._folded(name, normalisation)
        outputs, inputs, side, _ = weight.shape
        return self._node(
            "Conv",
            name,
            [x, self._weight(f"{name}.w", weight), self._weight(f"{name}.b", bias)],
            group=outputs if inputs == 1 else 1,
            kernel_shape=[side, side],
            strides=[stride, stride],
            pads=[side // 2 if padded else 0] * 4,
        )

    def _folded(self, name: str, normalisation: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weight and bias of a layer with the batch normalisation that follows it."""
        weight = self._tensors[f"{name}.weight"].astype(np.float64)
        gain, shift, mean, variance = (
            self._tensors[f"{normalisation}.{part}"].astype(np.float64)
            for part in ("weight", "bias", "running_mean", "running_var")
        )
        factor = gain / np.sqrt(variance + _EPSILON)
        folded = weight * factor.reshape(-1, *[1] * (weight.ndim - 1))
        return folded.astype(np.float32), (shift - mean * factor).astype(np.float32)

    def _weight(self, name: str, array: Array) -> str:
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def _node(self, kind: str, output: str, inputs: list[str], **attributes: Any) -> str:
        self._nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def _model(self) -> bytes:
        taken = helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, _SIDE, _SIDE])
        given = helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, _CLASSES])
        graph = helper.make_graph(self._nodes, "minifasnet", [taken], [given], self._weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model, full_check=True)
        return bytes(model.SerializeToString())
