"""Lines on which nothing may be done, because their holder disputes something."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from simreg.storage.tables import FREEZES


@dataclass(frozen=True, slots=True)
class Freeze:
    """A frozen line: since when, by whom, and why, in a word with dashes."""

    line: str
    at: datetime
    actor: str
    reason: str


def put(tx: Connection, one: Freeze) -> None:
    """Freeze a line, or set anew why it is frozen."""
    lift(tx, one.line)
    tx.execute(insert(FREEZES).values(line=one.line, at=one.at, actor=one.actor, reason=one.reason))


def lift(tx: Connection, line: str) -> bool:
    """Let a line go; False where it was not frozen."""
    return tx.execute(delete(FREEZES).where(FREEZES.c.line == line)).rowcount == 1


def of_line(tx: Connection, line: str) -> Freeze | None:
    """The freeze of a line."""
    row = tx.execute(select(FREEZES).where(FREEZES.c.line == line)).one_or_none()
    return None if row is None else Freeze(**row._mapping)


def all_(tx: Connection) -> list[Freeze]:
    """All that are frozen, oldest first."""
    return [Freeze(**row._mapping) for row in tx.execute(select(FREEZES).order_by(FREEZES.c.at, FREEZES.c.line))]
