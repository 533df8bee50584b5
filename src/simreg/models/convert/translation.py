"""What a translator of one operator works with: the TFLite graph and the ONNX graph that grows.

TFLite keeps pictures as NHWC. In the ONNX graph each value with four axes is NCHW; all others are as they were.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from simreg.models.convert.builder import GraphBuilder, transposed
from simreg.models.convert.flatbuffer import MalformedError
from simreg.models.convert.schema import Graph, Operator

TO_NCHW = (0, 3, 1, 2)
TO_NHWC = (0, 2, 3, 1)


class Translation:
    """The state of one conversion."""

    def __init__(self, graph: Graph, builder: GraphBuilder) -> None:
        self.graph = graph
        self.onnx = builder
        self._names: dict[int, str] = {}
        self._matrices: dict[tuple[int, ...], str] = {}

    def shape(self, number: int, axes: int | None = None) -> tuple[int, ...]:
        """Shape of a tensor as TFLite has it (NHWC); raises `MalformedError` when it has not so many axes."""
        shape = self.graph.tensors[number].shape
        if axes not in (None, len(shape)):
            raise MalformedError(f"a tensor has {len(shape)} axes where {axes} are expected")
        return shape

    def array(self, number: int) -> NDArray[np.generic]:
        """Values of a constant as TFLite has them; raises `MalformedError` when the tensor is computed."""
        array = self.graph.tensors[number].array
        if array is None:
            raise MalformedError("a tensor is computed where a constant is expected")
        return array

    def is_constant(self, number: int) -> bool:
        """Whether the tensor's values are in the file."""
        return self.graph.tensors[number].array is not None

    def value(self, number: int) -> str:
        """ONNX name of a tensor (NCHW)."""
        if number in self._names:
            return self._names[number]
        array = self.array(number)
        return self.onnx.constant(transposed(array, TO_NCHW) if array.ndim == 4 else array)

    def set_value(self, number: int, name: str) -> None:
        """Note where the ONNX graph has a tensor (NCHW)."""
        self._names[number] = name

    def matrices(self, numbers: tuple[int, ...]) -> str:
        """ONNX name of affine matrices (k, 3, 2), see `ops.cropping`; raises `MalformedError` when these are none."""
        if numbers not in self._matrices:
            stack = next((stack for stack in self._matrices if len(stack) > 1 and numbers[0] in stack), None)
            if stack is None or len(numbers) > 1:
                raise MalformedError("a tensor is no matrix that a crop has made")
            parts = self.onnx.nodes("Split", [self._matrices[stack]], len(stack), axis=0)
            self._matrices.update({(number,): part for number, part in zip(stack, parts, strict=True)})
        return self._matrices[numbers]

    def set_matrices(self, numbers: tuple[int, ...], name: str) -> None:
        """Note where the ONNX graph has affine matrices."""
        self._matrices[numbers] = name

    def is_matrix(self, number: int) -> bool:
        """Whether the tensor is an affine matrix that a crop has made."""
        return any(number in stack for stack in self._matrices)


Translator = Callable[[Translation, Operator], None]


def broadcastable(array: NDArray[np.generic], axes: int) -> NDArray[np.float32]:
    """Constant operand of a step whose other operand has so many axes, in that operand's order of axes."""
    full = array.reshape((1,) * (axes - array.ndim) + array.shape)
    return transposed(full, TO_NCHW) if axes == 4 else np.ascontiguousarray(full, np.float32)
