"""Converts a TFLite file to plain ONNX."""

from simreg.models.convert.branches import joined
from simreg.models.convert.builder import GraphBuilder
from simreg.models.convert.flatbuffer import MalformedError
from simreg.models.convert.ops import TRANSLATORS
from simreg.models.convert.ops.shaping import as_nhwc
from simreg.models.convert.schema import Graph, read_graph
from simreg.models.convert.simplify import simplified
from simreg.models.convert.translation import TO_NCHW, Translation
from simreg.models.convert.unreadable import reading


def convert_tflite(data: bytes) -> bytes:
    """ONNX with the same arithmetic as a TFLite file.

    Inputs are float32 and NCHW where they have four axes; outputs keep the name and the shape that the file gives them.
    Raises `ModelError` "weights-unreadable" when the file is damaged or uses what is not supported.
    """
    with reading("The TFLite file"):
        return write_onnx(joined(simplified(read_graph(data))))


def write_onnx(graph: Graph) -> bytes:
    """ONNX of a graph; raises `MalformedError` when it uses what is not supported."""
    builder = GraphBuilder()
    work = Translation(graph, builder)
    for number in graph.inputs:
        work.set_value(number, graph.tensors[number].name)
    for step in graph.operators:
        if step.kind not in TRANSLATORS:
            raise MalformedError(f"the operator {step.kind} is not supported")
        TRANSLATORS[step.kind](work, step)
    for number in graph.outputs:
        builder.rename(as_nhwc(work, number), graph.tensors[number].name)
    inputs = [(graph.tensors[number].name, _nchw(graph.tensors[number].shape)) for number in graph.inputs]
    outputs = [(graph.tensors[number].name, graph.tensors[number].shape) for number in graph.outputs]
    return builder.model(inputs, outputs)


def _nchw(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(shape[axis] for axis in TO_NCHW) if len(shape) == 4 else shape
