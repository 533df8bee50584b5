"""What a file is, by its first bytes and never by its name."""

from enum import StrEnum


class Kind(StrEnum):
    """Formats that are told apart. What is none of these is not read at all."""

    MP4 = "mp4"
    MATROSKA = "matroska"
    AVI = "avi"
    GIF = "gif"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    BMP = "bmp"
    TIFF = "tiff"
    AVIF = "avif"
    HEIF = "heif"
    PDF = "pdf"
    UNKNOWN = "unknown"


SIGNATURE_BYTES = 64

_BEGINNINGS = (
    (b"\x1a\x45\xdf\xa3", Kind.MATROSKA),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"BM", Kind.BMP),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"%PDF-", Kind.PDF),
)
_RIFF_FORMS = {b"AVI ": Kind.AVI, b"WEBP": Kind.WEBP}
_QUICKTIME_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def kind_of(start: bytes) -> Kind:
    """The format whose signature the first `SIGNATURE_BYTES` bytes of a file bear."""
    if start[:4] == b"RIFF":
        return _RIFF_FORMS.get(start[8:12], Kind.UNKNOWN)
    if start[4:8] == b"ftyp":
        return _kind_of_brands(start)
    if start[4:8] in _QUICKTIME_BOXES:
        return Kind.MP4
    return next((kind for beginning, kind in _BEGINNINGS if start.startswith(beginning)), Kind.UNKNOWN)


def _kind_of_brands(start: bytes) -> Kind:
    """Tell still pictures from film by the major brand, then by the brands it is compatible with."""
    length = int.from_bytes(start[:4], "big")
    others = {start[at : at + 4] for at in range(16, min(length, len(start)), 4)}
    major = start[8:12]
    if major in _AVIF_BRANDS or (major in _HEIF_BRANDS and others & _AVIF_BRANDS):
        return Kind.AVIF
    return Kind.HEIF if major in _HEIF_BRANDS else Kind.MP4
