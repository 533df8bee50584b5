"""Tables as CSV that a table program can open without running anything that stands in them."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "'")
"""What a table program may take for the beginning of a formula; the guard itself is guarded, so that it can be undone."""


def guarded(value: object) -> str:
    """A cell: a text that could be taken for a formula is led by an apostrophe. None is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_FORMULA) else text


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a table, each with its end (CR LF, RFC 4180), the names of the columns first."""
    yield _line(columns)
    for cells in rows:
        yield _line([guarded(one) for one in cells])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
