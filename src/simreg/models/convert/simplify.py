"""Makes a TFLite graph smaller without changing what it computes."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from simreg.models.convert.flatbuffer import MalformedError
from simreg.models.convert.schema import MAX_WEIGHTS, Graph, Operator, Tensor

MAX_PADDING = 1 << 22


def simplified(graph: Graph) -> Graph:
    """The same graph with weights widened to float32, equal steps done once, and channel padding as a convolution."""
    return in_order(_as_convolutions(_once(_widened(graph))))


def in_order(graph: Graph) -> Graph:
    """The same graph with only the steps that its outputs need, each after those that it reads.

    Raises `MalformedError` when a step needs its own result.
    """
    makers = {number: step for step in graph.operators for number in step.outputs}
    done: dict[int, Operator] = {}
    open_steps: set[int] = set()
    stack: list[tuple[Operator, bool]] = [(makers[n], False) for n in reversed(graph.outputs) if n in makers]
    while stack:
        step, ready = stack.pop()
        if ready:
            done[id(step)] = step
            continue
        if id(step) in done:
            continue
        if id(step) in open_steps:
            raise MalformedError("a step of the graph needs its own result")
        open_steps.add(id(step))
        stack.append((step, True))
        stack += [(makers[n], False) for n in step.inputs if n in makers and id(makers[n]) not in done]
    return replace(graph, operators=tuple(done.values()))


def _widened(graph: Graph) -> Graph:
    """Without DEQUANTIZE: weights of half precision become float32 constants."""
    tensors, steps, count = list(graph.tensors), [], 0
    for step in graph.operators:
        if step.kind != "DEQUANTIZE":
            steps.append(step)
            continue
        array = tensors[step.input(0)].array
        if array is None or array.dtype != np.float16:
            raise MalformedError("only weights of half precision can be widened")
        count += array.size
        if count > MAX_WEIGHTS:
            raise MalformedError("the graph has too many weights")
        tensors[step.output] = replace(tensors[step.output], array=array.astype(np.float32))
    return replace(graph, tensors=tuple(tensors), operators=tuple(steps))


def _once(graph: Graph) -> Graph:
    """Without steps that repeat another one."""
    same: dict[int, int] = {}
    known: dict[object, int] = {}
    for number, tensor in enumerate(graph.tensors):
        if tensor.array is not None:
            key = (tensor.array.dtype.str, tensor.shape, tensor.array.tobytes())
            same[number] = known.setdefault(key, number)
    steps: list[Operator] = []
    for step in graph.operators:
        step = replace(step, inputs=tuple(same.get(number, number) for number in step.inputs))
        shapes = tuple(graph.tensors[number].shape for number in step.outputs)
        first = known.setdefault((step.kind, step.inputs, tuple(step.options.items()), step.custom, shapes), len(steps))
        if first < len(steps) and not set(step.outputs) & set(graph.outputs):
            same.update(zip(step.outputs, steps[first].outputs, strict=True))
        steps.append(step)
    return replace(graph, operators=tuple(steps))


def _as_convolutions(graph: Graph) -> Graph:
    """With padding of channels written as a convolution by ones, which can be summed into another one."""
    tensors, steps = list(graph.tensors), []
    for step in graph.operators:
        if step.kind == "PAD":
            amounts = tensors[step.input(1)].array
            if amounts is not None and amounts.shape == (4, 2) and _only_channels(amounts.tolist()):
                before, channels = int(amounts[3, 0]), tensors[step.input(0)].shape[3]
                filters = before + channels + int(amounts[3, 1])
                if filters * channels > MAX_PADDING:
                    raise MalformedError("padding adds too many channels")
                weights = np.zeros((filters, 1, 1, channels), np.float32)
                weights[before : before + channels, 0, 0] = np.eye(channels)
                tensors.append(Tensor("", weights.shape, weights))
                step = convolution(step.input(0), len(tensors) - 1, step.output)
        steps.append(step)
    return replace(graph, tensors=tuple(tensors), operators=tuple(steps))


def _only_channels(amounts: Sequence[Sequence[int]]) -> bool:
    return not any(any(pair) for pair in amounts[:3]) and any(amounts[3]) and min(amounts[3]) >= 0


def convolution(source: int, weights: int, output: int) -> Operator:
    """A convolution that neither pads nor strides."""
    options = {"padding": 1, "stride_x": 1, "stride_y": 1, "activation": 0, "dilation_x": 1, "dilation_y": 1}
    return Operator("CONV_2D", (source, weights), (output,), options, (b"",))
