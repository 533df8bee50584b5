"""Small recordings made by code, and ways to spoil them."""

import os
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from simreg.capture.frame import Frame, Image
from simreg.capture.video import open_video
from simreg.errors import InputError

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 180, 30), (30, 30, 200), (230, 230, 230)
SIZE = (64, 48)
QUIET = {"libx265": {"x265-params": "log-level=none"}}
Boxes = tuple[bytes, ...]


def quadrants(size: tuple[int, int] = SIZE) -> Image:
    """A picture that shows how it lies: red, green over blue, white."""
    width, height = size
    image = np.empty((height, width, 3), np.uint8)
    image[: height // 2, : width // 2] = RED
    image[: height // 2, width // 2 :] = GREEN
    image[height // 2 :, : width // 2] = BLUE
    image[height // 2 :, width // 2 :] = WHITE
    return image


def corners(image: Image) -> list[str]:
    """Names of the colours upper left, upper right, lower left, lower right."""
    named = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    height, width = image.shape[:2]
    spots = [(height // 4, width // 4), (height // 4, 3 * width // 4)]
    spots += [(3 * height // 4, width // 4), (3 * height // 4, 3 * width // 4)]
    return [
        min(named, key=lambda name: float(np.abs(image[spot] - np.array(named[name], float)).sum())) for spot in spots
    ]


def make_clip(
    path: Path,
    codec: str = "libx264",
    *,
    frames: int = 15,
    size: tuple[int, int] = SIZE,
    fps: int = 15,
    pixels: str = "yuv420p",
    times_ms: Sequence[int] | None = None,
    options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
    picture: Callable[[int], Image] | None = None,
    **tags: Any,
) -> Path:
    """Record moving quadrants; ``times_ms`` sets each frame's time, ``tags`` are set on the encoder."""
    if codec not in av.codecs_available:
        pytest.skip(f"this PyAV has no {codec} encoder")
    with _as_urgent_as_before(), av.open(str(path), "w", options=container_options or {}) as output:
        stream: Any = output.add_stream(codec, rate=fps, options=options or QUIET.get(codec, {}))
        stream.width, stream.height = size
        stream.pix_fmt = pixels
        if times_ms is not None:
            stream.codec_context.time_base = Fraction(1, 1000)
        for name, value in tags.items():
            setattr(stream.codec_context, name, value)
        for index in range(frames):
            frame = _encodable(picture(index) if picture else _moving(index, size), pixels, tags)
            if times_ms is not None:
                frame.pts, frame.time_base = times_ms[index], Fraction(1, 1000)
            output.mux(stream.encode(frame))
        output.mux(stream.encode())
    return path


@contextmanager
def _as_urgent_as_before() -> Iterator[None]:
    """Undo what SVT-AV1 does for root: it makes the thread that opens it a real-time one, which starves all others."""
    before = os.sched_getscheduler(0) if hasattr(os, "sched_getscheduler") else None
    yield
    if before is not None and os.sched_getscheduler(0) != before:
        os.sched_setscheduler(0, before, os.sched_param(0))


def _moving(index: int, size: tuple[int, int]) -> Image:
    image = quadrants(size)
    image[size[1] // 2 - 2 : size[1] // 2 + 2, index % size[0]] = 0
    return image


def _encodable(image: Image, pixels: str, tags: dict[str, Any]) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(image, format="rgb24")
    colour = {"dst_colorspace": tags.get("colorspace"), "dst_color_range": tags.get("color_range")}
    return frame.reformat(format=pixels, **colour)


def read(path: Path, **arguments: Any) -> list[Frame]:
    """All frames of a recording."""
    with open_video(path, **arguments) as source:
        return list(source)


def refusal(path: Path, **arguments: Any) -> InputError:
    """The error that a recording is refused with."""
    with pytest.raises(InputError) as caught:
        read(path, **arguments)
    assert caught.value.sentence.endswith(".")
    assert caught.value.remedy.endswith(".")
    assert str(path.parent) not in str(caught.value)
    return caught.value


def edit_box(data: bytes, path: Boxes, edit: Callable[[bytes], bytes]) -> bytes:
    """An MP4 with one box replaced by what ``edit`` makes of it, and its parents' lengths mended."""
    start, end, parents = 0, len(data), []
    for kind in path:
        while data[start + 4 : start + 8] != kind:
            start += struct.unpack(">I", data[start : start + 4])[0]
            assert start < end, f"no box {kind!r}"
        end = start + struct.unpack(">I", data[start : start + 4])[0]
        parents.append(start)
        start += 8
    start = parents.pop()
    box = edit(data[start:end])
    edited = bytearray(data[:start] + box + data[end:])
    for parent in parents:
        length = struct.unpack(">I", edited[parent : parent + 4])[0] + len(box) - (end - start)
        edited[parent : parent + 4] = struct.pack(">I", length)
    return bytes(edited)


def box(kind: bytes, *content: bytes) -> bytes:
    """A box of ISO/IEC 14496-12."""
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def put(data: bytes, at: int, value: bytes) -> bytes:
    """Bytes with some overwritten."""
    return data[:at] + value + data[at + len(value) :]


TABLES: Boxes = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
