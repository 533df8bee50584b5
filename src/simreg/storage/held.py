"""What is held, counted: for whoever has to account for it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, distinct, func, select

from simreg.storage.sealed import FRAME, REFERENCE
from simreg.storage.tables import CASES, DESTRUCTIONS, SEALED

PEOPLE = func.coalesce(CASES.c.subject_hash, CASES.c.id)
"""A person where the identity number is known, otherwise each case is counted as one."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A class of sealed data: pieces, cases and people, and when the first and the last of it go."""

    kind: str
    pieces: int
    cases: int
    people: int
    first_goes: datetime
    last_goes: datetime


@dataclass(frozen=True, slots=True)
class Records:
    """Records of a profile: cases and people, and when the oldest began."""

    profile: str
    cases: int
    people: int
    oldest: datetime


def sealed(tx: Connection) -> list[Sealed]:
    """All classes of which there is something."""
    query = (
        select(
            SEALED.c.kind,
            func.count(),
            func.count(distinct(SEALED.c.case_id)),
            func.count(distinct(PEOPLE)),
            func.min(SEALED.c.expires_at),
            func.max(SEALED.c.expires_at),
        )
        .join(CASES, CASES.c.id == SEALED.c.case_id)
        .group_by(SEALED.c.kind)
        .order_by(SEALED.c.kind)
    )
    return [Sealed(*row) for row in tx.execute(query)]


def records(tx: Connection) -> list[Records]:
    """All profiles of which there are cases."""
    columns = CASES.c.profile, func.count(), func.count(distinct(PEOPLE)), func.min(CASES.c.created_at)
    query = select(*columns).group_by(CASES.c.profile).order_by(CASES.c.profile)
    return [Records(*row) for row in tx.execute(query)]


def faces(tx: Connection) -> int:
    """How many people's faces are stored: each case with a portrait or a frame counts once."""
    kinds = SEALED.c.kind.in_((REFERENCE, FRAME))
    return tx.execute(select(func.count(distinct(SEALED.c.case_id))).where(kinds)).scalar_one()


def waiting_keys(tx: Connection) -> int:
    """Keys that are still to be destroyed."""
    return tx.execute(select(func.count()).select_from(DESTRUCTIONS)).scalar_one()
