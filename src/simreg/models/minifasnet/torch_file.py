"""Tensors of a PyTorch file of the older layout, read without PyTorch and without running what the file says.

Such a file is a row of pickles (a magic number, the layout's version, the machine, a dictionary of tensors, the keys
of their storages) and then each storage: its length as int64, then its numbers. A pickle can name any function of any
module to be called. Here it may name four things alone, and gets inert stand-ins for them.
"""

import io
import pickle
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simreg.errors import ModelError

_MAGIC = 0x1950A86A20F9469CFC6C
_LAYOUT = 1001

Array = NDArray[np.float32] | NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Storage:
    """A row of numbers that comes later in the file."""

    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Tensor:
    """A window into a storage: offset and strides count numbers."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def cut(self, numbers: Array) -> Array:
        """The tensor's own numbers, in its shape; raises ValueError for one that is not laid out row by row."""
        expected = tuple(int(np.prod(self.shape[axis + 1 :])) for axis in range(len(self.shape)))
        if self.strides != expected:
            raise ValueError(f"a tensor with strides {self.strides}")
        return numbers[self.offset : self.offset + int(np.prod(self.shape))].reshape(self.shape)


def _tensor(storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: object) -> _Tensor:
    return _Tensor(storage, offset, shape, strides)


_ALLOWED = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _tensor,
    ("torch", "FloatStorage"): "<f4",
    ("torch", "LongStorage"): "<i8",
}


class _Unpickler(pickle.Unpickler):
    """Knows four names, of which two are no functions, and no others."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}")
        return _ALLOWED[module, name]

    def persistent_load(self, pid: Any) -> _Storage:
        kind, number_type, key, *_ = pid
        if kind != "storage":
            raise pickle.UnpicklingError(f"it refers to a {kind}")
        return _Storage(str(key), str(number_type))


def read_tensors(data: bytes) -> dict[str, Array]:
    """All tensors by name; raises ModelError ``weights-unusable`` for anything but such a file."""
    try:
        return _read(io.BytesIO(data))
    except Exception as error:  # a pickle that is damaged can fail in any way
        raise ModelError(
            "weights-unusable", f"This is no PyTorch file of tensors: {error}.", "Take the published file."
        ) from error


def _read(file: io.BytesIO) -> dict[str, Array]:
    magic, layout, machine, tensors, keys = (_Unpickler(file).load() for _ in range(5))
    if (magic, layout, machine["little_endian"]) != (_MAGIC, _LAYOUT, True):
        raise ValueError("another layout")
    kinds = {tensor.storage.key: tensor.storage.kind for tensor in tensors.values()}
    storages = {}
    for key in keys:
        (count,) = np.frombuffer(file.read(8), "<i8")
        kind = np.dtype(kinds[key])
        storages[key] = np.frombuffer(file.read(int(count) * kind.itemsize), kind, count)
    return {str(name): tensor.cut(storages[tensor.storage.key]) for name, tensor in tensors.items()}
