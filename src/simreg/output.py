"""Writing what a command was asked to write."""

from pathlib import Path

from simreg.errors import InputError


def write_text(path: Path, text: str) -> None:
    """Write a text file; `InputError` ``output-unwritable`` where that cannot be done."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        sentence = f"{path.name} cannot be written: {error.strerror or error}."
        raise InputError(
            "output-unwritable", sentence, "Name a file in a folder that exists and may be written."
        ) from error
