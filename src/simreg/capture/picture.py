"""Pictures, from a file or from bytes, to upright RGB."""

import io
import warnings
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import PIL.Image
from PIL import features

from simreg.capture.files import open_regular
from simreg.capture.frame import Image
from simreg.capture.jpeg import count_scans
from simreg.capture.limits import DEFAULT_LIMITS, MEGABYTE, CaptureLimits
from simreg.capture.orientation import Orientation, turn_upright
from simreg.capture.pixels import to_rgb
from simreg.capture.signature import SIGNATURE_BYTES, Kind, kind_of
from simreg.errors import InputError

_FORMATS = (Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.BMP, Kind.TIFF, Kind.GIF, Kind.AVIF)
_VIDEOS = (Kind.MP4, Kind.MATROSKA, Kind.AVI)
_EXIF_ORIENTATION = 0x0112
_MOST_SCANS = 100
_COPIED = (Kind.WEBP, Kind.AVIF)  # these decoders keep two or three copies of the pixels

warnings.filterwarnings("ignore", module=r"PIL\.")  # of large sizes and odd metadata: both are judged here


@dataclass(frozen=True, slots=True)
class Picture:
    """A still picture: upright pixels, their width and height, and the format's name as Pillow has it."""

    image: Image
    width: int
    height: int
    format: str


def read_picture(path: Path, limits: CaptureLimits = DEFAULT_LIMITS) -> Picture:
    """Read a picture from a file. Raises `InputError`, as `decode_picture` does."""
    with open_regular(path, limits.picture_bytes) as file:
        return decode_picture(file.read(limits.picture_bytes + 1), limits)


def decode_picture(data: bytes, limits: CaptureLimits = DEFAULT_LIMITS) -> Picture:
    """Decode a JPEG, PNG, WebP, BMP, TIFF, GIF or AVIF picture.

    Turned as its EXIF says; transparency laid over white; 16 bits scaled to 8; grey, palette and CMYK made RGB; the
    first one of an animation; reduced where its long side is above ``limits.picture_reduced_side``. Raises `InputError`
    for whatever is no such picture, is damaged or incomplete, or is beyond the limits, which are held before decoding.
    """
    kind = _checked_kind(data, limits)
    try:
        pixels, orientation, name = _decode(data, kind, limits)
    except InputError:
        raise
    except Exception:  # Pillow's readers raise almost anything on damaged data
        raise _damaged() from None
    image = turn_upright(_reduced(pixels, limits.picture_reduced_side), orientation)
    height, width = image.shape[:2]
    return Picture(image, width, height, name)


def _checked_kind(data: bytes, limits: CaptureLimits) -> Kind:
    if not data:
        raise InputError("file-empty", "The picture is empty.", "Copy or take it again.")
    if len(data) > limits.picture_bytes:
        sentence = f"The picture has more than {limits.picture_bytes / MEGABYTE:,.0f} MB."
        raise InputError("file-too-big", sentence, "Give a smaller one.")
    kind = kind_of(data[:SIGNATURE_BYTES])
    if kind in _VIDEOS:
        sentence = "A picture is needed, and this is a recording."
        raise InputError("picture-is-video", sentence, "Give a photograph, as JPEG or PNG.")
    if kind is Kind.HEIF or (kind is Kind.AVIF and not features.check("avif")):
        raise InputError("picture-heic", "HEIC and AVIF pictures cannot be read here.", "Convert it to JPEG or PNG.")
    if kind not in _FORMATS:
        sentence = "The file is not a picture that can be read."
        remedy = "Give a JPEG or PNG; export a page of a PDF as a picture first."
        raise InputError("picture-unknown", sentence, remedy)
    if kind is Kind.JPEG and count_scans(data, _MOST_SCANS) > _MOST_SCANS:
        raise _damaged()
    return kind


def _decode(data: bytes, kind: Kind, limits: CaptureLimits) -> tuple[Image, Orientation, str]:
    try:
        picture = PIL.Image.open(io.BytesIO(data), formats=[kind.value])
    except PIL.Image.DecompressionBombError:
        raise _too_large(limits) from None
    with picture:
        width, height = picture.size
        most = limits.picture_pixels // (2 if kind in _COPIED else 1)
        if max(width, height) > limits.picture_side or width * height > most:
            raise _too_large(limits)
        shrink = max(1.0, max(width, height) / limits.picture_reduced_side)
        picture.draft(None, (max(1, int(width / shrink)), max(1, int(height / shrink))))
        picture.load()
        return to_rgb(picture), _orientation(picture), picture.format or ""


def _reduced(image: Image, side: int) -> Image:
    height, width = image.shape[:2]
    if max(width, height) <= side:
        return image
    scale = side / max(width, height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _orientation(picture: PIL.Image.Image) -> Orientation:
    """What EXIF says; upright where it says nothing or is damaged itself, as viewers do."""
    try:
        return Orientation(picture.getexif().get(_EXIF_ORIENTATION, 1))
    except Exception:
        return Orientation.UPRIGHT


def _damaged() -> InputError:
    sentence = "The picture is damaged or incomplete."
    return InputError("picture-damaged", sentence, "Copy it again from where it was taken, or take it again.")


def _too_large(limits: CaptureLimits) -> InputError:
    most, side = limits.picture_pixels / 1e6, limits.picture_side
    sentence = (
        f"The picture has too many pixels: at most {most:.0f} million are read (WebP, AVIF: half), and {side:,} a side."
    )
    return InputError("picture-too-large", sentence, "Save it smaller; 2,000 pixels a side are plenty.")
