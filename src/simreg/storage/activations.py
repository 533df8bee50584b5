"""Lines that accepted cases switched on: each case and each attempt one line at most."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from simreg.storage.tables import ACTIVATIONS
from simreg.storage.types import Activation


def add(tx: Connection, activation: Activation) -> None:
    """Insert an activation; a second one of a case, an attempt, or a line that is on is an IntegrityError."""
    values = {column.name: getattr(activation, column.name) for column in ACTIVATIONS.columns}
    tx.execute(insert(ACTIVATIONS).values(values))


def current(tx: Connection, line: str) -> Activation | None:
    """The activation by which a line is on."""
    row = tx.execute(
        select(ACTIVATIONS).where(ACTIVATIONS.c.line == line, ACTIVATIONS.c.ended_at.is_(None))
    ).one_or_none()
    return None if row is None else Activation(**row._mapping)


def of_case(tx: Connection, case_id: str) -> Activation | None:
    """The activation of a case."""
    row = tx.execute(select(ACTIVATIONS).where(ACTIVATIONS.c.case_id == case_id)).one_or_none()
    return None if row is None else Activation(**row._mapping)


def end(tx: Connection, line: str, at: datetime) -> bool:
    """End the activation by which a line is on; False where it was not."""
    on = (ACTIVATIONS.c.line == line) & ACTIVATIONS.c.ended_at.is_(None)
    return tx.execute(update(ACTIVATIONS).where(on).values(ended_at=at)).rowcount == 1


def lines_of(tx: Connection, subject_hash: str, but: str) -> int:
    """How many lines a person has on, one line left out."""
    mine = (ACTIVATIONS.c.subject_hash == subject_hash) & ACTIVATIONS.c.ended_at.is_(None) & (ACTIVATIONS.c.line != but)
    return tx.execute(select(func.count()).select_from(ACTIVATIONS).where(mine)).scalar_one()
