"""The list of what was made: clips.csv, in the form that `simreg evaluate pad` reads."""

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from simreg.demo.folder import unwritable

NAME = "clips.csv"


@dataclass(frozen=True, slots=True)
class Row:
    """One recording: an attack that was made, or the bona fide clip beside it.

    ``file`` and ``reference`` are relative to the list; ``challenge`` is what the attacker tries to pass; ``source`` is
    the clip that it was made of; ``seed`` the run's; ``sha256`` the recording's digest; ``recipe`` the digest of
    everything that it was made with, so that the same is not made twice.
    """

    file: str
    label: str
    species: str
    challenge: str
    reference: str
    kind: str
    subject: str
    source: str
    seed: str
    sha256: str
    recipe: str


def read_manifest(folder: Path) -> list[Row]:
    """The rows of the list in a folder; none where there is no list, or another one than this module writes."""
    try:
        text = (folder / NAME).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    wanted = {field.name for field in fields(Row)}
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [Row(**row) for row in rows if row.keys() == wanted and all(isinstance(v, str) for v in row.values())]


def write_manifest(folder: Path, rows: Iterable[Row]) -> None:
    """Write the list, whole or not at all; `InputError` ``output-unwritable`` where that cannot be done."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [field.name for field in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    part = folder / f".{NAME}.part"
    try:
        part.write_text(text.getvalue(), encoding="utf-8", newline="")
        part.replace(folder / NAME)
    except OSError as error:
        raise unwritable(folder / NAME, error) from error


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
