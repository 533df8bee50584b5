"""The part of the TFLite schema that the conversion needs.

Source: the public schema of TensorFlow Lite, version 3 (field and operator numbers).
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simreg.models.convert.flatbuffer import MalformedError, Table, root

OPERATORS = {
    0: "ADD",
    2: "CONCATENATION",
    3: "CONV_2D",
    4: "DEPTHWISE_CONV_2D",
    6: "DEQUANTIZE",
    17: "MAX_POOL_2D",
    18: "MUL",
    19: "RELU",
    22: "RESHAPE",
    34: "PAD",
    45: "STRIDED_SLICE",
    54: "PRELU",
}
CUSTOM = 32
MAX_STEPS = 20_000
MAX_SIDE = 1 << 16
MAX_WEIGHTS = 1 << 26
TYPES = {0: "f4", 1: "f2", 2: "i4", 3: "u1", 4: "i8", 9: "i1"}

_SLIDING = {"padding": (0, "b", 0), "stride_x": (1, "i", 0), "stride_y": (2, "i", 0)}
OPTIONS: dict[str, dict[str, tuple[int, str, int]]] = {
    "ADD": {"activation": (0, "b", 0)},
    "CONCATENATION": {"axis": (0, "i", 0), "activation": (1, "b", 0)},
    "CONV_2D": {**_SLIDING, "activation": (3, "b", 0), "dilation_x": (4, "i", 1), "dilation_y": (5, "i", 1)},
    "DEPTHWISE_CONV_2D": {**_SLIDING, "activation": (4, "b", 0), "dilation_x": (5, "i", 1), "dilation_y": (6, "i", 1)},
    "MAX_POOL_2D": {**_SLIDING, "width": (3, "i", 0), "height": (4, "i", 0), "activation": (5, "b", 0)},
    "MUL": {"activation": (0, "b", 0)},
    "STRIDED_SLICE": {
        "begin_mask": (0, "i", 0),
        "end_mask": (1, "i", 0),
        "ellipsis_mask": (2, "i", 0),
        "new_axis_mask": (3, "i", 0),
        "shrink_axis_mask": (4, "i", 0),
    },
}
"""The options of each operator: number of the field, its type as in the module struct, and its default."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """A value of the graph: NHWC where it has four axes; ``array`` is None when it is computed."""

    name: str
    shape: tuple[int, ...]
    array: NDArray[np.generic] | None = None


@dataclass(frozen=True, slots=True)
class Operator:
    """One step of the graph: numbers of the tensors it reads (-1: left out) and writes, and its options.

    ``custom`` holds the flexbuffers with the options of a step that is not TFLite's own: one, or one for each lane when
    several such steps are done at once.
    """

    kind: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: dict[str, int] = field(default_factory=dict)
    custom: tuple[bytes, ...] = ()

    def input(self, place: int) -> int:
        """Number of an input; raises `MalformedError` when it is missing."""
        if place >= len(self.inputs) or self.inputs[place] == -1:
            raise MalformedError(f"an operator {self.kind} lacks an input")
        return self.inputs[place]

    @property
    def output(self) -> int:
        """Number of the only output."""
        if len(self.outputs) != 1:
            raise MalformedError(f"an operator {self.kind} has {len(self.outputs)} outputs")
        return self.outputs[0]


@dataclass(frozen=True, slots=True)
class Graph:
    """A TFLite model's only graph."""

    tensors: tuple[Tensor, ...]
    operators: tuple[Operator, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def read_graph(data: bytes) -> Graph:
    """Parse a TFLite file; raises `MalformedError` when it is damaged or not of this format."""
    model = root(data, b"TFL3")
    graphs = model.tables(2)
    if len(graphs) != 1:
        raise MalformedError(f"the file holds {len(graphs)} graphs where one is expected")
    buffers, tables, steps = model.tables(4), graphs[0].tables(0), graphs[0].tables(3)
    if max(len(tables), len(steps)) > MAX_STEPS:
        raise MalformedError("the graph has too many steps")
    tensors = tuple(_tensor(table, buffers) for table in tables)
    if sum(tensor.array.size for tensor in tensors if tensor.array is not None) > MAX_WEIGHTS:
        raise MalformedError("the graph has too many weights")
    kinds = [_kind(code) for code in model.tables(1)]
    operators = tuple(_operator(table, kinds) for table in steps)
    graph = Graph(tensors, operators, graphs[0].integers(1), graphs[0].integers(2))
    used = [*graph.inputs, *graph.outputs]
    used += [number for step in operators for number in (*step.inputs, *step.outputs) if number != -1]
    if not all(0 <= number < len(tensors) for number in used):
        raise MalformedError("an operator names a tensor that does not exist")
    return graph


def _kind(code: Table) -> str:
    number = max(code.scalar(0, "b"), code.scalar(3, "i"))
    if number == CUSTOM:
        return code.text(1)
    return OPERATORS.get(number, f"number {number}")


def _tensor(table: Table, buffers: list[Table]) -> Tensor:
    name, shape = table.text(3), table.integers(0)
    number = table.scalar(2, "I")
    if number >= len(buffers):
        raise MalformedError("a tensor names a buffer that does not exist")
    if min(shape, default=1) < 0 or max(shape, default=1) > MAX_SIDE:
        raise MalformedError(f"the tensor {name} has a size that is not supported")
    content = buffers[number].array(0, "u1")
    if not content.size:
        return Tensor(name, shape)
    kind = TYPES.get(table.scalar(1, "b"))
    if kind is None:
        raise MalformedError(f"the tensor {name} has a type that is not supported")
    values = content.view(np.dtype(kind).newbyteorder("<"))
    if values.size != np.prod(shape, dtype=np.float64):
        raise MalformedError(f"the tensor {name} has another size than its shape says")
    return Tensor(name, shape, values.reshape(shape))


def _operator(table: Table, kinds: list[str]) -> Operator:
    number = table.scalar(0, "I")
    if number >= len(kinds):
        raise MalformedError("an operator has a kind that does not exist")
    content = table.table(4)
    fields = OPTIONS.get(kinds[number], {})
    options = {name: content.scalar(*place) if content else place[2] for name, place in fields.items()}
    return Operator(kinds[number], table.integers(1), table.integers(2), options, (table.octets(5),))
