import struct

import numpy as np
import PIL.Image
import PIL.ImageOps
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.capture.frame import Image
from simreg.capture.orientation import Orientation, orientation_of_matrix, turn_upright

PICTURE: Image = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
ONE = 1 << 16


def matrix(a: int, b: int, c: int, d: int) -> bytes:
    return struct.pack("=9i", a, b, 0, c, d, 0, 7 * ONE, 9 * ONE, 1 << 30)


def shown_by(a: int, b: int, c: int, d: int) -> Image:
    """Each pixel put where the standard's formula says, moved into view."""
    height, width = PICTURE.shape[:2]
    places = {(p, q): (a * p + c * q, b * p + d * q) for p in range(width) for q in range(height)}
    left, top = (min(place[axis] for place in places.values()) for axis in (0, 1))
    size = (height, width) if a else (width, height)
    shown = np.zeros((*size, 3), np.uint8)
    for (p, q), (x, y) in places.items():
        shown[y - top, x - left] = PICTURE[q, p]
    return shown


@pytest.mark.parametrize("orientation", Orientation)
def test_as_pillow_turns_it(orientation: Orientation) -> None:
    picture = PIL.Image.fromarray(PICTURE)
    picture.getexif()[0x0112] = int(orientation)
    expected = np.asarray(PIL.ImageOps.exif_transpose(picture))
    turned = turn_upright(PICTURE, orientation)
    np.testing.assert_array_equal(turned, expected)
    assert turned.flags.c_contiguous


@pytest.mark.parametrize("orientation", Orientation)
def test_degrees_are_the_turn_after_mirroring(orientation: Orientation) -> None:
    mirrored = orientation in (Orientation.MIRROR, Orientation.FLIP, Orientation.TRANSPOSE, Orientation.TRANSVERSE)
    start = PICTURE[:, ::-1] if mirrored else PICTURE
    np.testing.assert_array_equal(turn_upright(PICTURE, orientation), np.rot90(start, -orientation.degrees // 90))


@pytest.mark.parametrize(
    "directions",
    [
        (1, 0, 0, 1),
        (-1, 0, 0, 1),
        (-1, 0, 0, -1),
        (1, 0, 0, -1),
        (0, 1, 1, 0),
        (0, 1, -1, 0),
        (0, -1, -1, 0),
        (0, -1, 1, 0),
    ],
)
@pytest.mark.parametrize("tilt", [0, 9000])
def test_display_matrix(directions: tuple[int, int, int, int], tilt: int) -> None:
    data = matrix(*(direction * ONE or tilt for direction in directions))
    np.testing.assert_array_equal(turn_upright(PICTURE, orientation_of_matrix(data)), shown_by(*directions))


def test_no_matrix_is_upright() -> None:
    assert orientation_of_matrix(b"") is Orientation.UPRIGHT
    assert orientation_of_matrix(bytes(36)) is Orientation.UPRIGHT


@given(st.binary(max_size=40))
def test_any_matrix_has_an_orientation(data: bytes) -> None:
    assert orientation_of_matrix(data) in Orientation
