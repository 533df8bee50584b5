import struct
import zlib
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.clips import make_clip
from capture.pictures import encoded, png, png_chunk, refusal, sample
from simreg.capture.jpeg import count_scans
from simreg.capture.limits import CaptureLimits
from simreg.capture.picture import decode_picture, read_picture
from simreg.errors import InputError

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")

FORMS = ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "AVIF"]
SAMPLES = {form: encoded(sample(), form) for form in FORMS}
SIGNATURES = [data[:16] for data in SAMPLES.values()]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("text", b"hello, I am a text\n", "picture-unknown"),
        ("pdf", b"%PDF-1.7\n", "picture-unknown"),
        ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture-unknown"),
        ("postscript", b"%!PS-Adobe-3.0\nquit\n", "picture-unknown"),
        ("heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100), "picture-heic"),
        ("empty", b"", "file-empty"),
        ("float", encoded(PIL.Image.fromarray(np.ones((4, 4), np.float32)), "TIFF"), "picture-damaged"),
    ],
)
def test_what_is_no_picture(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert refusal(data) == code
    (tmp_path / f"{name}.jpg").write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_picture(tmp_path / f"{name}.jpg")
    assert caught.value.code == code


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "libx264"), ("a.webm", "libvpx"), ("a.avi", "mpeg4")])
def test_a_recording(tmp_path: Path, name: str, codec: str) -> None:
    assert refusal(make_clip(tmp_path / name, codec).read_bytes()) == "picture-is-video"


@pytest.mark.parametrize("size", [(50_000, 50_000), (20_001, 1), (1, 2**31 - 1), (10_001, 5_000), (12_000, 12_000)])
def test_dimensions_are_read_before_decoding(size: tuple[int, int]) -> None:
    assert refusal(png(*size, 8, 2, b"")) == "picture-too-large"


def test_a_gif_that_declares_65535_a_side() -> None:
    data = SAMPLES["GIF"]
    assert refusal(data[:6] + struct.pack("<HH", 65535, 65535) + data[10:]) == "picture-too-large"


def test_a_bmp_that_declares_50000_a_side() -> None:
    data = SAMPLES["BMP"]
    assert refusal(data[:18] + struct.pack("<ii", 50_000, 50_000) + data[26:]) == "picture-too-large"


@pytest.mark.parametrize("form", ["WEBP", "AVIF"])
def test_formats_that_take_more_memory_are_held_to_half_of_the_pixels(form: str) -> None:
    limits = CaptureLimits(picture_pixels=64 * 48)
    assert refusal(SAMPLES[form], limits) == "picture-too-large"
    assert decode_picture(SAMPLES["PNG"], limits).width == 64


def test_more_bytes_than_the_limit() -> None:
    assert refusal(SAMPLES["BMP"], CaptureLimits(picture_bytes=1000)) == "file-too-big"


def test_compressed_text_that_unfolds_to_a_gigabyte() -> None:
    bomb = zlib.compressobj(9)
    folded = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(256)) + bomb.flush()
    for chunk in (png_chunk(b"zTXt", b"a\0\0" + folded), png_chunk(b"iCCP", b"a\0\0" + folded)):
        data = png(1, 1, 8, 0, b"\0\0", chunk)
        try:
            assert decode_picture(data).width == 1
        except InputError as error:
            assert error.code == "picture-damaged"  # noqa: PT017  (either may be)


def test_pixels_that_unfold_to_more_than_the_header_says() -> None:
    assert decode_picture(png(2, 2, 8, 0, bytes(50_000_000))).image.shape == (2, 2, 3)


def test_a_jpeg_of_endless_scans() -> None:
    data = encoded(sample(), "JPEG", progressive=True)
    scan = data.rindex(b"\xff\xda")
    assert decode_picture(data).width == 64
    assert refusal(data[:scan] + data[scan:-2] * 200 + data[-2:]) == "picture-damaged"


def test_film_behind_a_phone_picture_is_not_taken_for_scans() -> None:
    film = b"\xff\xda\x00\x02" * 30_000
    assert count_scans(SAMPLES["JPEG"] + film, 5) == 1
    assert decode_picture(SAMPLES["JPEG"] + film).width == 64


def test_data_inside_a_segment_are_not_taken_for_scans() -> None:
    comment = b"\xff\xfe" + struct.pack(">H", 4002) + b"\xff\xda\x00\x02" * 1000
    assert decode_picture(SAMPLES["JPEG"][:2] + comment + SAMPLES["JPEG"][2:]).width == 64


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("GIF", "BMP")])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_truncated(form: str, share: float) -> None:
    rng = np.random.default_rng(1)
    data = encoded(PIL.Image.fromarray(rng.integers(0, 255, (120, 160, 3), np.uint8)), form)
    assert refusal(data[: int(share * len(data))]) == "picture-damaged"


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([b"", *SIGNATURES]), st.binary(max_size=300))
def test_random_bytes_never_raise_anything_else(start: bytes, data: bytes) -> None:
    decode_or_refuse(start + data)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(FORMS),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    st.floats(0.05, 1),
)
def test_damaged_bytes_never_raise_anything_else(form: str, damage: list[tuple[float, int]], share: float) -> None:
    data = bytearray(SAMPLES[form])
    for place, value in damage:
        data[int(place * len(data))] = value
    decode_or_refuse(bytes(data[: int(share * len(data))]))


def decode_or_refuse(data: bytes) -> None:
    try:
        picture = decode_picture(data, CaptureLimits(picture_pixels=1_000_000))
    except InputError as error:
        assert error.code.startswith(("picture-", "file-"))  # noqa: PT017  (either may be)
    else:
        assert picture.image.shape == (picture.height, picture.width, 3)
