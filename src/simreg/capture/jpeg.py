"""How often a JPEG makes its decoder go over the picture."""

import re

_START_OF_SCAN, _END = 0xDA, 0xD9
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
