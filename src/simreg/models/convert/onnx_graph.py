"""An ONNX graph that can be rewritten."""

from typing import Any

import numpy as np
import onnx
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from numpy.typing import NDArray
from onnx import numpy_helper

from simreg.models.convert.flatbuffer import MalformedError

GRAPHS = (onnx.AttributeProto.GRAPH, onnx.AttributeProto.GRAPHS)


class OnnxGraph:
    """A model's nodes and constants; values go by their names. Raises `MalformedError` when it does not stand alone."""

    def __init__(self, data: bytes) -> None:
        try:
            self._model = onnx.load_model_from_string(data)
        except DecodeError as error:
            raise MalformedError("it is not an ONNX model") from error
        graph = self._model.graph
        if not graph.node or not graph.output:
            raise MalformedError("it is not an ONNX model")
        if any(tensor.data_location == onnx.TensorProto.EXTERNAL for tensor in graph.initializer):
            raise MalformedError("it keeps its weights in another file")
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, NDArray[np.generic]] = {
            tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer
        }
        for node in graph.node:
            value = attributes(node).get("value") if node.op_type == "Constant" else None
            if isinstance(value, onnx.TensorProto):
                self.constants[node.output[0]] = numpy_helper.to_array(value)
            else:
                self.nodes.append(node)
        self.outputs = {value.name for value in graph.output}
        self._names = {name for node in graph.node for name in (*node.input, *node.output)}
        self._names.update(self.constants, (value.name for value in graph.input))

    @property
    def is_flat(self) -> bool:
        """Whether no node carries a graph of its own."""
        return not any(attribute.type in GRAPHS for node in self.nodes for attribute in node.attribute)

    def readers(self) -> dict[str, list[onnx.NodeProto]]:
        """For each value the nodes that read it."""
        found: dict[str, list[onnx.NodeProto]] = {}
        for node in self.nodes:
            for name in dict.fromkeys(node.input):
                found.setdefault(name, []).append(node)
        return found

    def fresh(self, stem: str) -> str:
        """A name that no value has yet."""
        name, count = stem, 0
        while name in self._names:
            count += 1
            name = f"{stem}_{count}"
        self._names.add(name)
        return name

    def add_constant(self, stem: str, values: NDArray[np.generic]) -> str:
        """Add a constant; gives its name, which begins with the stem."""
        name = self.fresh(stem)
        self.constants[name] = np.ascontiguousarray(values)
        return name

    def floats(self, name: str) -> NDArray[np.float32] | None:
        """Values of a float32 constant, or None where the name is no such constant."""
        array = self.constants.get(name)
        return array.astype(np.float32, copy=False) if array is not None and array.dtype == np.float32 else None

    def model(self) -> bytes:
        """The model as it is now, without constants that nothing reads."""
        used = {name for node in self.nodes for name in node.input} | self.outputs
        result = onnx.ModelProto()
        result.CopyFrom(self._model)
        for field in ("node", "initializer", "value_info"):
            result.graph.ClearField(field)
        result.graph.node.extend(self.nodes)
        kept = [numpy_helper.from_array(array, name) for name, array in self.constants.items() if name in used]
        result.graph.initializer.extend(kept)
        return bytes(result.SerializeToString())


def attributes(node: onnx.NodeProto) -> dict[str, Any]:
    """A node's attributes by name."""
    return {attribute.name: onnx.helper.get_attribute_value(attribute) for attribute in node.attribute}


def is_convolution(node: onnx.NodeProto, groups: int = 1) -> bool:
    """Whether a node is a convolution with so many groups."""
    return node.op_type == "Conv" and attributes(node).get("group", 1) == groups
