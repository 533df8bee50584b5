"""What is held, of how many people, why, and when it goes."""

from dataclasses import dataclass
from datetime import datetime

from simreg.storage import held
from simreg.storage.database import Database

NOTICE, LIMIT = 80_000, 100_000
"""Stored faces from which a deployment is told, and from which it has to be filed (China, Face Measures, CAC and MPS
Order 19 of 2025)."""

PURPOSES = {
    "reference": "the document's portrait, to compare the person with while the case runs",
    "frame": "frames of a referred capture, for its reviewer",
    "curves": "angles and eye openings of a referred capture, for its reviewer",
    "record": "what was decided and why, without anything of a face, for the law's time after the service",
}


@dataclass(frozen=True, slots=True)
class Held:
    """One class of data; ``first_goes`` and ``last_goes`` are None where it hangs on the end of a service."""

    what: str
    why: str
    pieces: int
    cases: int
    people: int
    first_goes: datetime | None
    last_goes: datetime | None


@dataclass(frozen=True, slots=True)
class Account:
    """All classes, the number of stored faces, and the keys that wait to be destroyed."""

    held: tuple[Held, ...]
    faces: int
    keys_waiting: int

    @property
    def alarm(self) -> str | None:
        """What has to be said about the number of faces."""
        return alarm_of(self.faces)


def alarm_of(faces: int) -> str | None:
    """What has to be said about a number of stored faces."""
    if faces >= LIMIT:
        return f"{faces:,} faces are stored: from {LIMIT:,} on it has to be filed with the authority."
    return f"{faces:,} faces are stored, {LIMIT:,} are the limit." if faces >= NOTICE else None


def account(database: Database) -> Account:
    """The account of a database."""
    with database.read() as tx:
        classes = [
            Held(one.kind, PURPOSES[one.kind], one.pieces, one.cases, one.people, one.first_goes, one.last_goes)
            for one in held.sealed(tx)
        ]
        classes += [
            Held(f"record ({one.profile})", PURPOSES["record"], one.cases, one.cases, one.people, None, None)
            for one in held.records(tx)
        ]
        return Account(tuple(classes), held.faces(tx), held.waiting_keys(tx))


def stored_faces(database: Database) -> int:
    """Cases of which a portrait or a frame is stored."""
    with database.read() as tx:
        return held.faces(tx)
