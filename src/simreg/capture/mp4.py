"""What an MP4 or QuickTime file claims, read before FFmpeg believes it.

FFmpeg makes an entry for each sample that a table claims, so that a file of 70 kB can ask for gigabytes. Boxes and
tables: ISO/IEC 14496-12, 4.2 and 8.6 to 8.8.
"""

import math
import re
from typing import BinaryIO

import numpy as np

from simreg.capture.limits import MEGABYTE, CaptureLimits
from simreg.errors import InputError

_MOST_BOXES = 50_000
_MOST_TABLES = 1_000
_MOST_HEADER_BYTES = 16 * MEGABYTE
_TABLES = re.compile(rb"stsz|stz2|trun|stts|ctts|elst|cmov|iinf|iloc")
_UNBOUNDED = (b"cmov", b"iinf", b"iloc")  # a compressed header, and the items of a still picture
_NEEDED = (b"moov", b"moof", b"mdat")


def check_mp4(file: BinaryIO, limits: CaptureLimits) -> None:
    """Refuse an MP4 whose tables claim more than ``limits.samples``, or that ends before its last box does.

    Leaves the file's position anywhere. Raises `InputError`.
    """
    size = file.seek(0, 2)
    at, read, claims = 0, 0, _Claims()
    for _ in range(_MOST_BOXES):
        kind, length = _box(file, at, size)
        if length == 0:
            return
        if kind in _NEEDED and at + length > size:
            sentence = "The recording ends before its own table of contents says."
            raise InputError("capture-incomplete", sentence, "Copy it again completely, or record again.")
        if kind != b"mdat":
            read += length
            if read > _MOST_HEADER_BYTES:
                break
            claims.add(file.read(length))
            if claims.samples > limits.samples:
                break
        at += length
    sentence = "The recording's table of contents is larger than any recording of this length needs."
    raise InputError("capture-header-too-large", sentence, "Record again, or convert it to a plain MP4.")


def _box(file: BinaryIO, at: int, size: int) -> tuple[bytes, int]:
    """Kind and length of the box at a position; length 0 where there is none. The file stands at the box."""
    file.seek(at)
    head = file.read(16)
    length, header = int.from_bytes(head[:4], "big"), 8
    if length == 1:
        length, header = int.from_bytes(head[8:16], "big"), 16
    elif length == 0:
        length = size - at
    file.seek(at)
    return head[4:8], length if len(head) >= header and length >= header else 0


class _Claims:
    """How many samples the tables seen so far claim.

    Tables are looked for anywhere, not along the tree of boxes: a parser that walks the tree otherwise than FFmpeg does
    could be led past them.
    """

    def __init__(self) -> None:
        self._sizes = self._times = self._offsets = 0
        self._edits = 1
        self._unbounded = False

    @property
    def samples(self) -> float:
        """The largest claim, as often as the longest edit list may repeat it."""
        return math.inf if self._unbounded else max(self._sizes, self._times, self._offsets) * self._edits

    def add(self, header: bytes) -> None:
        """Count what the tables in these bytes claim."""
        for number, found in enumerate(_TABLES.finditer(header)):
            at, name = found.end(), found.group()
            count = _u32(header, at + 4)
            if name in _UNBOUNDED or number > _MOST_TABLES:
                self._unbounded = True
                return
            if name in (b"stsz", b"stz2"):
                self._sizes += _u32(header, at + 8)
            elif name == b"trun":
                self._sizes += count
            elif name == b"elst":
                self._edits = max(self._edits, count)
            elif name == b"stts":
                self._times += _sum_of_runs(header, at + 8, count)
            else:
                self._offsets += _sum_of_runs(header, at + 8, count)


def _u32(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")


def _sum_of_runs(header: bytes, at: int, count: int) -> int:
    """Sum of the counts in a table of (count, value) pairs."""
    pairs = min(count, max(0, len(header) - at) // 8)
    return int(np.frombuffer(header, ">u4", 2 * pairs, at)[::2].sum(dtype=np.uint64)) if pairs else 0
