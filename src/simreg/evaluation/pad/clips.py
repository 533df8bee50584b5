"""The list of presentations: clips.csv."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from simreg.capture.files import open_regular, shown
from simreg.errors import InputError
from simreg.evaluation.pad.drawn import random_challenge
from simreg.evaluation.pad.types import Label, Presentation
from simreg.liveness.challenge import Challenge, parse_challenge

NEEDED = ("file", "label")
RANDOM = "random"
MOST_BYTES = 50_000_000
NO_KIND = "presentation"
"""An attack whose list does not say how it reaches the system is one that was held before a camera."""


def read_clips(paths: Sequence[Path], draws: int = 1, actions: int = 3, *, redraw: bool = False) -> list[Presentation]:
    """All presentations of the lists, in order; a row with ``random`` comes ``draws`` times, each time with so many
    ``actions`` drawn as a live capture draws them. With ``redraw`` that is done with every attack.

    Columns: ``file`` and ``label`` (``bona-fide`` or ``attack``) always, ``species`` for attacks, and where there
    are such ``challenge`` (actions separated by commas, semicolons or spaces, ``random``, or nothing), ``reference``,
    ``kind`` (``presentation`` or ``manipulated``), ``subject`` and ``conditions`` (words) or ``group`` (one word);
    others are left aside. Files stand relative to their list. Raises `InputError` for a list that cannot be used.
    """
    given = [(path, number, row) for path in paths for number, row in enumerate(_rows(path), 1)]
    found = [one for path, number, row in given for one in _presentations(path, number, row, draws, actions, redraw)]
    if not found:
        raise InputError("clips-empty", "The list names no recording.", "Give a row for each recording.")
    return found


def words(text: str) -> list[str]:
    """Words separated by commas, semicolons or spaces."""
    return text.replace(",", " ").replace(";", " ").split()


def _rows(path: Path) -> list[dict[str, str]]:
    with open_regular(path, MOST_BYTES) as file:
        data = file.read()
    try:
        table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), restval="", strict=True)
        header = [name.strip() for name in table.fieldnames or []]
        rows = [{(name or "").strip(): value for name, value in row.items()} for row in table]
    except (UnicodeDecodeError, csv.Error):
        sentence = f"{shown(path)} is not a table of comma-separated values in UTF-8."
        raise InputError("clips-unreadable", sentence, "Save it as CSV in UTF-8.") from None
    missing = [name for name in NEEDED if name not in header]
    if missing:
        sentence = f"{shown(path)} has no column “{missing[0]}”."
        raise InputError("clips-column-missing", sentence, f"Its first line must name: {', '.join(NEEDED)}.")
    for number, row in enumerate(rows, 1):
        if any(isinstance(value, list) for value in row.values()):
            raise _bad_row(path, number, "has more fields than the first line")
    return [{name: value.strip() for name, value in row.items()} for row in rows]


def _presentations(
    path: Path, number: int, row: dict[str, str], draws: int, actions: int, redraw: bool
) -> Iterator[Presentation]:
    """One row: as it is, or once for each challenge that is drawn for it."""
    one, asked = _presentation(path, number, row), row.get("challenge", "")
    attack, random = one.label is Label.ATTACK, asked.lower() == RANDOM
    if random and not attack:
        raise _bad_row(path, number, "asks a bona fide recording for a random challenge, which it cannot have followed")
    if random or (redraw and attack):
        for count in range(draws):
            yield replace(one, challenge=random_challenge(f"{row['file']} {number} {count}", actions), draw=count + 1)
    else:
        yield replace(one, challenge=_challenge(path, number, asked))


def _presentation(path: Path, number: int, row: dict[str, str]) -> Presentation:
    label, species = row["label"].lower(), row.get("species", "")
    if label not in set(Label):
        raise _bad_row(path, number, f"has the label “{label[:40]}”, which is neither bona-fide nor attack")
    attack = label == Label.ATTACK
    if not row["file"]:
        raise _bad_row(path, number, "names no file")
    if attack != bool(species):
        raise _bad_row(path, number, "is an attack without a species" if attack else "is bona fide and has a species")
    reference = row.get("reference", "")
    return Presentation(
        list_name=shown(path),
        row=number,
        file=path.parent / row["file"],
        label=Label(label),
        species=species,
        kind=(row.get("kind", "") or NO_KIND) if attack else "",
        challenge=(),
        reference=path.parent / reference if reference else None,
        subject=row.get("subject", ""),
        conditions=tuple(words(row.get("conditions", "")) or [word for word in [row.get("group", "")] if word]),
    )


def _challenge(path: Path, number: int, text: str) -> Challenge:
    try:
        return parse_challenge(",".join(words(text))) if text else ()
    except InputError as error:
        raise InputError(error.code, f"{shown(path)}, row {number}: {error.sentence}", error.remedy) from None


def _bad_row(path: Path, number: int, what: str) -> InputError:
    return InputError("clips-bad-row", f"{shown(path)}: row {number} {what}.", "Mend the row, or leave it out.")
