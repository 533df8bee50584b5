"""Results that are kept row by row, so that a run that was interrupted goes on where it stopped.

One line of JSON a result. Each is bound to what it depends on: the digests of recording and reference, the challenge,
the networks with their threshold, and the code that judges.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from simreg.engine import Engine
from simreg.errors import InputError
from simreg.evaluation.algorithm import algorithm_digest
from simreg.evaluation.pad.types import Judged, Presentation
from simreg.liveness.types import Action, ActionResult, CheckResult, PadDecision, PadResult, Sample, SeenAction, State
from simreg.models.files import sha256_of

code_digest = cache(algorithm_digest)


def engine_digest(engine: Engine) -> str:
    """Digest of the networks, the recogniser's preprocessing and the threshold."""
    parts = [(use.name, use.sha256) for use in engine.models]
    return hashlib.sha256(repr((parts, engine.recogniser.preprocessing, engine.threshold)).encode()).hexdigest()


def key_of(one: Presentation, engine: str) -> str:
    """What the result of a presentation is kept under; ``engine`` is the engine's digest."""
    files = [_digest(path) for path in (one.file, one.reference)]
    return hashlib.sha256(repr((files, one.challenge, engine, code_digest())).encode()).hexdigest()


class Kept:
    """The file of results: what is in it, and a way to add to it. A context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None
        self.results = dict(_read(path))

    def __enter__(self) -> Self:
        try:
            self._file = self._path.open("a", encoding="utf-8")
            if self._path.stat().st_size:
                self._file.write("\n")  # a line that broke off stays alone
        except OSError as error:
            sentence = f"{self._path.name} cannot be written: {error.strerror or error}."
            raise InputError("output-unwritable", sentence, "Name a folder that may be written.") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, key: str, judged: Judged) -> None:
        """Keep one result."""
        self.results[key] = judged
        if self._file is not None:
            self._file.write(json.dumps({"key": key, **as_json(judged)}, separators=(",", ":")) + "\n")
            self._file.flush()


def as_json(judged: Judged) -> dict[str, Any]:
    """A result as plain values."""
    pad = judged.pad
    written = {name: getattr(judged, name) for name in Judged.__slots__ if name != "pad"}
    if pad is None:
        return written
    return written | {
        "pad": {
            "decision": pad.decision,
            "challenge": pad.challenge,
            "fault": pad.fault,
            **{name: [_values(one) for one in getattr(pad, name)] for name in ("actions", "seen", "checks", "curves")},
        }
    }


def from_json(written: dict[str, Any]) -> Judged:
    """A result out of plain values; `KeyError`, `TypeError` or `ValueError` where they are none."""
    values = {name: written[name] for name in Judged.__slots__ if name != "pad"}
    values |= {name: tuple(values[name]) for name in ("reasons", "unsettled")}
    pad = written.get("pad")
    return Judged(**values, pad=None if pad is None else _pad(pad))


def _pad(pad: dict[str, Any]) -> PadResult:
    return PadResult(
        decision=PadDecision(pad["decision"]),
        challenge=tuple(Action(name) for name in pad["challenge"]),
        actions=tuple(ActionResult(Action(name), *rest) for name, *rest in pad["actions"]),
        seen=tuple(SeenAction(Action(name), *rest) for name, *rest in pad["seen"]),
        checks=tuple(CheckResult(name, State(state), *rest) for name, state, *rest in pad["checks"]),
        fault=pad["fault"],
        curves=tuple(Sample(*values) for values in pad["curves"]),
    )


def _read(path: Path) -> Iterator[tuple[str, Judged]]:
    """What is in the file; lines that are damaged are left out, and made again."""
    with suppress(FileNotFoundError), path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            with suppress(KeyError, TypeError, ValueError):
                written = json.loads(line)
                yield str(written["key"]), from_json(written)


def _digest(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return sha256_of(path) if path.is_file() else "none"
    except (OSError, ValueError):
        return "none"


def _values(one: ActionResult | SeenAction | CheckResult | Sample) -> list[Any]:
    """The fields in their order; points of a curve with three decimals, as there are many of them."""
    values = [getattr(one, field.name) for field in fields(one)]
    return [round(v, 3) if v is not None else v for v in values] if isinstance(one, Sample) else values
