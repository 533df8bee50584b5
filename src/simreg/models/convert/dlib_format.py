"""Reads the layers of a network that dlib has serialised.

The file starts with the versions of all layers, outermost first; then come the layers themselves, innermost first, each
with its name, its parameters and its (here empty) working tensors. Whole numbers are written as a byte with their
length and sign and then little endian; real numbers as mantissa and exponent. Source: dlib's own output.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simreg.models.convert.flatbuffer import MalformedError

MAX_LAYERS = 400


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: what it is, its whole numbers by their order in the file, its reals and its parameters."""

    kind: str
    numbers: tuple[int, ...] = ()
    reals: tuple[float, ...] = ()
    parameters: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))


class Reader:
    """Takes values off the file, one after the other; raises `MalformedError` where it ends too soon."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        if count > len(self.data) - self.position:
            raise MalformedError("the file ends too soon")
        self.position += count
        return self.data[self.position - count : self.position]

    def integer(self) -> int:
        """A whole number."""
        head = self.take(1)[0]
        length, negative = head & 0x0F, head & 0x80
        if head & 0x70 or not 1 <= length <= 8:
            raise MalformedError("a number cannot be read")
        value = int.from_bytes(self.take(length), "little")
        return -value if negative else value

    def integers(self, count: int) -> tuple[int, ...]:
        """Several whole numbers."""
        return tuple(self.integer() for _ in range(count))

    def real(self) -> float:
        """A real number."""
        mantissa, exponent = self.integers(2)
        if abs(exponent) > 200:
            raise MalformedError("a number is too large or too small")
        return float(mantissa) * 2.0**exponent

    def reals(self, count: int) -> tuple[float, ...]:
        """Several real numbers."""
        return tuple(self.real() for _ in range(count))

    def text(self) -> str:
        """A short string."""
        length = self.integer()
        if not 0 < length < 64:
            raise MalformedError("a name cannot be read")
        return self.take(length).decode("ascii", "replace")

    def flags(self, count: int) -> None:
        """Several truth values, which are of no use here."""
        if self.take(count).strip(b"01"):
            raise MalformedError("a truth value cannot be read")

    def tensor(self) -> NDArray[np.float32]:
        """A tensor of four axes, flat."""
        version, *shape = self.integers(5)
        count = int(np.prod(shape, dtype=np.float64))
        if version != 2 or min(shape) < 0 or 4 * count > len(self.data):
            raise MalformedError("a tensor cannot be read")
        return np.frombuffer(self.take(4 * count), "<f4")


def read_layers(data: bytes) -> list[Layer]:
    """All layers, the input first; raises `MalformedError` when the file is damaged or holds an unknown layer."""
    reader = Reader(data)
    reader.integer()
    if reader.text() != "loss_metric_2":
        raise MalformedError("the file does not hold a network of the kind expected")
    reader.reals(2)
    length = reader.integer()
    while length < 5:
        length = reader.integer()
    name = reader.take(length).decode("ascii", "replace")
    if name != "input_rgb_image_sized":
        raise MalformedError("the file does not hold a network for pictures")
    layers = [Layer(name, reals=reader.reals(3), numbers=reader.integers(2))]
    while len(layers) < MAX_LAYERS:
        layers.append(_layer(reader))
        if layers[-1].kind == "fc_2":
            return layers
        reader.flags(3)
        for _ in range(3):
            reader.tensor()
        if len(layers) == 2:
            reader.integer()
    raise MalformedError("the network has too many layers")


def _layer(reader: Reader) -> Layer:
    kind = reader.text()
    if kind == "con_4":
        parameters, numbers = reader.tensor(), reader.integers(7)
        reader.integers(10)
        reader.reals(4)
        return Layer(kind, numbers, parameters=parameters)
    if kind == "affine_":
        parameters = reader.tensor()
        reader.integers(11)
        return Layer(kind, parameters=parameters)
    if kind in ("relu_", "add_prev_"):
        return Layer(kind)
    if kind in ("max_pool_2", "avg_pool_2"):
        return Layer(kind, reader.integers(6))
    if kind == "fc_2":
        numbers = reader.integers(2)
        parameters = reader.tensor()
        return Layer(kind, numbers, parameters=parameters)
    raise MalformedError(f"the layer {kind} is not supported")
