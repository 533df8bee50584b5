"""Fills channels up to whole blocks, as onnxruntime's fast layout holds 16 channels side by side."""

import numpy as np
import onnx
from numpy.typing import NDArray

from simreg.models.convert.onnx_graph import OnnxGraph, attributes, is_convolution

BLOCK = 16
MAX_GROWTH = 1.5
KEEP_ZERO = {"Relu", "LeakyRelu", "MaxPool", "AveragePool"}
"""Operators that keep channels apart and that make zeros out of zeros; `_keeps` knows more, under conditions."""


def align_channels(graph: OnnxGraph) -> None:
    """Fill up the channels of every value that only convolutions make and read, with channels that are always zero.

    A convolution that only added channels of zeros may have no more to do then, and is left out.
    """
    idle: dict[int, int] = {}
    for group in _groups(graph):
        present = group.fill_up()
        if present:
            idle |= {id(node): present for node in group.readers}
    _drop_identities(graph, idle)


class _Group:
    """Values that have the same channels, because the operators between them keep channels apart.

    Convolutions make the values (``sources``) and read them (``readers``); ``closed`` is False where anything else does.
    """

    def __init__(self, graph: OnnxGraph) -> None:
        self.graph = graph
        self.sources: list[onnx.NodeProto] = []
        self.inner: dict[int, onnx.NodeProto] = {}
        self.readers: list[onnx.NodeProto] = []
        self.closed = True

    def fill_up(self) -> int:
        """Add the missing channels, where the group lies between convolutions and does not grow too much.

        Gives the number of channels that were there before, or 0 where nothing was added.
        """
        channels = {len(self.graph.constants[node.input[1]]) for node in self.sources}
        if not self.closed or len(channels) != 1:
            return 0
        present = channels.pop()
        missing = -present % BLOCK
        if not missing or present + missing > MAX_GROWTH * present:
            return 0
        for node in self.sources:
            self._extend(node, 0, missing)
        for node in self.inner.values():
            if node.op_type == "Conv":
                self._extend(node, 0, missing)
                next(item for item in node.attribute if item.name == "group").i = present + missing
            elif node.op_type == "PRelu":
                self._extend(node, -3, missing)
        for node in self.readers:
            self._extend(node, 1, missing)
        return present

    def _extend(self, node: onnx.NodeProto, axis: int, missing: int) -> None:
        """Append zeros to a node's constants along an axis; a bias has only the axis of the outputs."""
        for place in (1, 2) if axis == 0 else (1,):
            if place < len(node.input) and node.input[place] in self.graph.constants:
                array = self.graph.constants[node.input[place]]
                width = [(0, 0)] * array.ndim
                width[axis] = (0, missing)
                node.input[place] = self.graph.add_constant(f"{node.input[place]}_aligned", np.pad(array, width))


def _groups(graph: OnnxGraph) -> list[_Group]:
    """All groups of values, by walking through the operators that keep channels apart."""
    makers = {name: node for node in graph.nodes for name in node.output}
    readers = graph.readers()
    seen: set[str] = set()
    groups = []
    for start in graph.nodes:
        if mixes(graph, start) and start.output[0] not in seen:
            group, stack = _Group(graph), [start.output[0]]
            while stack:
                name = stack.pop()
                if name not in seen:
                    seen.add(name)
                    group.closed &= name in makers and name not in graph.outputs
                    stack += _visit_maker(group, makers.get(name))
                    stack += _visit_readers(group, name, readers.get(name, []))
            groups.append(group)
    return groups


def _visit_maker(group: _Group, node: onnx.NodeProto | None) -> list[str]:
    """Take a value's maker into the group; gives the values that belong to the group because of it."""
    if node is None:
        return []
    if mixes(group.graph, node):
        group.sources.append(node)
        return []
    if not _keeps(group.graph, node):
        group.closed = False
        return []
    group.inner[id(node)] = node
    return [name for name in node.input if name and name not in group.graph.constants]


def _visit_readers(group: _Group, name: str, nodes: list[onnx.NodeProto]) -> list[str]:
    """Take a value's readers into the group; gives the values that belong to the group because of them."""
    found = []
    for node in nodes:
        if mixes(group.graph, node) and node.input[0] == name:
            group.readers.append(node)
        elif _keeps(group.graph, node):
            group.inner[id(node)] = node
            found.append(node.output[0])
        else:
            group.closed = False
    return found


def mixes(graph: OnnxGraph, node: onnx.NodeProto) -> bool:
    """Whether a node is a convolution over all channels of a picture, with constant weights."""
    return is_convolution(node) and _is_constant_convolution(graph, node)


def _is_constant_convolution(graph: OnnxGraph, node: onnx.NodeProto) -> bool:
    weights = graph.floats(node.input[1])
    return weights is not None and weights.ndim == 4 and all(graph.floats(name) is not None for name in node.input[2:])


def _keeps(graph: OnnxGraph, node: onnx.NodeProto) -> bool:
    """Whether a node treats each channel by itself and keeps zeros."""
    if len(node.output) != 1:
        return False
    if node.op_type == "Conv":
        count = len(graph.constants.get(node.input[1], ()))
        return count > 1 and is_convolution(node, count) and _is_depthwise(graph, node)
    if node.op_type == "Add":
        return not any(name in graph.constants for name in node.input)
    if node.op_type == "PRelu":
        slope = graph.floats(node.input[1])
        return slope is not None and slope.ndim in (3, 4) and slope.shape[-3] == slope.size > 1
    if node.op_type == "Clip":
        low, high = (graph.floats(name) for name in (*node.input[1:], "", "")[:2])
        return low is not None and high is not None and bool(low <= 0 <= high)
    return node.op_type in KEEP_ZERO


def _is_depthwise(graph: OnnxGraph, node: onnx.NodeProto) -> bool:
    return _is_constant_convolution(graph, node) and graph.constants[node.input[1]].shape[1] == 1


def _drop_identities(graph: OnnxGraph, idle: dict[int, int]) -> None:
    """Leave out convolutions that hand on each channel, of which those from the number in ``idle`` on are zero."""
    same: dict[str, str] = {}
    for node in graph.nodes:
        if id(node) in idle and node.output[0] not in graph.outputs and _is_identity(graph, node, idle[id(node)]):
            same[node.output[0]] = node.input[0]
    graph.nodes = [node for node in graph.nodes if node.output[0] not in same]
    for node in graph.nodes:
        for place, name in enumerate(node.input):
            while name in same:
                name = same[name]
            node.input[place] = name


def _is_identity(graph: OnnxGraph, node: onnx.NodeProto, channels: int) -> bool:
    weights: NDArray[np.generic] = graph.constants[node.input[1]]
    slide = attributes(node)
    if weights.shape != (len(weights), len(weights), 1, 1) or any(slide.get("pads", ())):
        return False
    if set(slide.get("strides", (1,))) != {1} or any(graph.constants[name].any() for name in node.input[2:]):
        return False
    wanted = np.eye(len(weights), dtype=np.float32)
    return bool(np.array_equal(weights[:, :channels, 0, 0], wanted[:, :channels]))
