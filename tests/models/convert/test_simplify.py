import numpy as np
import pytest

from simreg.models.convert.flatbuffer import MalformedError
from simreg.models.convert.schema import Graph, Operator, Tensor
from simreg.models.convert.simplify import in_order, simplified


def tensors(count: int) -> tuple[Tensor, ...]:
    return tuple(Tensor(f"t{number}", (1, 2)) for number in range(count))


def step(kind: str, inputs: tuple[int, ...], outputs: tuple[int, ...]) -> Operator:
    return Operator(kind, inputs, outputs)


def test_steps_come_after_what_they_read_and_unused_ones_go() -> None:
    late, early, unused = step("RELU", (1,), (2,)), step("RELU", (0,), (1,)), step("RELU", (0,), (3,))
    graph = Graph(tensors(4), (late, unused, early), (0,), (2,))
    assert in_order(graph).operators == (early, late)


def test_a_graph_that_reads_its_own_result_is_refused() -> None:
    graph = Graph(tensors(3), (step("ADD", (0, 2), (1,)), step("RELU", (1,), (2,))), (0,), (2,))
    with pytest.raises(MalformedError):
        in_order(graph)


def test_equal_steps_are_done_once() -> None:
    steps = step("RELU", (0,), (1,)), step("RELU", (0,), (2,)), step("ADD", (1, 2), (3,))
    found = simplified(Graph(tensors(4), steps, (0,), (3,))).operators
    assert found == (steps[0], step("ADD", (1, 1), (3,)))


def test_equal_steps_that_are_both_outputs_stay() -> None:
    steps = step("RELU", (0,), (1,)), step("RELU", (0,), (2,))
    assert len(simplified(Graph(tensors(3), steps, (0,), (1, 2))).operators) == 2


def test_steps_with_equal_constants_are_equal() -> None:
    constants = tuple(Tensor(f"k{number}", (2,), np.array([1, 2], np.float32)) for number in range(2))
    steps = step("MUL", (0, 4), (1,)), step("MUL", (0, 5), (2,)), step("ADD", (1, 2), (3,))
    graph = Graph((*tensors(4), *constants), steps, (0,), (3,))
    assert [one.kind for one in simplified(graph).operators] == ["MUL", "ADD"]


def test_only_weights_of_half_precision_are_widened() -> None:
    graph = Graph(tensors(2), (step("DEQUANTIZE", (0,), (1,)),), (0,), (1,))
    with pytest.raises(MalformedError):
        simplified(graph)
