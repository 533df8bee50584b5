import numpy as np
import onnx
import pytest

from simreg.models.convert.branches import joined
from simreg.models.convert.schema import Graph, read_graph
from simreg.models.convert.simplify import simplified
from simreg.models.convert.tflite import write_onnx

from .running import random, run
from .tflite_file import Step, Value, constant, tflite_file

SAME = {"padding": 0, "stride_x": 1, "stride_y": 1}
VALID = {"padding": 1, "stride_x": 1, "stride_y": 1}
POOL = {"padding": 0, "stride_x": 2, "stride_y": 2, "width": 2, "height": 2}


def branch(name: str, source: str, seed: int) -> tuple[list[Value], list[Step]]:
    """Residual steps that double the channels, from (1, 4, 4, 2) to (1, 2, 2, 4), with weights of their own."""
    values = [
        constant(f"{name}_depth", random(1, 3, 3, 2, seed=seed)),
        constant(f"{name}_point", random(4, 1, 1, 2, seed=seed + 1)),
        constant(f"{name}_bias", random(4, seed=seed + 2)),
        constant(f"{name}_slope", random(1, 1, 4, seed=seed + 3)),
        constant("amounts", [[0, 0], [0, 0], [0, 0], [0, 2]], "i4"),
        *(Value(f"{name}_{stem}", (1, 2, 2, 2)) for stem in ("a", "pool")),
        *(Value(f"{name}_{stem}", (1, 2, 2, 4)) for stem in ("b", "pad", "sum", "out")),
    ]
    steps = [
        Step("DEPTHWISE_CONV_2D", [source, f"{name}_depth"], [f"{name}_a"], {**SAME, "stride_x": 2, "stride_y": 2}),
        Step("CONV_2D", [f"{name}_a", f"{name}_point", f"{name}_bias"], [f"{name}_b"], VALID),
        Step("MAX_POOL_2D", [source], [f"{name}_pool"], POOL),
        Step("PAD", [f"{name}_pool", "amounts"], [f"{name}_pad"]),
        Step("ADD", [f"{name}_pad", f"{name}_b"], [f"{name}_sum"]),
        Step("PRELU", [f"{name}_sum", f"{name}_slope"], [f"{name}_out"]),
    ]
    return values, steps


def head(name: str, source: str, points: int, seed: int) -> tuple[list[Value], list[Step]]:
    """A convolution over all that is left of (1, 2, 2, 4)."""
    values = [constant(f"{name}_weights", random(points, 2, 2, 4, seed=seed)), Value(name, (1, 1, 1, points))]
    return values, [Step("CONV_2D", [source, f"{name}_weights"], [name], VALID)]


def graph(sources: list[str]) -> Graph:
    """A branch with a head of its own for each source: one of the inputs x and y."""
    values = {name: Value(name, (1, 4, 4, 2)) for name in ("x", "y")}
    steps, outputs = [], []
    for number, source in enumerate(sources):
        outputs.append(f"head{number}")
        parts = branch(f"lane{number}", source, 10 * number), head(outputs[-1], f"lane{number}_out", 3 + number, 99)
        for more_values, more_steps in parts:
            values |= {value.name: value for value in more_values}
            steps += more_steps
    return read_graph(tflite_file(list(values.values()), steps, ["x", "y"], outputs))


def kinds(model: bytes) -> list[str]:
    return [node.op_type for node in onnx.load_model_from_string(model).graph.node]


@pytest.mark.parametrize("sources", [["x", "y"], ["x", "x"], ["x", "y", "y"], ["y", "x", "y", "x"]])
def test_joined_branches_give_the_same(sources: list[str]) -> None:
    plain = simplified(graph(sources))
    apart, together = write_onnx(plain), write_onnx(joined(plain))
    inputs = random(1, 2, 4, 4, seed=1), random(1, 2, 4, 4, seed=2)
    for one, other in zip(run(apart, *inputs), run(together, *inputs), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)
    assert kinds(apart).count("PRelu") == len(sources)
    assert kinds(together).count("PRelu") == kinds(together).count("MaxPool") == 1


def test_branches_that_differ_stay_apart() -> None:
    both = graph(["x", "y"])
    changed = [
        step if step.kind != "MAX_POOL_2D" or step.inputs[0] != 0 else type(step)("RELU", step.inputs, step.outputs)
        for step in both.operators
    ]
    plain = simplified(Graph(both.tensors, tuple(changed), both.inputs, both.outputs))
    assert {step.kind for step in joined(plain).operators} >= {"RELU", "MAX_POOL_2D", "CONCATENATION"}


def test_a_graph_without_branches_stays_as_it_is() -> None:
    plain = simplified(graph(["x"]))
    assert joined(plain) == plain
