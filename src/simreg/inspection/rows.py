"""What all that is counted here is made of: one leaf of the log, with what the record still says of its case."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from simreg.errors import InputError


@dataclass(frozen=True, slots=True)
class About:
    """What the record says of a case. ``subject`` is the keyed hash of the person's number and is shown nowhere."""

    profile: str
    transaction: str
    channel: str
    line: str
    shop: str | None
    agent: str | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """One leaf: its index, time (aware, UTC) and kind; ``about`` is None where the record is gone or there is no case.

    ``word`` is what it comes to: an attempt's outcome, a decision's result, how a case ended, ``on`` or ``off`` of an
    activation, ``accept`` or ``refuse`` of a review; empty for other kinds. ``by`` is a decision's way, ``number`` an
    attempt's in its case.
    """

    index: int
    at: datetime
    kind: str
    actor: str = ""
    case: str | None = None
    about: About | None = None
    word: str = ""
    by: str | None = None
    attempt: str | None = None
    number: int | None = None
    reasons: tuple[str, ...] = ()


_WORDS: dict[str, tuple[str, Mapping[Any, str] | None]] = {
    "attempt": ("outcome", None),
    "decision": ("result", None),
    "case-ended": ("how", None),
    "activation": ("on", {True: "on", False: "off"}),
    "review": ("accept", {True: "accept", False: "refuse"}),
}


def case_of(entry: bytes) -> str | None:
    """The case that an entry is of. Raises InputError ``leaf-malformed``."""
    try:
        case = json.loads(entry).get("case")
    except (ValueError, AttributeError, RecursionError):
        raise malformed() from None
    return case if isinstance(case, str) else None


def told(index: int, entry: bytes, about: About | None = None) -> Told:
    """The leaf of an entry. Raises InputError ``leaf-malformed`` where what is counted is not in it.

    It is not held against all of its types, which takes ten times as long: ``simreg log check`` does.
    """
    try:
        given = json.loads(entry)
        kind = given["kind"]
        name, words = _WORDS.get(kind, ("", None))
        word = given[name] if name else ""
        return Told(
            index,
            datetime.fromtimestamp(given["at"], UTC),
            kind,
            given.get("actor", ""),
            given.get("case"),
            about,
            word if words is None else words[word],
            given.get("by"),
            given.get("attempt"),
            given.get("number"),
            tuple(given.get("reasons", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError, RecursionError):
        raise malformed() from None


def malformed() -> InputError:
    """The error for an entry that is no leaf."""
    sentence = "An entry of the log cannot be read."
    return InputError("leaf-malformed", sentence, "Read the whole log: simreg log check.")
