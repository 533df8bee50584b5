"""Face pictures as they are put into the page itself."""

import base64

import cv2

from simreg.capture.frame import Image

LARGEST_SIDE = 240
"""Pixels of a picture's longer side on the page."""

QUALITY = 85


def data_uri(image: Image) -> str:
    """An `Image` (uint8 RGB, shape (H, W, 3)) as a JPEG of at most 240 pixels a side, in a ``data:`` address."""
    height, width = image.shape[:2]
    share = min(1.0, LARGEST_SIDE / max(height, width))
    if share < 1:
        size = max(1, round(width * share)), max(1, round(height * share))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(image.dtype)
    _, encoded = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return "data:image/jpeg;base64," + base64.b64encode(encoded.tobytes()).decode("ascii")
