"""Files as they come from outside: ordinary ones only, of a bounded size."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

from simreg.capture.limits import MEGABYTE
from simreg.errors import InputError


def shown(path: Path) -> str:
    """The file's name as it may be printed: no folder, nothing unprintable, at most 80 characters."""
    name = "".join(letter if letter.isprintable() else "?" for letter in path.name)
    return name if len(name) <= 80 else name[:79] + "…"


def open_regular(path: Path, limit: int) -> BinaryIO:
    """Open an ordinary file of 1 to ``limit`` bytes for reading.

    Folders, pipes, sockets and devices are refused before they are opened, and again afterwards, so that an exchanged
    path gains nothing. Raises `InputError`.
    """
    try:
        _check(path, path.stat(), limit)
        file = open(path, "rb", opener=_without_waiting)  # noqa: SIM115
    except FileNotFoundError:
        raise InputError("file-missing", f"There is no file {shown(path)}.", "Check the name and the folder.") from None
    except (OSError, ValueError):
        sentence = f"{shown(path)} cannot be opened."
        raise InputError("file-unreadable", sentence, "Check the name and the right to read it.") from None
    try:
        _check(path, os.fstat(file.fileno()), limit)
    except InputError:
        file.close()
        raise
    return file


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _check(path: Path, status: os.stat_result, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        sentence = f"{shown(path)} is a folder, pipe or device and not a file."
        raise InputError("file-not-ordinary", sentence, "Give the picture or recording itself.")
    if status.st_size == 0:
        raise InputError("file-empty", f"{shown(path)} is empty.", "Copy or record it again.")
    if status.st_size > limit:
        size, most = status.st_size / MEGABYTE, limit / MEGABYTE
        sentence = f"{shown(path)} has {size:,.1f} MB; at most {most:,.0f} MB are read."
        raise InputError("file-too-big", sentence, "Give a shorter recording or a smaller picture.")
