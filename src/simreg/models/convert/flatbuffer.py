"""Reads flatbuffer tables out of bytes that need not be well formed.

Every position is checked against the buffer, so that a damaged file ends in `MalformedError` and never in a huge
allocation. The layout of flatbuffers: https://flatbuffers.dev/internals/.
"""

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_ELEMENTS = 1 << 26


class MalformedError(ValueError):
    """The bytes are not what the format asks for."""


@dataclass(frozen=True, slots=True)
class Table:
    """A flatbuffer table: ``position`` is where it starts in ``data``; fields go by their number in the schema."""

    data: bytes
    position: int

    def _at(self, kind: str, position: int) -> int:
        size = struct.calcsize(kind)
        if position < 0 or position + size > len(self.data):
            raise MalformedError("a position lies outside the file")
        return int(struct.unpack_from("<" + kind, self.data, position)[0])

    def _field(self, number: int) -> int:
        """Position of a field's content, or 0 when the table leaves it out."""
        listing = self.position - self._at("i", self.position)
        slot = 4 + 2 * number
        if slot + 2 > self._at("H", listing):
            return 0
        offset = self._at("H", listing + slot)
        return self.position + offset if offset else 0

    def scalar(self, number: int, kind: str, default: int = 0) -> int:
        """An integer field; ``kind`` is its letter in the module struct."""
        position = self._field(number)
        return self._at(kind, position) if position else default

    def table(self, number: int) -> "Table | None":
        """A field that is itself a table, or None."""
        position = self._field(number)
        return Table(self.data, position + self._at("I", position)) if position else None

    def _vector(self, number: int, size: int) -> tuple[int, int]:
        """First position and length of a vector of elements of so many bytes."""
        position = self._field(number)
        if not position:
            return 0, 0
        position += self._at("I", position)
        length = self._at("I", position)
        if length > MAX_ELEMENTS or position + 4 + length * size > len(self.data):
            raise MalformedError("a list reaches beyond the end of the file")
        return position + 4, length

    def tables(self, number: int) -> list["Table"]:
        """A field that is a list of tables."""
        start, length = self._vector(number, 4)
        places = range(start, start + 4 * length, 4)
        return [Table(self.data, place + self._at("I", place)) for place in places]

    def array(self, number: int, dtype: str) -> NDArray[np.generic]:
        """A field that is a list of numbers."""
        kind = np.dtype(dtype).newbyteorder("<")
        start, length = self._vector(number, kind.itemsize)
        return np.frombuffer(self.data, kind, length, start)

    def integers(self, number: int) -> tuple[int, ...]:
        """A field that is a list of 32-bit integers."""
        return tuple(int(value) for value in self.array(number, "i4"))

    def octets(self, number: int) -> bytes:
        """A field that is a list of bytes."""
        start, length = self._vector(number, 1)
        return self.data[start : start + length]

    def text(self, number: int) -> str:
        """A field that is a string."""
        return self.octets(number).decode("utf-8", "replace")


def root(data: bytes, identifier: bytes) -> Table:
    """The outermost table of a file that carries this identifier.

    Raises `MalformedError` when the identifier is missing.
    """
    if data[4:8] != identifier:
        raise MalformedError(f"the file does not carry the mark {identifier.decode()}")
    return Table(data, struct.unpack_from("<I", data, 0)[0])
