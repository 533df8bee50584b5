"""Makes small files of the kind in which dlib keeps its face recognition network."""

from dataclasses import dataclass

import numpy as np

from .running import Array, random

MEANS = (122.5, 117.0, 104.25)


def integer(value: int) -> bytes:
    """A whole number: a byte with length and sign, then little endian."""
    length = max((abs(value).bit_length() + 7) // 8, 1)
    return bytes([length | (0x80 if value < 0 else 0)]) + abs(value).to_bytes(length, "little")


def integers(*values: int) -> bytes:
    """Several whole numbers."""
    return b"".join(map(integer, values))


def real(value: float) -> bytes:
    """A real number: mantissa and exponent."""
    return integer(round(value * 2**24)) + integer(-24)


def text(value: str) -> bytes:
    """A string."""
    return integer(len(value)) + value.encode()


def tensor(values: Array) -> bytes:
    """A tensor of one axis, written with four."""
    return integers(2, values.size, 1, 1, 1) + values.astype("<f4").tobytes()


REST = b"110" + 3 * integers(2, 0, 0, 0, 0)
"""What follows the parameters of each layer: three truth values and three empty tensors."""


@dataclass
class Unit:
    """A convolution with its scale and shift."""

    weights: Array
    bias: Array
    scale: Array
    shift: Array
    stride: int

    @property
    def pad(self) -> int:
        """Padding on each side, as dlib chooses it."""
        return 0 if self.stride > 1 else self.weights.shape[2] // 2

    def layers(self) -> list[bytes]:
        """The file's entries for it."""
        filters, size = self.weights.shape[0], self.weights.shape[2]
        head = text("con_4") + tensor(np.concatenate([self.weights.ravel(), self.bias]))
        head += integers(filters, size, size, self.stride, self.stride, self.pad, self.pad)
        convolution = head + integers(*[1] * 10) + 4 * real(1) + REST
        affine = text("affine_") + tensor(np.concatenate([self.scale, self.shift])) + integers(*[1] * 11) + REST
        return [convolution, affine]

    def apply(self, value: Array) -> Array:
        """Its result for a value (channels, rows, columns)."""
        size = self.weights.shape[2]
        padded = np.pad(value, [(0, 0), (self.pad, self.pad), (self.pad, self.pad)])
        windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size), axis=(1, 2))
        mixed = np.einsum("krcij,okij->orc", windows[:, :: self.stride, :: self.stride], self.weights)
        each = (slice(None), None, None)
        return np.asarray((mixed + self.bias[each]) * self.scale[each] + self.shift[each], np.float32)


def unit(filters: int, channels: int, size: int, stride: int, seed: int) -> Unit:
    """A convolution with arbitrary numbers."""
    weights = random(filters, channels, size, size, seed=seed) / size / channels**0.5
    bias, scale, shift = (random(filters, seed=seed + more) for more in (1, 2, 3))
    return Unit(weights, bias, scale, shift, stride)


RELU = text("relu_") + REST
ADD = text("add_prev_") + REST
MAX_POOL = text("max_pool_2") + integers(3, 3, 2, 2, 0, 0) + REST
AVERAGE_POOL = text("avg_pool_2") + integers(2, 2, 2, 2, 0, 0) + REST
POOL_ALL = text("avg_pool_2") + integers(0, 0, 1, 1, 0, 0) + REST
STEM, SAME, DOWN, BACK = unit(4, 3, 5, 2, 1), unit(4, 4, 3, 1, 2), unit(6, 4, 3, 2, 3), unit(6, 6, 3, 1, 4)
LAST = random(6, 5, seed=5)


def dlib_file(side: int = 27) -> bytes:
    """A network with one plain residual block and one that halves the picture and has more channels."""
    layers = [*STEM.layers(), RELU, MAX_POOL]
    layers += [*SAME.layers(), RELU, *SAME.layers(), ADD, RELU]
    layers += [*DOWN.layers(), RELU, *BACK.layers(), AVERAGE_POOL, ADD, RELU, POOL_ALL]
    layers[0] += integer(1)
    start = integer(1) + text("loss_metric_2") + real(0.04) + real(0.6) + integers(2, 1, 2, 2, 1, 2)
    picture = text("input_rgb_image_sized") + b"".join(map(real, MEANS)) + integers(side, side)
    return start + picture + b"".join(layers) + text("fc_2") + integers(5, 6) + tensor(LAST) + b"ends as it may"


def dlib_template(picture: Array) -> Array:
    """What that network gives for a picture (rows, columns, 3) of 0..255."""
    value = np.asarray((picture.transpose(2, 0, 1) - np.array(MEANS)[:, None, None]) / 256, np.float32)
    value = _windows(np.maximum(STEM.apply(value), 0), 3).max(axis=(-2, -1))
    value = np.maximum(value + SAME.apply(np.maximum(SAME.apply(value), 0)), 0)
    halved = BACK.apply(np.maximum(DOWN.apply(value), 0))
    pooled = _windows(value, 2).mean(axis=(-2, -1))
    size = tuple(max(pair) for pair in zip(halved.shape, pooled.shape, strict=True))
    value = np.zeros(size, np.float32)
    for part in (halved, pooled):
        value[: part.shape[0], : part.shape[1], : part.shape[2]] += part
    return np.asarray(np.maximum(value, 0).mean(axis=(1, 2)) @ LAST, np.float32)


def _windows(value: Array, size: int) -> Array:
    return np.lib.stride_tricks.sliding_window_view(value, (size, size), axis=(1, 2))[:, ::2, ::2]
