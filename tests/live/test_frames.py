"""Messages of the page: what is let in, and what is not."""

import struct

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.errors import InputError
from simreg.live.frames import FrameLimits, decode_frame, read_frame

LIMITS = FrameLimits()
SIDE_640 = cv2.imencode(".jpg", np.full((480, 640, 3), 90, np.uint8))[1].tobytes()


def header(number: int = 3, milliseconds: int = 250) -> bytes:
    return struct.pack(">II", number, milliseconds)


def jpeg(width: int, height: int, *flags: int) -> bytes:
    return bytes(cv2.imencode(".jpg", np.full((height, width, 3), 90, np.uint8), list(flags))[1].tobytes())


def test_a_frame_is_read_without_being_decoded() -> None:
    frame = read_frame(header() + SIDE_640, LIMITS)
    assert (frame.number, frame.milliseconds, frame.width, frame.height) == (3, 250, 640, 480)
    assert decode_frame(frame.jpeg, 640, 480).shape == (480, 640, 3)


def test_red_is_the_first_channel() -> None:
    image = np.zeros((200, 200, 3), np.uint8)
    image[..., 2] = 200  # OpenCV writes blue, green, red
    data = cv2.imencode(".jpg", image)[1].tobytes()
    assert decode_frame(data, 200, 200)[100, 100] == pytest.approx([200, 0, 0], abs=4)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "frame-unreadable"),
        (header(), "frame-unreadable"),
        (header() + b"\x89PNG\r\n\x1a\n" + b"0" * 100, "frame-unreadable"),
        (header() + jpeg(120, 400), "frame-unreadable"),
        (header() + jpeg(1300, 400), "frame-too-large"),
        (header() + b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff" + b"0" * 50, "frame-too-large"),
        (header() + SIDE_640 + b"0" * 300_000, "frame-too-large"),
        (header() + b"\xff\xd8\xff\xc0\x00", "frame-unreadable"),
        (header() + SIDE_640[:2] + b"\xff\xda" + SIDE_640[2:], "frame-unreadable"),
    ],
)
def test_what_is_no_frame_is_refused_before_it_is_decoded(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as error:
        read_frame(data, LIMITS)
    assert error.value.code == code


def test_a_jpeg_with_countless_scans_is_refused() -> None:
    progressive = jpeg(640, 480, cv2.IMWRITE_JPEG_PROGRESSIVE, 1)
    read_frame(header() + progressive, LIMITS)
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x00\x00" + b"\x00" * 8
    with pytest.raises(InputError, match="no picture"):
        read_frame(header() + progressive[:-2] + scan * 20, LIMITS)


@pytest.mark.parametrize("size", [(640, 481), (480, 640)])
def test_a_picture_of_another_size_than_declared_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(InputError):
        decode_frame(SIDE_640, *size)


@given(st.binary(max_size=400), st.integers(0, len(SIDE_640)))
def test_nothing_but_an_input_error_comes_of_odd_bytes(junk: bytes, cut: int) -> None:
    codes = set()
    for data in (junk, header() + junk, header() + SIDE_640[:cut] + junk):
        try:
            frame = read_frame(data, LIMITS)
            decode_frame(frame.jpeg, frame.width, frame.height)
        except InputError as error:
            codes.add(error.code)
    assert codes <= {"frame-unreadable", "frame-too-large"}
