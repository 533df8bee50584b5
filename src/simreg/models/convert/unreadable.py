"""Turns what goes wrong while weights are read into the one error that callers know."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager

import onnx

from simreg.errors import ModelError
from simreg.models.convert.flatbuffer import MalformedError

BAD_CONTENT = (
    MalformedError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    MemoryError,
    RecursionError,
    struct.error,
    onnx.checker.ValidationError,
    onnx.shape_inference.InferenceError,
)


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Whatever damaged content leads to becomes `ModelError` "weights-unreadable"; ``what`` names the file."""
    try:
        yield
    except BAD_CONTENT as error:
        reason = str(error) if isinstance(error, MalformedError) else "it is damaged"
        raise ModelError(
            "weights-unreadable",
            f"{what} cannot be used: {reason}.",
            "Fetch the file again, or use the one that the manifest names.",
        ) from error
