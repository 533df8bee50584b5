"""Writes the sum of a value with few channels and one with more of them without computing with zeros."""

import numpy as np
import onnx
from onnx import helper

from simreg.models.convert.alignment import BLOCK, mixes
from simreg.models.convert.onnx_graph import OnnxGraph, attributes


def split_widening(graph: OnnxGraph) -> None:
    """Replace conv(x) + [y, 0] by [conv(x)[:n] + y, conv(x)[n:]], n being the number of channels of y.

    [y, 0] is a convolution by ones and zeros, as `simplify` writes it. Joining the two parts is a mere copy where n is a
    number of whole blocks of channels.
    """
    makers = {name: node for node in graph.nodes for name in node.output}
    readers = graph.readers()
    rewritten: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.nodes:
        names = list(node.input)
        alone = all(len(readers[name]) == 1 and name in makers and name not in graph.outputs for name in names)
        if node.op_type == "Add" and alone and len(set(names)) == 2:
            for wide, narrow in (names, names[::-1]):
                if mixes(graph, makers[wide]) and _is_widening(graph, makers[narrow]):
                    rewritten[node.output[0]] = _split(graph, node, makers[wide], makers[narrow])
                    rewritten |= {wide: [], narrow: []}
                    break
    graph.nodes = [new for node in graph.nodes for new in rewritten.get(node.output[0], [node])]


def _is_widening(graph: OnnxGraph, node: onnx.NodeProto) -> bool:
    """Whether a node hands on whole blocks of channels and adds more blocks of zeros."""
    if not mixes(graph, node) or len(node.input) > 2 or any(attributes(node).get("pads", ())):
        return False
    weights = graph.constants[node.input[1]]
    wide, narrow = weights.shape[:2]
    if weights.shape[2:] != (1, 1) or set(attributes(node).get("strides", (1,))) != {1}:
        return False
    whole = narrow < wide and narrow % BLOCK == wide % BLOCK == 0
    return whole and bool(np.array_equal(weights[:, :, 0, 0], np.eye(wide, narrow, dtype=np.float32)))


def _split(graph: OnnxGraph, node: onnx.NodeProto, wide: onnx.NodeProto, narrow: onnx.NodeProto) -> list[onnx.NodeProto]:
    count = graph.constants[narrow.input[1]].shape[1]
    lower, upper, added = (graph.fresh(f"{node.output[0]}_{stem}") for stem in ("lower", "upper", "added"))
    halves = []
    for name, part in ((lower, slice(count)), (upper, slice(count, None))):
        constants = [graph.add_constant(f"{old}_half", graph.constants[old][part]) for old in wide.input[1:]]
        halves.append(helper.make_node("Conv", [wide.input[0], *constants], [name], name=name, **attributes(wide)))
    return [
        *halves,
        helper.make_node("Add", [lower, narrow.input[0]], [added], name=added),
        helper.make_node("Concat", [added, upper], [node.output[0]], name=f"{added}_joined", axis=1),
    ]
