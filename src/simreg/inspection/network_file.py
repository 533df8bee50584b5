"""Reads the network's list of activated lines: CSV from elsewhere, row by row, believing nothing about it."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timezone
from typing import BinaryIO

from simreg.errors import InputError, LimitError

MOST_ROWS = 5_000_000
MOST_BYTES = 4_096
"""Bytes of the longest line."""

MOST_TEXT = 64
COLUMNS = ("line", "activated_at", "agent", "shop")
NEEDED = 2
"""The first so many of `COLUMNS` must be there."""

_LINE = re.compile(r"\+?[0-9]{3,20}")
_BETWEEN = re.compile(r"[\s().-]")
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """A line that the network switched on; ``row`` is its line in the file, from 1. ``line`` has digits only."""

    row: int
    line: str
    at: datetime
    agent: str | None = None
    shop: str | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, and why: a stable code. What stands in it is not repeated."""

    row: int
    code: str


SENTENCES = {
    "row-long": f"The row has more than {MOST_BYTES} bytes.",
    "row-encoding": "The row is not UTF-8.",
    "row-nul": "The row has a byte that is zero.",
    "row-quotes": "A quoted field does not end in its row.",
    "row-fields": "The row has not as many fields as the first one.",
    "row-line": "The line is not a phone number: 3 to 20 digits, with or without + and country code.",
    "row-rounded": "The line was rounded by a table program, such as 5.2E+11; format the column as text there.",
    "row-time": "The time is not one such as 2026-11-24T09:30:00Z.",
    "row-zone": "The time has no zone, and none was given for the file.",
    "row-text": f"Agent or shop has more than {MOST_TEXT} characters, or invisible ones.",
}


def read_network(stream: BinaryIO, zone: timezone | None = None, most: int = MOST_ROWS) -> Iterator[NetworkRow | BadRow]:
    """The rows of a file; one row is held at a time. Empty lines are passed over.

    ``zone`` is that of times without one. Raises InputError ``csv-empty``, ``csv-encoding`` or ``csv-columns`` before
    the first row, LimitError ``csv-rows`` after ``most``.
    """
    first = stream.readline(MOST_BYTES + 1)
    places, separator = _header(first)
    number = 1
    while raw := stream.readline(MOST_BYTES + 1):
        number += 1
        if number > most + 1:
            raise LimitError("csv-rows", f"The file has more than {most:,} rows.", "Give one month or region at a time.")
        if len(raw) > MOST_BYTES and not raw.endswith(b"\n"):
            _pass_over(stream)
            yield BadRow(number, "row-long")
        elif raw.strip(b" \t\r\n"):
            yield _row(number, raw, places, separator, zone)


def digits(line: str) -> str:
    """A line as it is compared: its digits."""
    return line.lstrip("+")


def _header(raw: bytes) -> tuple[dict[str, int], str]:
    """Where each column is, and what stands between two."""
    if not raw.strip():
        raise InputError("csv-empty", "The file is empty, or its first line is.", f"Give one with {', '.join(COLUMNS)}.")
    if raw.startswith(_OTHER_ENCODINGS) or b"\0" in raw:
        raise _encoding()
    try:
        text = raw.decode("utf-8-sig").strip("\r\n")
    except UnicodeDecodeError:
        raise _encoding() from None
    separator = max(",;\t", key=text.count)
    names = [name.strip().strip('"').strip().lower() for name in text.split(separator)]
    places = {name: names.index(name) for name in COLUMNS if name in names}
    if not set(COLUMNS[:NEEDED]) <= set(places) or any(names.count(name) > 1 for name in places):
        sentence = "The first line does not name the columns."
        raise InputError("csv-columns", sentence, "Name line and activated_at, and agent and shop where they are known.")
    return places | {"": len(names)}, separator


def _pass_over(stream: BinaryIO) -> None:
    while (part := stream.readline(1 << 16)) and not part.endswith(b"\n"):
        pass


def _row(number: int, raw: bytes, places: dict[str, int], separator: str, zone: timezone | None) -> NetworkRow | BadRow:
    if b"\0" in raw:
        return BadRow(number, "row-nul")
    try:
        text = raw.decode("utf-8").strip("\r\n")
    except UnicodeDecodeError:
        return BadRow(number, "row-encoding")
    try:
        fields = next(csv.reader([text], delimiter=separator, strict=True))
    except (csv.Error, StopIteration):
        return BadRow(number, "row-quotes")
    if len(fields) != places[""]:
        return BadRow(number, "row-fields")
    given = {name: fields[place].strip() for name, place in places.items() if name}
    line = _BETWEEN.sub("", given["line"].lstrip("'"))
    if not _LINE.fullmatch(line) or not line.isascii():
        return BadRow(number, "row-rounded" if re.search(r"[0-9][eE]\+?[0-9]", given["line"]) else "row-line")
    at = _time(given["activated_at"], zone)
    if isinstance(at, str):
        return BadRow(number, at)
    who = [given.get(name, "").lstrip("'") or None for name in ("agent", "shop")]
    if any(one is not None and (len(one) > MOST_TEXT or not one.isprintable()) for one in who):
        return BadRow(number, "row-text")
    return NetworkRow(number, digits(line), at, *who)


def _time(text: str, zone: timezone | None) -> datetime | str:
    """The time in UTC, or the code of what is wrong with it."""
    try:
        at = datetime.fromisoformat(text.lstrip("'"))
        if at.tzinfo is None:
            if zone is None:
                return "row-zone"
            at = at.replace(tzinfo=zone)
        at = at.astimezone(UTC)
    except (ValueError, OverflowError):
        return "row-time"
    return at if 2000 <= at.year < 2200 else "row-time"


def _encoding() -> InputError:
    return InputError("csv-encoding", "The file is not CSV in UTF-8.", "Save it as CSV UTF-8, and give that file.")
