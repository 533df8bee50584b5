import struct
from pathlib import Path

import cv2
import numpy as np
import PIL.Image
import PIL.ImageOps
import pytest

from capture.clips import corners, quadrants
from capture.pictures import encoded, pixel, png, png_chunk, sample
from simreg.capture.limits import CaptureLimits
from simreg.capture.picture import decode_picture, read_picture

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")

AS_SEEN = ["red", "green", "blue", "white"]
EXIF_ORIENTATION = 0x0112


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_bytes(encoded(sample()))
    picture = read_picture(tmp_path / "a.dat")
    assert (picture.width, picture.height, picture.format) == (64, 48, "PNG")
    np.testing.assert_array_equal(picture.image, quadrants())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "AVIF"])
def test_every_format(form: str) -> None:
    picture = decode_picture(encoded(sample(), form))
    assert picture.format == form
    assert corners(picture.image) == AS_SEEN


@pytest.mark.parametrize("mode", ["L", "LA", "1", "P", "RGBA", "RGB"])
def test_modes_of_png(mode: str) -> None:
    expected = np.asarray(sample(mode).convert("RGB"))
    np.testing.assert_array_equal(decode_picture(encoded(sample(mode))).image, expected)


def test_a_phone_picture_with_a_second_one_inside() -> None:
    data = encoded(sample(), "MPO", save_all=True, append_images=[sample("L")])
    assert corners(decode_picture(data).image) == AS_SEEN


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_exif_orientation(form: str, orientation: int) -> None:
    exif = PIL.Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    lying = sample()
    lying.getexif()[EXIF_ORIENTATION] = orientation
    expected = np.asarray(PIL.ImageOps.exif_transpose(lying))
    picture = decode_picture(encoded(sample(), form, exif=exif))
    assert picture.image.shape == expected.shape
    assert corners(picture.image) == corners(expected)


@pytest.mark.parametrize("value", [0, 9, 77])
def test_an_orientation_that_does_not_exist_is_upright(value: int) -> None:
    exif = PIL.Image.Exif()
    exif[EXIF_ORIENTATION] = value
    assert corners(decode_picture(encoded(sample(), "JPEG", exif=exif)).image) == AS_SEEN


def test_damaged_exif_is_upright() -> None:
    data = encoded(sample(), "JPEG", exif=b"Exif\0\0MM\0\x2a\xff\xff\xff\xff")
    assert corners(decode_picture(data).image) == AS_SEEN


def test_alpha_is_laid_over_white() -> None:
    colours = np.array([[[200, 0, 0, 255], [200, 0, 0, 0], [200, 0, 0, 128]]], np.uint8)
    picture = decode_picture(encoded(PIL.Image.fromarray(colours)))
    assert pixel(picture, 0) == [200, 0, 0]
    assert pixel(picture, 1) == [255, 255, 255]
    assert pixel(picture, 2) == pytest.approx([227, 127, 127], abs=1)


@pytest.mark.parametrize(("depth", "colour", "row"), [(8, 2, b"\0\x0a\x14\x1e"), (8, 0, b"\0\x0a")])
def test_a_colour_that_means_transparent_is_white(depth: int, colour: int, row: bytes) -> None:
    hidden = b"\0\x0a\0\x14\0\x1e" if colour == 2 else b"\0\x0a"
    picture = decode_picture(png(1, 1, depth, colour, row, png_chunk(b"tRNS", hidden)))
    assert pixel(picture) == [255, 255, 255]


@pytest.mark.parametrize(("value", "expected"), [(0, 0), (0x80FF, 0x80), (0xFFFF, 0xFF)])
def test_16_bit_grey(value: int, expected: int) -> None:
    picture = decode_picture(png(1, 1, 16, 0, struct.pack(">BH", 0, value)))
    assert pixel(picture) == [expected] * 3


def test_16_bit_grey_tiff_of_either_byte_order() -> None:
    for order in ("<u2", ">u2"):
        data = encoded(PIL.Image.fromarray(np.full((4, 4), 0x8001, order)), "TIFF")
        assert pixel(decode_picture(data)) == [0x80] * 3


def test_16_bit_colour_and_alpha() -> None:
    assert pixel(decode_picture(png(1, 1, 16, 2, struct.pack(">BHHH", 0, 0x4000, 0x8000, 0xFFFF)))) == [0x40, 0x80, 0xFF]
    assert pixel(decode_picture(png(1, 1, 16, 6, struct.pack(">BHHHH", 0, 0x4000, 0x8000, 0xFFFF, 0)))) == [255] * 3


def test_cmyk_tiff() -> None:
    picture = decode_picture(encoded(sample("CMYK"), "TIFF"))
    np.testing.assert_array_equal(picture.image, np.asarray(sample("CMYK").convert("RGB")))


def test_cmyk_jpeg_with_inverted_inks() -> None:
    data = encoded(sample("CMYK"), "JPEG", quality=95)
    assert b"Adobe" in data
    assert corners(decode_picture(data).image) == AS_SEEN


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "AVIF", "TIFF"])
def test_the_first_of_an_animation(form: str) -> None:
    black = PIL.Image.new("RGB", (64, 48))
    picture = decode_picture(encoded(sample(), form, save_all=True, append_images=[black, black]))
    assert corners(picture.image) == AS_SEEN


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(130, 90), (90, 130), (101, 1)])
def test_a_large_picture_is_reduced(form: str, size: tuple[int, int]) -> None:
    limits = CaptureLimits(picture_reduced_side=100)
    data = encoded(sample(size=size), form, **({"quality": 95} if form == "JPEG" else {}))
    picture = decode_picture(data, limits)
    assert max(picture.width, picture.height) == 100
    assert picture.width / picture.height == pytest.approx(size[0] / size[1], rel=0.02)
    assert size[1] == 1 or corners(picture.image) == AS_SEEN


def test_a_48_megapixel_jpeg_keeps_4000_pixels() -> None:
    data = encoded(PIL.Image.new("L", (8000, 6000), 90), "JPEG")
    picture = decode_picture(data)
    assert (picture.width, picture.height) == (4000, 3000)
    assert pixel(picture, 2000, 1500) == [90, 90, 90]


def test_reducing_is_an_average() -> None:
    fine = np.indices((200, 200)).sum(0) % 2 * 255
    picture = decode_picture(encoded(PIL.Image.fromarray(fine.astype(np.uint8))), CaptureLimits(picture_reduced_side=100))
    assert np.abs(picture.image.astype(int) - 127).max() <= 1


def test_pixels_agree_with_another_decoder() -> None:
    data = encoded(sample(), "JPEG", quality=90)
    other = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert other is not None
    assert np.abs(decode_picture(data).image.astype(int) - other[..., ::-1]).max() <= 2


def test_bands_join_without_a_seam() -> None:
    tall = np.repeat(np.arange(3000, dtype=np.uint16)[:, None] % 251, 900, 1).astype(np.uint8)
    picture = decode_picture(encoded(PIL.Image.fromarray(tall)))
    np.testing.assert_array_equal(picture.image[..., 1], tall)
