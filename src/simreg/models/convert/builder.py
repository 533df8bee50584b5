"""Collects the nodes and constants of an ONNX graph."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import ArrayLike, NDArray
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
IR_VERSION = 8


class GraphBuilder:
    """A growing ONNX graph; values go by names that it hands out."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[tuple[str, tuple[int, ...], bytes], str] = {}
        self._initializers: list[onnx.TensorProto] = []

    def constant(self, values: ArrayLike, dtype: type[np.generic] = np.float32) -> str:
        """Name of a constant with these values; equal constants are kept once.

        Raises FloatingPointError when a value is too large for the type.
        """
        with np.errstate(over="raise"):
            array = np.ascontiguousarray(values, dtype)
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self._constants:
            self._constants[key] = f"c{len(self._constants)}"
            self._initializers.append(numpy_helper.from_array(array, self._constants[key]))
        return self._constants[key]

    def integers(self, values: Sequence[int]) -> str:
        """Name of a constant list of whole numbers (int64)."""
        return self.constant(np.asarray(values, np.int64), np.int64)

    def node(self, kind: str, inputs: Sequence[str], **attributes: Any) -> str:
        """Add a node with one output; gives that output's name."""
        return self.nodes(kind, inputs, 1, **attributes)[0]

    def nodes(self, kind: str, inputs: Sequence[str], outputs: int, **attributes: Any) -> list[str]:
        """Add a node with several outputs; gives their names."""
        number = len(self._nodes)
        names = [f"v{number}" if outputs == 1 else f"v{number}_{place}" for place in range(outputs)]
        self._nodes.append(helper.make_node(kind, list(inputs), names, name=f"{kind}_{number}", **attributes))
        return names

    def rename(self, value: str, name: str) -> None:
        """Give a value another name, as a graph's output has to carry its own."""
        self._nodes.append(helper.make_node("Identity", [value], [name], name=f"Identity_{name}"))

    def model(
        self,
        inputs: Sequence[tuple[str, Sequence[int | str]]],
        outputs: Sequence[tuple[str, Sequence[int | str]]],
    ) -> bytes:
        """The finished model: float32 inputs and outputs with their names and shapes."""
        graph = helper.make_graph(
            self._nodes,
            "graph",
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in inputs],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs],
            self._initializers,
        )
        opset = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=IR_VERSION, producer_name="simreg")
        onnx.checker.check_model(model, full_check=True)
        return bytes(model.SerializeToString())


def transposed(array: NDArray[np.generic], axes: Sequence[int]) -> NDArray[np.float32]:
    """A contiguous float32 copy with its axes in another order."""
    return np.ascontiguousarray(np.transpose(array, axes), np.float32)
