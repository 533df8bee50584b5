"""Small pictures made by code."""

import io
import struct
import zlib
from typing import Any

import numpy as np
import PIL.Image
import pytest

from capture.clips import quadrants
from simreg.capture.limits import DEFAULT_LIMITS, CaptureLimits
from simreg.capture.picture import Picture, decode_picture
from simreg.errors import InputError


def encoded(picture: PIL.Image.Image, form: str = "PNG", **options: Any) -> bytes:
    """A picture's file."""
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def sample(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> PIL.Image.Image:
    """Four coloured quadrants in a mode of Pillow's."""
    return PIL.Image.fromarray(quadrants(size)).convert(mode)


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *chunks: bytes) -> bytes:
    """A PNG of any header, with unfiltered rows (each begins with a zero byte)."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = png_chunk(b"IHDR", header) + b"".join(chunks) + png_chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + body + png_chunk(b"IEND", b"")


def png_chunk(kind: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def refusal(data: bytes, limits: CaptureLimits = DEFAULT_LIMITS) -> str:
    """The code that a picture is refused with."""
    with pytest.raises(InputError) as caught:
        decode_picture(data, limits)
    assert caught.value.sentence.endswith(".")
    assert caught.value.remedy.endswith(".")
    return caught.value.code


def pixel(picture: Picture, x: int = 0, y: int = 0) -> list[int]:
    """Red, green and blue of one pixel."""
    assert picture.image.dtype == np.uint8
    assert picture.image.shape == (picture.height, picture.width, 3)
    return [int(value) for value in picture.image[y, x]]
