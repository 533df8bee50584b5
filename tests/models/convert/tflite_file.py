"""Makes small TFLite files by code."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import flatbuffers
import numpy as np
from numpy.typing import NDArray

from simreg.models.convert.schema import OPERATORS, OPTIONS, TYPES

NUMBERS = {name: number for number, name in OPERATORS.items()}
CODES = {np.dtype(kind): number for number, kind in TYPES.items()}
KINDS = {"b": ("PrependInt8Slot", 1), "i": ("PrependInt32Slot", 4)}


@dataclass
class Value:
    """A tensor of the file, with its values when it is a constant."""

    name: str
    shape: tuple[int, ...]
    array: NDArray[Any] | None = None


@dataclass
class Step:
    """An operator of the file: names (or numbers) of what it reads, names of what it writes, and its options.

    An empty name stands for an input that is left out.
    """

    kind: str
    inputs: Sequence[str | int]
    outputs: Sequence[str]
    options: dict[str, int] = field(default_factory=dict)
    custom: bytes = b""


def constant(name: str, array: Any, dtype: str = "f4") -> Value:
    """A constant with these values."""
    values = np.ascontiguousarray(array, dtype)
    return Value(name, values.shape, values)


def tflite_file(values: Sequence[Value], steps: Sequence[Step], inputs: Sequence[str], outputs: Sequence[str]) -> bytes:
    """A file with one graph."""
    build = flatbuffers.Builder()
    numbers = {value.name: place for place, value in enumerate(values)}
    buffers = [_table(build, {0: _octets(build, value.array)}) for value in values]
    tensors = [_tensor(build, value, place) for place, value in enumerate(values)]
    kinds = list(dict.fromkeys(step.kind for step in steps))
    codes = [_code(build, kind) for kind in kinds]
    operators = [_operator(build, step, numbers, kinds.index(step.kind)) for step in steps]
    ends = [_integers(build, [numbers[name] for name in names]) for names in (inputs, outputs)]
    graph = _table(build, {0: _vector(build, tensors), 1: ends[0], 2: ends[1], 3: _vector(build, operators)})
    lists = {1: _vector(build, codes), 2: _vector(build, [graph]), 4: _vector(build, buffers)}
    build.Finish(_table(build, lists), b"TFL3")
    return bytes(build.Output())


def _tensor(build: Any, value: Value, place: int) -> int:
    shape, name = _integers(build, value.shape), build.CreateString(value.name)
    build.StartObject(4)
    build.PrependUOffsetTRelativeSlot(0, shape, 0)
    build.PrependInt8Slot(1, CODES[value.array.dtype] if value.array is not None else 0, 0)
    build.PrependUint32Slot(2, place, 0)
    build.PrependUOffsetTRelativeSlot(3, name, 0)
    return int(build.EndObject())


def _code(build: Any, kind: str) -> int:
    number = NUMBERS.get(kind, 32)
    name = build.CreateString(kind)
    build.StartObject(4)
    build.PrependInt8Slot(0, number, 0)
    build.PrependUOffsetTRelativeSlot(1, name, 0)
    return int(build.EndObject())


def _operator(build: Any, step: Step, numbers: dict[str, int], kind: int) -> int:
    known = {"": -1, **numbers}
    inputs = _integers(build, [name if isinstance(name, int) else known[name] for name in step.inputs])
    outputs = _integers(build, [numbers[name] for name in step.outputs])
    custom = _octets(build, np.frombuffer(step.custom, np.uint8))
    fields = OPTIONS.get(step.kind, {})
    build.StartObject(8)
    for name, value in step.options.items():
        place, letter, default = fields[name]
        getattr(build, KINDS[letter][0])(place, value, default)
    options = build.EndObject()
    build.StartObject(6)
    build.PrependUint32Slot(0, kind, 0)
    build.PrependUOffsetTRelativeSlot(1, inputs, 0)
    build.PrependUOffsetTRelativeSlot(2, outputs, 0)
    build.PrependUOffsetTRelativeSlot(4, options, 0)
    build.PrependUOffsetTRelativeSlot(5, custom, 0)
    return int(build.EndObject())


def _table(build: Any, fields: dict[int, int]) -> int:
    build.StartObject(max(fields) + 1)
    for place, offset in fields.items():
        build.PrependUOffsetTRelativeSlot(place, offset, 0)
    return int(build.EndObject())


def _vector(build: Any, offsets: Sequence[int]) -> int:
    build.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):
        build.PrependUOffsetTRelative(offset)
    return int(build.EndVector())


def _integers(build: Any, values: Sequence[int]) -> int:
    return int(build.CreateNumpyVector(np.array(values, np.int32)))


def _octets(build: Any, array: NDArray[Any] | None) -> int:
    return int(build.CreateByteVector(b"" if array is None else array.tobytes()))
