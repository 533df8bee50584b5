import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.capture.signature import Kind, kind_of


def ftyp(major: bytes, *others: bytes) -> bytes:
    return struct.pack(">I4s4sI", 16 + 4 * len(others), b"ftyp", major, 0) + b"".join(others) + b"\0\0\0\x08free"


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (ftyp(b"isom", b"iso2", b"avc1"), Kind.MP4),
        (ftyp(b"qt  "), Kind.MP4),
        (ftyp(b"3gp4"), Kind.MP4),
        (ftyp(b"heic", b"mif1"), Kind.HEIF),
        (ftyp(b"mif1", b"heic"), Kind.HEIF),
        (ftyp(b"mif1", b"avif"), Kind.AVIF),
        (ftyp(b"avif", b"mif1"), Kind.AVIF),
        (b"\0\0\0\x08wide\0\0\0\x08mdat", Kind.MP4),
        (b"\x1a\x45\xdf\xa3\x01", Kind.MATROSKA),
        (b"RIFF\0\0\0\0AVI LIST", Kind.AVI),
        (b"RIFF\0\0\0\0WEBPVP8 ", Kind.WEBP),
        (b"RIFF\0\0\0\0WAVEfmt ", Kind.UNKNOWN),
        (b"GIF89a", Kind.GIF),
        (b"\xff\xd8\xff\xe0", Kind.JPEG),
        (b"%PDF-1.7", Kind.PDF),
        (b"#EXTM3U\n", Kind.UNKNOWN),
        (b"ffconcat version 1.0\n", Kind.UNKNOWN),
        (b"v=0\r\no=- 0 0 IN IP4 127.0.0.1", Kind.UNKNOWN),
        (b"<?xml version='1.0'?><MPD", Kind.UNKNOWN),
        (b"", Kind.UNKNOWN),
    ],
)
def test_kinds(start: bytes, kind: Kind) -> None:
    assert kind_of(start) is kind


@given(st.binary(max_size=64))
def test_any_bytes_have_a_kind(start: bytes) -> None:
    assert kind_of(start) in Kind
