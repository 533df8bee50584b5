"""Rewrites an ONNX graph so that onnxruntime runs it fast on one core, with the same results."""

from simreg.models.convert.alignment import align_channels
from simreg.models.convert.onnx_graph import OnnxGraph
from simreg.models.convert.prelu import split_prelu
from simreg.models.convert.unreadable import reading
from simreg.models.convert.widening import split_widening


def speed_up(model: bytes) -> bytes:
    """The same model, rewritten: inputs, outputs and results stay (within float32's rounding).

    What the rewriting does not know stays as it is. Raises `ModelError` "weights-unreadable" when the bytes are no ONNX
    model that stands alone.
    """
    with reading("The ONNX file"):
        graph = OnnxGraph(model)
        if not graph.is_flat:
            return model
        align_channels(graph)
        split_widening(graph)
        split_prelu(graph)
        return graph.model()
