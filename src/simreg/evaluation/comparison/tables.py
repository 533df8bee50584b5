"""Reads tables that people made: comma-separated, with names of columns, UTF-8, plain or gzip by name."""

import csv
import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from simreg.errors import InputError


@contextmanager
def opened(path: Path, what: str) -> Iterator[TextIO]:
    """The file's text, ``.gz`` unpacked; ``what`` begins its codes.

    Raises InputError ``WHAT-unreadable`` for what cannot be opened, is not UTF-8, or is damaged.
    """
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8-sig", newline="")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8-sig", newline="") as file
        ):
            yield file
    except UnicodeDecodeError as error:
        raise _unreadable(path, what, "it is not UTF-8", "Save it as CSV in UTF-8.") from error
    except (EOFError, zlib.error, csv.Error) as error:
        raise _unreadable(path, what, f"it is damaged ({error})", "Copy or make it again.") from error
    except OSError as error:
        raise _unreadable(path, what, error.strerror or str(error), "Check the path and the file.") from error


def rows(file: TextIO, columns: Sequence[str], path: Path, what: str) -> Iterator[tuple[int, list[str]]]:
    """Number of its line and the values of these columns for each row that is not empty.

    Raises InputError ``WHAT-columns`` where one is missing or there twice, ``WHAT-row`` where a row is not as long as
    the first one.
    """
    reader = csv.reader(file)
    names = [name.strip() for name in next(reader, [])]
    if any(names.count(column) != 1 for column in columns):
        held = ", ".join(names[:10]) or "nothing"
        sentence = f"{path.name} needs one column each of {', '.join(columns)}; its first line holds {held}."
        raise InputError(f"{what}-columns", sentence, "Put the names of the columns into the first line.")
    places = [names.index(column) for column in columns]
    for row in reader:
        if len(row) != len(names):
            if not row:
                continue
            sentence = f"Line {reader.line_num} of {path.name} has {len(row)} values instead of {len(names)}."
            raise InputError(f"{what}-row", sentence, "Mend the line; names that hold a comma belong in quotes.")
        yield reader.line_num, [row[place] for place in places]


def _unreadable(path: Path, what: str, why: str, remedy: str) -> InputError:
    return InputError(f"{what}-unreadable", f"{path} cannot be read: {why}.", remedy)
