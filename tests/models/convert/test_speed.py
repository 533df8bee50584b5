"""Rewritten graphs give the same as before and have the form that onnxruntime runs fast."""

from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from simreg.errors import ModelError
from simreg.models.convert.speed import speed_up

from .running import random, refused_or_done, run

SIDE = 6


class Model:
    """A small ONNX graph that grows from the input "x" (1, 3, 6, 6)."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, array: Any) -> str:
        name = f"k{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(array, np.float32), name))
        return name

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def convolution(self, value: str, filters: int, channels: int, size: int = 1, groups: int = 1) -> str:
        seed = len(self.nodes)
        weights = self.constant(random(filters, channels // groups, size, size, seed=seed))
        bias = self.constant(random(filters, seed=seed + 100))
        return self.node("Conv", value, weights, bias, group=groups, pads=[size // 2] * 4)

    def prelu(self, value: str, channels: int) -> str:
        return self.node("PRelu", value, self.constant(random(channels, 1, 1, seed=len(self.nodes))))

    def finish(self, output: str, opset: int = 17) -> bytes:
        graph = helper.make_graph(
            self.nodes,
            "g",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, SIDE, SIDE])],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
            self.constants,
        )
        return bytes(helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)]).SerializeToString())


def rewritten(model: bytes) -> tuple[list[onnx.NodeProto], list[int]]:
    """Check that rewriting changes no result; nodes and the output channels of convolutions afterwards."""
    fast = speed_up(model)
    picture = random(1, 3, SIDE, SIDE, seed=7)
    for before, after in zip(run(model, picture), run(fast, picture), strict=True):
        np.testing.assert_allclose(after, before, rtol=1e-4, atol=1e-5 * np.abs(before).max())
    graph = onnx.load_model_from_string(fast).graph
    sizes = {tensor.name: list(tensor.dims) for tensor in graph.initializer}
    return list(graph.node), [sizes[node.input[1]][0] for node in graph.node if node.op_type == "Conv"]


def count(nodes: list[onnx.NodeProto], kind: str) -> int:
    return sum(node.op_type == kind for node in nodes)


def bottleneck(filters: int) -> Model:
    model = Model()
    value = model.prelu(model.convolution("x", filters, 3, 3), filters)
    value = model.prelu(model.convolution(value, filters, filters, 3, groups=filters), filters)
    model.convolution(value, 5, filters)
    return model


@pytest.mark.parametrize("slope", [(16, 1, 1), (1, 16, 1, 1)])
def test_prelu_becomes_convolutions(slope: tuple[int, ...]) -> None:
    model = Model()
    value = model.convolution("x", 16, 3)
    nodes, _ = rewritten(model.finish(model.node("PRelu", value, model.constant(random(*slope)))))
    assert count(nodes, "PRelu") == 0
    assert count(nodes, "Conv") == 3


@pytest.mark.parametrize("slope", [(1,), (SIDE,), (1, SIDE, 1), (16, SIDE, SIDE)])
def test_a_prelu_of_another_kind_stays(slope: tuple[int, ...]) -> None:
    model = Model()
    value = model.convolution("x", 16, 3)
    nodes, _ = rewritten(model.finish(model.node("PRelu", value, model.constant(random(*slope)))))
    assert count(nodes, "PRelu") == 1


@pytest.mark.parametrize(("filters", "aligned"), [(13, 16), (16, 16), (24, 32), (103, 112), (5, 5)])
def test_channels_are_filled_up_to_blocks(filters: int, aligned: int) -> None:
    model = bottleneck(filters)
    _, sizes = rewritten(model.finish(model.nodes[-1].output[0]))
    assert sizes[0] == aligned
    assert sizes[-1] == 5


def test_sums_take_part_in_the_alignment() -> None:
    model = Model()
    left, right = model.convolution("x", 13, 3), model.convolution("x", 13, 3, 3)
    total = model.node("Relu", model.node("Add", left, right))
    pooled = model.node("MaxPool", total, kernel_shape=[2, 2], strides=[2, 2])
    _, sizes = rewritten(model.finish(model.convolution(pooled, 3, 13)))
    assert sizes == [16, 16, 3]


@pytest.mark.parametrize("kind", ["Sigmoid", "Softmax", "Transpose"])
def test_channels_stay_where_something_else_reads_them(kind: str) -> None:
    model = Model()
    value = model.convolution("x", 13, 3)
    model.node(kind, value)
    _, sizes = rewritten(model.finish(model.node("Relu", value)))
    assert sizes == [13]
    blocked = Model()
    value = blocked.node("Sigmoid", blocked.convolution("x", 13, 3))
    _, sizes = rewritten(blocked.finish(blocked.convolution(value, 2, 13)))
    assert sizes == [13, 2]


@pytest.mark.parametrize(("low", "aligned"), [(0.0, 16), (-1.0, 16), (0.5, 13)])
def test_clip_takes_part_when_zero_stays_zero(low: float, aligned: int) -> None:
    model = Model()
    value = model.node("Clip", model.convolution("x", 13, 3), model.constant(low), model.constant(6.0))
    _, sizes = rewritten(model.finish(model.convolution(value, 2, 13)))
    assert sizes == [aligned, 2]


def test_channels_of_an_output_stay() -> None:
    model = Model()
    value = model.convolution("x", 13, 3)
    model.convolution(value, 2, 13)
    _, sizes = rewritten(model.finish(value))
    assert sizes == [13, 2]


def widening(narrow: int, wide: int) -> Model:
    """A residual sum of a value and one with more channels, as the TFLite conversion writes it."""
    model = Model()
    value = model.convolution("x", narrow, 3)
    padded = model.node("Conv", value, model.constant(np.eye(wide, narrow)[..., None, None]))
    total = model.node("Add", padded, model.convolution(value, wide, narrow, 3))
    model.convolution(total, 2, wide)
    return model


def test_a_wider_sum_is_made_of_two_parts() -> None:
    model = widening(16, 48)
    nodes, sizes = rewritten(model.finish(model.nodes[-1].output[0]))
    assert count(nodes, "Concat") == 1
    assert sizes == [16, 16, 32, 2]


@pytest.mark.parametrize(("narrow", "wide"), [(5, 16), (16, 21), (16, 16)])
def test_a_sum_of_parts_of_blocks_stays(narrow: int, wide: int) -> None:
    model = widening(narrow, wide)
    nodes, sizes = rewritten(model.finish(model.nodes[-1].output[0]))
    assert count(nodes, "Concat") == 0
    assert len(sizes) == 4


def test_a_wider_sum_of_one_block_needs_no_widening() -> None:
    model = widening(12, 15)
    nodes, sizes = rewritten(model.finish(model.nodes[-1].output[0]))
    assert count(nodes, "Concat") == 0
    assert sizes == [16, 16, 2]


@settings(max_examples=30, deadline=None)
@given(st.integers(9, 40), st.integers(9, 40))
def test_sums_of_any_width_stay_the_same(narrow: int, more: int) -> None:
    model = widening(narrow, narrow + more)
    rewritten(model.finish(model.nodes[-1].output[0]))


def test_rewriting_twice_gives_the_same() -> None:
    model = bottleneck(13)
    once = speed_up(model.finish(model.nodes[-1].output[0]))
    picture = random(1, 3, SIDE, SIDE)
    np.testing.assert_allclose(run(speed_up(once), picture)[0], run(once, picture)[0], atol=1e-5)


def test_constants_may_be_nodes() -> None:
    model = Model()
    value = model.convolution("x", 16, 3)
    slope = model.node("Constant", value=numpy_helper.from_array(random(16, 1, 1)))
    nodes, _ = rewritten(model.finish(model.node("PRelu", value, slope)))
    assert count(nodes, "PRelu") == 0


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_are_no_model_are_refused(content: bytes) -> None:
    with pytest.raises(ModelError) as caught:
        speed_up(content)
    assert caught.value.code == "weights-unreadable"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_altered_model_is_rewritten_or_refused(data: st.DataObject) -> None:
    model = bottleneck(13)
    content = bytearray(model.finish(model.nodes[-1].output[0]))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    refused_or_done(lambda: speed_up(bytes(content)))


def test_a_model_with_weights_elsewhere_is_refused() -> None:
    model = bottleneck(16)
    proto = onnx.load_model_from_string(model.finish(model.nodes[-1].output[0]))
    proto.graph.initializer[0].data_location = TensorProto.EXTERNAL
    with pytest.raises(ModelError) as caught:
        speed_up(proto.SerializeToString())
    assert "another file" in caught.value.sentence
