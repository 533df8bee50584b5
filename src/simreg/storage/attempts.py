"""Attempts of cases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from simreg.errors import NotFoundError
from simreg.storage.tables import ATTEMPTS, CASES
from simreg.storage.types import AttemptRecord, Json


def add(tx: Connection, attempt: AttemptRecord) -> None:
    """Insert a new attempt."""
    tx.execute(insert(ATTEMPTS).values(_columns(attempt)))


def get(tx: Connection, attempt_id: str) -> AttemptRecord:
    """The attempt of this id. Raises NotFoundError ``attempt-unknown``."""
    row = tx.execute(select(ATTEMPTS).where(ATTEMPTS.c.id == attempt_id)).one_or_none()
    if row is None:
        raise NotFoundError("attempt-unknown", "There is no attempt of this id.", "Check the id.")
    return _attempt(row)


def of_case(tx: Connection, case_id: str) -> list[AttemptRecord]:
    """All attempts of a case in their order."""
    rows = tx.execute(select(ATTEMPTS).where(ATTEMPTS.c.case_id == case_id).order_by(ATTEMPTS.c.number))
    return [_attempt(row) for row in rows]


def put(tx: Connection, attempt: AttemptRecord) -> None:
    """Set an attempt to what it became. The case it belongs to must be held."""
    tx.execute(update(ATTEMPTS).where(ATTEMPTS.c.id == attempt.id).values(_columns(attempt)))


def overdue(tx: Connection, now: datetime, limit: int) -> list[str]:
    """Ids of attempts that run beyond their deadline."""
    where = ATTEMPTS.c.ended_at.is_(None) & (ATTEMPTS.c.deadline <= now)
    return list(tx.scalars(select(ATTEMPTS.c.id).where(where).order_by(ATTEMPTS.c.deadline).limit(limit)))


def failures_elsewhere(
    tx: Connection, case_id: str, line: str, subject_hash: str | None, since: datetime
) -> Sequence[datetime]:
    """When attempts failed in other cases of the same line or person."""
    same = [CASES.c.line == line]
    if subject_hash is not None:
        same.append(CASES.c.subject_hash == subject_hash)
    query = select(ATTEMPTS.c.ended_at).join(CASES, CASES.c.id == ATTEMPTS.c.case_id)
    where = (ATTEMPTS.c.outcome == "failed") & (ATTEMPTS.c.ended_at >= since) & (CASES.c.id != case_id) & or_(*same)
    return list(tx.scalars(query.where(where)))


def _columns(attempt: AttemptRecord) -> Json:
    values = {column.name: getattr(attempt, column.name) for column in ATTEMPTS.columns}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _attempt(row: Row[Any]) -> AttemptRecord:
    values: Json = {name: tuple(v) if isinstance(v, list) else v for name, v in row._mapping.items()}
    return AttemptRecord(**values)
