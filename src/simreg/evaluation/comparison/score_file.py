"""Scores as a table that says what they were made of: one row for each comparison, plain or gzip by name.

    # simreg comparison scores 1
    # recogniser: mobilefacenet
    # model_sha256: ...
    # preprocessing: ...
    # data_set: ...
    # pairs: ...
    # date: 2026-11-23
    # version: 0.1.0
    reference,probe,mated,similarity,status
    a/1.jpg,a/2.jpg,1,0.612345,compared
    a/1.jpg,b/1.jpg,0,,probe-no-face

``similarity`` is empty where a picture was not acquired; ``status`` then says which one and why (reference-no-face,
probe-unreadable, both joined by +). Thresholds are made of this file alone, so it says all that binds them.
"""

import csv
import gzip
import io
import re
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TextIO

import numpy as np

from simreg.errors import InputError
from simreg.evaluation.comparison.pairs import repeated
from simreg.evaluation.comparison.scores import MILLIONTH
from simreg.evaluation.comparison.tables import opened, rows
from simreg.evaluation.comparison.types import Acquired, Floats, Numbers, Origin, Pairs, ScoreTable

MARK = "# simreg comparison scores 1"
COLUMNS = ("reference", "probe", "mated", "similarity", "status")
COMPARED = "compared"

_KEYS = tuple(field.name for field in fields(Origin))
_AT_ONCE = 100_000
_REMEDY = "Give the scores.csv of one `simreg evaluate comparison`, as it was written."


def write_scores(path: Path, table: ScoreTable) -> None:
    """Write the table; gzip where the name ends in .gz. Raises InputError ``output-unwritable``."""
    try:
        with _writing(path) as file:
            file.write(MARK + "\n")
            file.writelines(f"# {key}: {getattr(table.origin, key)}\n" for key in _KEYS)
            file.write(",".join(COLUMNS) + "\n")
            file.writelines(_lines(table))
    except OSError as error:
        sentence = f"{path} cannot be written: {error.strerror or error}."
        raise InputError("output-unwritable", sentence, "Name another folder, or make room there.") from error


def read_scores(path: Path) -> ScoreTable:
    """Read a table of scores.

    Raises InputError ``scores-unreadable``, ``scores-head`` (no head, or not a whole one), ``scores-mixed`` (a second
    head: scores of two evaluations), ``scores-columns``, ``scores-row``, ``scores-value``, ``scores-twice``,
    ``scores-empty``.
    """
    with opened(path, "scores") as file:
        origin = _head(file, path)
        pairs, similarity, acquired = _body(file, path, origin)
    return ScoreTable(origin, pairs, similarity, acquired)


@contextmanager
def _writing(path: Path) -> Iterator[TextIO]:
    if path.suffix != ".gz":
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as file,
    ):
        yield file


def _lines(table: ScoreTable) -> Iterator[str]:
    names = [_quoted(name) for name in table.pairs.names]
    states = [Acquired(state).word for state in table.acquired.tolist()]
    good = table.acquired == Acquired.TEMPLATE
    for start in range(0, len(table.similarity), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        pictures, mated = table.pairs.pictures[part], table.pairs.mated[part]
        both, lines = good[pictures].all(axis=1), []
        for (one, other), same, value, compared in zip(
            pictures.tolist(), mated.tolist(), table.similarity[part].tolist(), both.tolist(), strict=True
        ):
            end = f"{value:.6f},{COMPARED}" if compared else f",{_status(states[one], states[other])}"
            lines.append(f"{names[one]},{names[other]},{same:d},{end}\n")
        yield "".join(lines)


def _status(reference: str, probe: str) -> str:
    said = (("reference", reference), ("probe", probe))
    return "+".join(f"{role}-{state}" for role, state in said if state != Acquired.TEMPLATE.word)


def _quoted(name: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow((name, ""))
    return out.getvalue().removesuffix(",")


_STATES = {state.word: state for state in Acquired}
_STATUS = {
    COMPARED if one == other == "template" else _status(one, other): (_STATES[one], _STATES[other])
    for one in _STATES
    for other in _STATES
}


def _head(file: TextIO, path: Path) -> Origin:
    if file.readline().rstrip() != MARK:
        raise _refused("head", path, "does not say which recogniser its scores are from")
    held: dict[str, str] = {}
    for key in _KEYS:
        name, _, value = file.readline().removeprefix("# ").rstrip("\r\n").partition(": ")
        if name != key or not value.strip() or not value.isprintable():
            raise _refused("head", path, f"lacks {key} in its head")
        held[key] = value
    for key, form in (("model_sha256", "[0-9a-f]{64}"), ("date", r"\d{4}-\d{2}-\d{2}")):
        if not re.fullmatch(form, held[key]):
            raise _refused("head", path, f"has no sound {key} in its head")
    return Origin(**held)


def _body(file: TextIO, path: Path, origin: Origin) -> tuple[Pairs, Floats, Numbers]:
    numbers: dict[str, int] = {}
    pictures, mated, values, acquired = array("q"), array("b"), array("d"), array("q")
    for line, (reference, probe, same, value, status) in _rows(file, path):
        states = _STATUS.get(status)
        if states is None or same not in ("0", "1") or (value == "") != (status != COMPARED) or reference == probe:
            raise _damaged(path, line)
        try:
            values.append(float(value) if value else np.nan)
        except ValueError:
            raise _damaged(path, line) from None
        for name, state in zip((reference, probe), states, strict=True):
            number = numbers.setdefault(name, len(numbers))
            if number == len(acquired):
                acquired.append(state)
            elif acquired[number] != state:
                raise _damaged(path, line)
            pictures.append(number)
        mated.append(same == "1")
    similarity = np.rint(np.array(values) * MILLIONTH) / MILLIONTH
    if not len(similarity):
        raise _refused("empty", path, "holds no scores")
    compared = np.array(acquired)[np.array(pictures).reshape(-1, 2)].sum(axis=1) == Acquired.TEMPLATE
    if not (np.abs(similarity[compared]) <= 1).all():
        raise _refused("value", path, "holds a similarity that is not from -1 to 1")
    pairs = Pairs(tuple(numbers), np.array(pictures, np.int64).reshape(-1, 2), np.array(mated, np.bool_), origin.pairs)
    if repeated(pairs.pictures, len(numbers)) is not None:
        raise _refused("twice", path, "holds a comparison more than once")
    return pairs, similarity, np.array(acquired, np.int64)


def _rows(file: TextIO, path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows; a line is counted from the top of the file."""
    try:
        for line, row in rows(_watched(file, path), COLUMNS, path, "scores"):  # type: ignore[arg-type]
            yield line + 1 + len(_KEYS), row
    except csv.Error:
        raise _refused("row", path, "has a line that is no row of a table") from None


def _watched(file: TextIO, path: Path) -> Iterator[str]:
    for line in file:
        if line.startswith(MARK[:-2]):
            raise _refused("mixed", path, "has a second head: it mixes the scores of two evaluations")
        yield line


def _damaged(path: Path, line: int) -> InputError:
    return _refused("value", path, f"has values in line {line} that make no sense")


def _refused(code: str, path: Path, why: str) -> InputError:
    return InputError(f"scores-{code}", f"The file of scores {path.name} {why}.", _REMEDY)
