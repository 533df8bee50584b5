"""Whatever a picture's pixels are made of to 8-bit RGB."""

import cv2
import numpy as np
import PIL.Image

from simreg.capture.frame import Image

_BAND_PIXELS = 1 << 20


def to_rgb(picture: PIL.Image.Image) -> Image:
    """The pixels of a loaded picture of any mode: uint8 RGB, shape (height, width, 3).

    It goes band by band, so that a large picture is never held a third time. Raises `ValueError` for modes that have
    no plain colour (Lab, floating point).
    """
    width, height = picture.size
    image = np.empty((height, width, 3), np.uint8)
    rows = max(1, _BAND_PIXELS // width)
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        image[top:bottom] = _band_to_rgb(picture.crop((0, top, width, bottom)))
    return image


def _band_to_rgb(band: PIL.Image.Image) -> Image:
    if band.mode == "F":
        raise ValueError("floating point pixels have no known white")
    if band.mode.startswith("I"):
        grey = (np.clip(np.asarray(band), 0, 0xFFFF) >> 8).astype(np.uint8)
        return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)
    if band.has_transparency_data:
        white = PIL.Image.new("RGBA", band.size, "white")
        band = PIL.Image.alpha_composite(white, band.convert("RGBA"))
    return np.asarray(band.convert("RGB"))
