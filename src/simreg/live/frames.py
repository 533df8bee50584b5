"""Frames as the page sends them: a header of eight bytes and one JPEG."""

from dataclasses import dataclass

import cv2
import numpy as np

from simreg.capture.frame import Image
from simreg.capture.jpeg import count_scans, jpeg_size
from simreg.errors import InputError

HEADER = 8
"""Bytes before the JPEG: number and milliseconds, four each, the high byte first."""

MOST_SCANS = 12
"""Times over the picture that a progressive JPEG may ask for; a canvas asks for one."""

LEAST_SIDE = 160
"""Pixels below which no face can be large enough."""

AGAIN = "Reload the page. If it goes on, use another browser."


@dataclass(frozen=True, slots=True)
class FrameLimits:
    """What one frame may be: bytes of the whole message, and pixels of the longer side."""

    bytes: int = 256 * 1024
    side: int = 1280


@dataclass(frozen=True, slots=True)
class FrameMessage:
    """``number`` counts up from 0, ``milliseconds`` since the capture began by the page's clock; both as the page says.

    ``width`` and ``height`` are what the JPEG declares.
    """

    number: int
    milliseconds: int
    width: int
    height: int
    jpeg: bytes


def read_frame(data: bytes, limits: FrameLimits) -> FrameMessage:
    """One message of the page, nothing decoded yet. Raises `InputError` ``frame-too-large`` or ``frame-unreadable``."""
    if len(data) > limits.bytes:
        sentence = f"A frame of the capture has more than {limits.bytes // 1024} KB."
        raise InputError("frame-too-large", sentence, AGAIN)
    jpeg = data[HEADER:]
    size = jpeg_size(jpeg)
    if size is None or min(size) < LEAST_SIDE or count_scans(jpeg, MOST_SCANS) > MOST_SCANS:
        raise _unreadable()
    if max(size) > limits.side:
        sentence = f"A frame of the capture is larger than {limits.side} pixels."
        raise InputError("frame-too-large", sentence, AGAIN)
    number, milliseconds = (int.from_bytes(data[at : at + 4], "big") for at in (0, 4))
    return FrameMessage(number, milliseconds, *size, jpeg)


def decode_frame(jpeg: bytes, width: int, height: int) -> Image:
    """The pixels of a frame that `read_frame` has let in. Raises `InputError` ``frame-unreadable``."""
    flags = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), flags)
    except cv2.error:
        raise _unreadable() from None
    if image is None or image.shape != (height, width, 3):
        raise _unreadable()
    return np.asarray(image, np.uint8)


def _unreadable() -> InputError:
    return InputError("frame-unreadable", "A frame of the capture is no picture that can be read.", AGAIN)
