"""Changes that two people have to agree to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from simreg.storage.tables import PROPOSALS

DONE, REFUSED = "done", "refused"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of one target to a value; ``second`` is who agreed, ``outcome`` None while it waits."""

    id: str
    kind: str
    target: str
    value: str
    before: str | None
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    second: str | None = None
    ended_at: datetime | None = None
    outcome: str | None = None


def put(tx: Connection, one: Proposal) -> None:
    """Insert a proposal, or set it to what it became."""
    values: dict[str, Any] = {column.name: getattr(one, column.name) for column in PROPOSALS.columns}
    if tx.execute(update(PROPOSALS).where(PROPOSALS.c.id == one.id).values(values)).rowcount == 0:
        tx.execute(insert(PROPOSALS).values(values))


def find(tx: Connection, proposal_id: str) -> Proposal | None:
    """The proposal of an id, held until the transaction ends."""
    row = tx.execute(select(PROPOSALS).where(PROPOSALS.c.id == proposal_id).with_for_update()).one_or_none()
    return None if row is None else Proposal(**row._mapping)


def waiting(tx: Connection, now: datetime) -> list[Proposal]:
    """Those that wait, oldest first."""
    return _all(tx, PROPOSALS.c.outcome.is_(None) & (PROPOSALS.c.expires_at > now))


def ended(tx: Connection, limit: int) -> list[Proposal]:
    """The last that ended, newest first."""
    query = select(PROPOSALS).where(PROPOSALS.c.outcome.is_not(None)).order_by(PROPOSALS.c.ended_at.desc()).limit(limit)
    return [Proposal(**row._mapping) for row in tx.execute(query)]


def current(tx: Connection, kind: str, target: str) -> str | None:
    """What a target was last changed to."""
    where = (PROPOSALS.c.kind == kind) & (PROPOSALS.c.target == target) & (PROPOSALS.c.outcome == DONE)
    query = select(PROPOSALS.c.value).where(where).order_by(PROPOSALS.c.ended_at.desc(), PROPOSALS.c.id.desc())
    return tx.execute(query.limit(1)).scalar_one_or_none()


def ever_by_two(tx: Connection) -> bool:
    """Whether two people ever agreed to anything."""
    return tx.execute(select(PROPOSALS.c.id).where(PROPOSALS.c.second.is_not(None)).limit(1)).first() is not None


def _all(tx: Connection, where: ColumnElement[bool]) -> list[Proposal]:
    query = select(PROPOSALS).where(where).order_by(PROPOSALS.c.proposed_at, PROPOSALS.c.id)
    return [Proposal(**row._mapping) for row in tx.execute(query)]
