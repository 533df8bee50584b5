"""The synthetic subject's film as a page would send it: JPEG for the header, PNG behind it for the engine.

A JPEG does not keep the exact pixels that the synthetic engine reads, so the true picture follows after the JPEG's end.
"""

from functools import lru_cache

import cv2
import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.engine import Engine
from synthetic.engine import synthetic_engine

END = b"\xff\xd9"


@lru_cache(maxsize=400)
def _encoded(pixels: bytes, height: int, width: int) -> bytes:
    image = np.frombuffer(pixels, np.uint8).reshape(height, width, 3)[:, :, ::-1]
    _, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 40])
    _, png = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return bytes(jpeg.tobytes() + png.tobytes())


def encoded(image: Image) -> bytes:
    """The bytes of one frame without its header."""
    return _encoded(image.tobytes(), *image.shape[:2])


def message(frame: Frame, number: int | None = None, milliseconds: int | None = None) -> bytes:
    """One message of the page."""
    head = frame.index if number is None else number, round(1000 * frame.time_s) if milliseconds is None else milliseconds
    return b"".join(value.to_bytes(4, "big") for value in head) + encoded(frame.image)


def decode(jpeg: bytes, width: int, height: int) -> Image:
    """What stands in for the decoder in a worker: the true picture."""
    start = jpeg.index(END + b"\x89PNG") + len(END)
    image = cv2.imdecode(np.frombuffer(jpeg[start:], np.uint8), cv2.IMREAD_COLOR_RGB)
    assert image is not None
    assert image.shape == (height, width, 3)
    return np.asarray(image, np.uint8)


def engine() -> Engine:
    """Made in the worker process."""
    return synthetic_engine()
