"""Cases and their events: read, insert, compare and set."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, or_, select, tuple_, update

from simreg.errors import ConflictError, NotFoundError
from simreg.registration.types import Act, Case, Event, Review, State, Way
from simreg.storage.tables import CASES, EVENTS


def get(tx: Connection, case_id: str, *, to_change: bool = False) -> Case:
    """The case of this id; ``to_change`` holds it until the transaction ends. Raises NotFoundError ``case-unknown``."""
    query = select(CASES).where(CASES.c.id == case_id)
    row = tx.execute(query.with_for_update() if to_change else query).one_or_none()
    if row is None:
        raise NotFoundError("case-unknown", "There is no case of this id.", "Check the id.")
    return _case(row)


def add(tx: Connection, case: Case, event: Event) -> None:
    """Insert a new case and its first event."""
    tx.execute(insert(CASES).values(_columns(case)))
    tx.execute(insert(EVENTS).values(_event_columns(event)))


def change(tx: Connection, before: Case, after: Case, event: Event) -> None:
    """Set a case to what it became, if it still is what it was, and add the event.

    Raises ConflictError ``case-changed`` where another change came first.
    """
    same = (CASES.c.id == before.id) & (CASES.c.version == before.version)
    if tx.execute(update(CASES).where(same).values(_columns(after))).rowcount != 1:
        raise changed()
    tx.execute(insert(EVENTS).values(_event_columns(event)))


def changed() -> ConflictError:
    """The error for an act that was decided on an older version."""
    return ConflictError("case-changed", "The case was changed by somebody else.", "Look at it as it is now, and decide.")


def find(
    tx: Connection,
    *,
    states: Sequence[State] = (),
    line: str | None = None,
    agent: str | None = None,
    shop: str | None = None,
    subject: str | None = None,
    since: datetime | None = None,
    limit: int,
    after: tuple[datetime, str] | None = None,
    oldest_first: bool = False,
) -> list[Case]:
    """Cases by the time of their opening, newest first, from behind the one that was opened at ``after``.

    With ``agent`` or ``shop``, or both, those of either.
    """
    where: list[ColumnElement[bool]] = []
    if states:
        where.append(CASES.c.state.in_(states))
    if line is not None:
        where.append(CASES.c.line == line)
    if subject is not None:
        where.append(CASES.c.subject_hash == subject)
    if since is not None:
        where.append(CASES.c.created_at >= since)
    served = [column == one for column, one in ((CASES.c.agent, agent), (CASES.c.shop, shop)) if one is not None]
    if served:
        where.append(or_(*served))
    place = tuple_(CASES.c.created_at, CASES.c.id)
    if after is not None:
        there = tuple_(*after, types=[CASES.c.created_at.type, CASES.c.id.type])
        where.append(place > there if oldest_first else place < there)
    columns = (CASES.c.created_at, CASES.c.id)
    order = columns if oldest_first else [column.desc() for column in columns]
    rows = tx.execute(select(CASES).where(*where).order_by(*order).limit(limit))
    return [_case(row) for row in rows]


def overdue(tx: Connection, states: Sequence[State], now: datetime, limit: int) -> list[str]:
    """Ids of cases in these states whose time is over."""
    where = CASES.c.state.in_(states) & (CASES.c.expires_at <= now)
    return list(tx.scalars(select(CASES.c.id).where(where).order_by(CASES.c.expires_at).limit(limit)))


def events(tx: Connection, case_id: str) -> list[Event]:
    """All events of a case in their order."""
    rows = tx.execute(select(EVENTS).where(EVENTS.c.case_id == case_id).order_by(EVENTS.c.version))
    return [_event(row) for row in rows]


def case_as_json(case: Case) -> dict[str, Any]:
    """All of a case, so that `case_from_json` gives it again."""
    return {name: _plain(value) for name, value in _columns(case).items()}


def case_from_json(values: dict[str, Any]) -> Case:
    """The case again."""
    times = ("created_at", "changed_at", "expires_at", "locked_until")
    return _made(values | {name: datetime.fromisoformat(values[name]) for name in times if values[name]})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _columns(case: Case) -> dict[str, Any]:
    values = {column.name: getattr(case, column.name) for column in CASES.columns}
    reviews = [[one.reviewer, one.accept, one.reason, one.at.isoformat()] for one in case.reviews]
    return values | {"failures": [at.isoformat() for at in case.failures], "reviews": reviews}


def _case(row: Row[Any]) -> Case:
    return _made(dict(row._mapping))


def _made(values: dict[str, Any]) -> Case:
    way = values["accepted_by"]
    reviews = tuple(Review(who, accept, why, datetime.fromisoformat(at)) for who, accept, why, at in values["reviews"])
    failures = tuple(datetime.fromisoformat(at) for at in values["failures"])
    case = Case(**values | {"state": State(values["state"]), "accepted_by": None if way is None else Way(way)})
    return replace(case, reviews=reviews, failures=failures)


def _event_columns(event: Event) -> dict[str, Any]:
    values = {column.name: getattr(event, column.name) for column in EVENTS.columns}
    return values | {"data": {name: list(v) if isinstance(v, tuple) else v for name, v in event.data.items()}}


def _event(row: Row[Any]) -> Event:
    data = {name: tuple(v) if isinstance(v, list) else v for name, v in row.data.items()}
    return Event(row.case_id, row.version, Act(row.act), State(row.state), row.at, row.actor, data)
