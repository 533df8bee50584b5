"""How often a JPEG makes its decoder go over the picture."""

import re

_START_OF_SCAN, _END = 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_READ = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended and progressive, each with Huffman codes
_START = b"\xff\xd8\xff"
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd8])")  # neither a stuffed byte, a filler, a restart nor a start


def count_scans(data: bytes, most: int) -> int:
    """Scans of the first picture in the data, counted up to ``most`` + 1.

    A progressive file may hold any number of scans in a few bytes each, and every one costs a pass over all pixels.
    Markers: ITU-T T.81, B.1.1.
    """
    scans, at = 0, 2
    while scans <= most and (found := _MARKER.search(data, at)):
        marker, at = found.group()[1], found.end()
        if marker == _END:
            break
        scans += marker == _START_OF_SCAN
        at += int.from_bytes(data[at : at + 2], "big")
    return scans


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height that the first frame header declares, without decoding; None for what is no usual JPEG.

    Frame header: ITU-T T.81, B.2.2.
    """
    if not data.startswith(_START):
        return None
    at = 2
    while found := _MARKER.search(data, at):
        marker, at = found.group()[1], found.end()
        if marker in _FRAMES:
            height, width = int.from_bytes(data[at + 3 : at + 5], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
            return (width, height) if marker in _READ and width and height else None
        if marker in (_START_OF_SCAN, _END):
            return None
        at += int.from_bytes(data[at : at + 2], "big")
    return None
