"""Joins branches that do the same steps with other weights, so that each step is done once, over all their channels.

Convolutions become grouped ones. A runtime's cost for each step, however small, then falls once and not for every branch.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simreg.models.convert.schema import Graph, Operator, Tensor
from simreg.models.convert.simplify import in_order

CHANNELS = 3


def joined(graph: Graph) -> Graph:
    """The same graph with its parallel branches joined as far back as their steps are alike."""
    joiner = _Joiner(graph)
    for lanes in _ends(graph):
        joiner.replace(lanes)
    return in_order(joiner.graph())


def _ends(graph: Graph) -> list[tuple[int, ...]]:
    """Groups of values of one shape, each of which a convolution brings down to a single point."""
    groups: dict[tuple[int, ...], dict[int, None]] = {}
    for step in graph.operators:
        if step.kind == "CONV_2D" and graph.tensors[step.output].shape[1:3] == (1, 1):
            number = step.input(0)
            groups.setdefault(graph.tensors[number].shape, {})[number] = None
    return [tuple(group) for group in groups.values() if len(group) > 1]


class _Joiner:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._tensors = list(graph.tensors)
        self._makers = {number: step for step in graph.operators for number in step.outputs}
        self._steps: list[Operator] = []
        self._known: dict[tuple[int, ...], int] = {}

    def graph(self) -> Graph:
        """The graph as it is now."""
        steps = {id(step): step for step in (*self._makers.values(), *self._steps)}
        return replace(self._graph, tensors=tuple(self._tensors), operators=tuple(steps.values()))

    def replace(self, lanes: tuple[int, ...]) -> None:
        """Make these values the parts of one joined value."""
        split = Operator("SPLIT_CHANNELS", (self._join(lanes),), lanes)
        self._makers.update(dict.fromkeys(lanes, split))

    def _join(self, lanes: tuple[int, ...]) -> int:
        """Number of the value that holds the channels of these values one after the other."""
        if len(lanes) == 1:
            return lanes[0]
        if lanes not in self._known:
            makers = [self._makers.get(number) for number in lanes]
            steps = [step for step in makers if step is not None]
            if len(set(lanes)) < len(lanes):
                self._known[lanes] = self._repeated(lanes)
            elif len(steps) == len(lanes) and self._alike(steps):
                self._known[lanes] = self._joined_step(steps)
            else:
                self._known[lanes] = self._add("CONCATENATION", lanes, lanes, {"axis": CHANNELS, "activation": 0})
        return self._known[lanes]

    def _repeated(self, lanes: tuple[int, ...]) -> int:
        """Lanes that occur several times: taken out of the value that has each of them once."""
        single = tuple(dict.fromkeys(lanes))
        width = self._tensors[lanes[0]].shape[CHANNELS]
        places = np.concatenate([np.arange(width) + single.index(lane) * width for lane in lanes])
        return self._add("GATHER_CHANNELS", (self._join(single), self._constant(places)), lanes)

    def _alike(self, steps: Sequence[Operator]) -> bool:
        """Whether these steps differ in nothing but their weights and can be done as one."""
        first = steps[0]
        if first.kind == "TransformTensorBilinear":
            return len({(step.input(0), step.custom) for step in steps}) == 1
        if first.kind not in ("CONV_2D", "DEPTHWISE_CONV_2D", "PRELU", "ADD", "MAX_POOL_2D"):
            return False
        return all(
            step.kind == first.kind
            and step.options == first.options
            and [self._signature(number) for number in step.inputs]
            == [self._signature(number) for number in first.inputs]
            for step in steps
        )

    def _signature(self, number: int) -> object:
        tensor = self._tensors[number]
        return tensor.shape, tensor.array is None

    def _joined_step(self, steps: Sequence[Operator]) -> int:
        first, lanes = steps[0], [step.output for step in steps]
        if first.kind == "TransformTensorBilinear":
            self._join_matrices([self._makers[step.input(1)] for step in steps])
            inputs = (first.input(0), *(step.input(1) for step in steps))
            return self._add(first.kind, inputs, lanes, custom=first.custom)
        inputs = tuple(
            self._join(tuple(column)) if self._tensors[column[0]].array is None else self._stacked(first.kind, column)
            for column in zip(*(step.inputs for step in steps), strict=True)
        )
        return self._add(first.kind, inputs, lanes, first.options)

    def _join_matrices(self, steps: Sequence[Operator]) -> None:
        """Let one step make the matrices of all crops, where they come from the same landmarks."""
        if len({step.inputs for step in steps}) == 1 and all(step.kind == "Landmarks2TransformMatrix" for step in steps):
            outputs = tuple(step.output for step in steps)
            custom = tuple(content for step in steps for content in step.custom)
            self._makers.update(dict.fromkeys(outputs, replace(steps[0], outputs=outputs, custom=custom)))

    def _stacked(self, kind: str, column: Sequence[int]) -> int:
        """Weights of all lanes: convolutions have their output channels first, all else has channels last."""
        arrays = [array for number in column if (array := self._tensors[number].array) is not None]
        return self._constant(np.concatenate(arrays, axis=0 if kind == "CONV_2D" else -1))

    def _constant(self, array: NDArray[np.generic]) -> int:
        self._tensors.append(Tensor("", array.shape, array))
        return len(self._tensors) - 1

    def _add(
        self,
        kind: str,
        inputs: tuple[int, ...],
        lanes: Sequence[int],
        options: dict[str, int] | None = None,
        custom: tuple[bytes, ...] = (b"",),
    ) -> int:
        """Add a step whose output has the channels of all lanes."""
        shapes = [self._tensors[number].shape for number in lanes]
        self._tensors.append(Tensor("", (*shapes[0][:CHANNELS], sum(shape[CHANNELS] for shape in shapes))))
        number = len(self._tensors) - 1
        self._steps.append(Operator(kind, inputs, (number,), options or {}, custom))
        return number
