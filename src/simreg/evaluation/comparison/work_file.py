"""Keeps what is done of a long evaluation, so that it can be interrupted.

One JSON object a line. The first line says what the templates were made with; each later one holds a picture's SHA-256,
what became of it, and its template. Templates are biometric data: the file is for its owner alone (mode 0600) and is
removed when the evaluation is complete, unless its keeping is asked for.
"""

import base64
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from simreg.errors import InputError
from simreg.evaluation.comparison.acquire import Template
from simreg.evaluation.comparison.types import Acquired

NAME = "templates.work"


class WorkFile:
    """Templates by the digest of their picture, in memory and on disk; a context manager.

    ``made_with`` is all that a template depends on but the picture; what was made with anything else is thrown away, as
    ``discarded`` says. Raises InputError ``output-unwritable``.
    """

    def __init__(self, folder: Path, made_with: dict[str, str]) -> None:
        self.path = folder / NAME
        head = json.dumps(made_with, sort_keys=True)
        lines = self._lines()
        self.discarded = bool(lines) and lines[0] != head
        kept = [] if self.discarded else list(filter(None, map(_record, lines[1:])))
        self.templates = {digest: template for digest, template, _ in kept}
        self._file = self._new([head, *(line for _, _, line in kept)])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._file)

    def add(self, digest: str, template: Template) -> None:
        """Keep a picture's template."""
        self.templates[digest] = template
        self._write(_line(digest, template))

    def _lines(self) -> list[str]:
        try:
            return self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def _new(self, lines: list[str]) -> int:
        """The file written anew, so that half a line of an interrupted run is gone and it is nobody else's to read."""
        new = self.path.with_suffix(".new")
        try:
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in lines)
            new.replace(self.path)
            return os.open(self.path, os.O_WRONLY | os.O_APPEND)
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def _write(self, text: str) -> None:
        data = memoryview((text + "\n").encode())
        try:
            while data:
                data = data[os.write(self._file, data) :]
        except OSError as error:
            raise _unwritable(self.path, error) from error


def _line(digest: str, template: Template) -> str:
    features = None if template.features is None else base64.b64encode(template.features.astype("<f4").tobytes()).decode()
    return json.dumps({"picture": digest, "acquired": template.acquired.word, "template": features})


def _record(line: str) -> tuple[str, Template, str] | None:
    """What a line holds; None where it is damaged."""
    words = {one.word: one for one in Acquired}
    try:
        held: dict[str, Any] = json.loads(line)
        acquired, features = words[held["acquired"]], held["template"]
        made = None if features is None else np.frombuffer(base64.b64decode(features), "<f4").astype(np.float32)
        digest = str(held["picture"])
    except (ValueError, KeyError, TypeError):
        return None
    return (digest, Template(acquired, made), line) if (made is None) == (acquired is not Acquired.TEMPLATE) else None


def _unwritable(path: Path, error: OSError) -> InputError:
    sentence = f"{path} cannot be written: {error.strerror or error}."
    return InputError("output-unwritable", sentence, "Name another folder with --out, or make room there.")
