"""Writes PRelu so that onnxruntime keeps its blocked layout of channels."""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper

from simreg.models.convert.onnx_graph import OnnxGraph


def split_prelu(graph: OnnxGraph) -> None:
    """Replace each PRelu with a slope a for each channel by x + (1 - a) max(-x, 0).

    The negation and the factor are depthwise convolutions over one pixel: onnxruntime does these in the layout of the
    convolutions around them and fuses max and sum into them, while PRelu itself takes it out of that layout, into a loop
    that is about ten times slower.
    """
    nodes: list[onnx.NodeProto] = []
    for node in graph.nodes:
        slope = graph.floats(node.input[1]) if node.op_type == "PRelu" else None
        if slope is None or slope.ndim not in (3, 4) or slope.shape[-3] != slope.size:
            nodes.append(node)
        else:
            nodes += _split(graph, node, slope.reshape(-1, 1, 1, 1))
    graph.nodes = nodes


def _split(graph: OnnxGraph, node: onnx.NodeProto, slope: NDArray[np.float32]) -> list[onnx.NodeProto]:
    value, result = node.input[0], node.output[0]
    minus = graph.add_constant(f"{result}_minus", np.full_like(slope, -1))
    factor = graph.add_constant(f"{result}_factor", 1 - slope)
    names = [graph.fresh(f"{result}_{stem}") for stem in ("negative", "below", "part", "sum")]
    depthwise: dict[str, Any] = {"group": len(slope), "kernel_shape": [1, 1]}
    return [
        helper.make_node("Conv", [value, minus], names[:1], name=names[0], **depthwise),
        helper.make_node("Relu", names[:1], names[1:2], name=names[1]),
        helper.make_node("Conv", [names[1], factor], names[2:3], name=names[2], **depthwise),
        helper.make_node("Add", [names[2], value], [result], name=names[3]),
    ]
