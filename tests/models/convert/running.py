"""Runs ONNX and small TFLite graphs."""

from collections.abc import Callable
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from simreg.errors import ModelError
from simreg.models.convert.tflite import convert_tflite

from .tflite_file import Step, Value, tflite_file

Array = NDArray[np.float32]


def run(model: bytes, *inputs: Array) -> list[Array]:
    """All outputs of an ONNX model for inputs in its own order."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_inputs()]
    return [np.asarray(value) for value in session.run(None, dict(zip(names, inputs, strict=True)))]


def run_step(kind: str, picture: Array, constants: list[Value], shape: tuple[int, ...], **options: Any) -> Array:
    """Output of one TFLite operator, whose first input is an array in TFLite's order of axes; so is the result."""
    custom = options.pop("custom", b"")
    values = [Value("in", picture.shape), *constants, Value("out", shape)]
    inputs = ["in", *(value.name for value in constants)]
    step = Step(kind, inputs, ["out"], options, custom)
    model = convert_tflite(tflite_file(values, [step], ["in"], ["out"]))
    given = picture.transpose(0, 3, 1, 2) if picture.ndim == 4 else picture
    (result,) = run(model, np.ascontiguousarray(given))
    assert result.shape == shape
    return result


def refused_or_done(convert: Callable[[], bytes]) -> None:
    """Check that a conversion either works or ends in the one error that it may end in."""
    found = None
    try:
        convert()
    except ModelError as error:
        found = error.code
    assert found in (None, "weights-unreadable")


def random(*shape: int, seed: int = 0) -> Array:
    """Numbers around zero, the same in each run."""
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
