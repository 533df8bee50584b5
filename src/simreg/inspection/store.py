"""The inspector's own way to the database: it only reads, and only what `privileges` lists. It has no key."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from simreg.errors import InputError, SimregError
from simreg.inspection.privileges import OTHER_ROLES, READABLE, TOO_WIDE, WRITES, authorizer
from simreg.inspection.rows import About, Told, case_of, told
from simreg.storage import log
from simreg.storage.database import BUSY_MS, Database
from simreg.storage.log_tables import LOG_LEAVES
from simreg.storage.tables import CASES, STAFF

AT_ONCE = 1_000
"""Leaves that are read at a time."""

_POOL: dict[str, Any] = {"pool_size": 4, "max_overflow": 4, "hide_parameters": True}
_ABOUT = ("profile", "transaction", "channel", "line", "shop", "agent")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The log and the records as they are in one reading transaction."""

    tx: Connection

    def size(self) -> int:
        """Leaves of the log."""
        return log.frontier(self.tx).size

    def told(self, since: datetime, until: datetime) -> Iterator[Told]:
        """The leaves from one time up to another, in their order, each with what the record says of its case."""
        first, last = self.first_from(since), self.first_from(until)
        for start in range(first, last, AT_ONCE):
            entries = log.entries(self.tx, start, min(last, start + AT_ONCE))
            cases = [case_of(entry) for entry in entries]
            known = self.about({case for case in cases if case is not None})
            for number, (entry, case) in enumerate(zip(entries, cases, strict=True), start):
                yield told(number, entry, known.get(case or ""))

    def first_from(self, at: datetime) -> int:
        """The index of the first leaf of a time or later: times in the log never go back."""
        low, high = 0, self.size()
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._at(middle) < at else (low, middle)
        return low

    def _at(self, number: int) -> datetime:
        return told(number, log.entries(self.tx, number, number + 1)[0]).at

    def about(self, cases: Iterable[str]) -> dict[str, About]:
        """What the records say of cases; those that were erased are not there."""
        columns = [CASES.c.id, *(CASES.c[name] for name in _ABOUT), CASES.c.subject_hash]
        rows = self.tx.execute(select(*columns).where(CASES.c.id.in_(list(cases))))
        return {row[0]: About(*row[1:]) for row in rows}

    def of_case(self, case_id: str) -> list[tuple[int, bytes]]:
        """The entries of a case with their indexes."""
        query = select(LOG_LEAVES.c.number, LOG_LEAVES.c.entry).where(LOG_LEAVES.c.case_id == case_id)
        created = self.tx.execute(select(CASES.c.created_at).where(CASES.c.id == case_id)).scalar_one_or_none()
        if created is not None:  # the index begins with the day
            query = query.where(LOG_LEAVES.c.day >= int(created.timestamp()) // log.DAY - 1)
        return [(row.number, row.entry) for row in self.tx.execute(query.order_by(LOG_LEAVES.c.number))]

    def case_named(self, folio: str) -> str | None:
        """The case of a folio."""
        return self.tx.execute(select(CASES.c.id).where(CASES.c.folio == folio)).scalar_one_or_none()

    def folios(self, cases: Iterable[str]) -> dict[str, str]:
        """The folios of cases whose record is there."""
        rows = self.tx.execute(select(CASES.c.id, CASES.c.folio).where(CASES.c.id.in_(list(cases))))
        return {row.id: row.folio for row in rows}

    def names(self) -> dict[str, str]:
        """Names of the staff, as they stand as actors and agents."""
        return {f"staff:{row.id}": row.name for row in self.tx.execute(select(STAFF.c.id, STAFF.c.name))}


class ReadOnly:
    """Gives snapshots."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._database, self._checked = engine, Database(engine), False

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """One. Raises SimregError ``inspection-too-wide`` where PostgreSQL's role could read or do more."""
        with self._reading() as tx:
            if not self._checked and tx.dialect.name == "postgresql":
                _check(tx)
            self._checked = True
            yield Snapshot(tx)

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._database.read()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_read_only(url: str) -> ReadOnly:
    """The database at a URL, as `storage.database.open_database` takes it. Raises InputError ``database-url``."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            return ReadOnly(_sqlite(Path(parsed.database)))
        if parsed.get_backend_name() == "postgresql":
            return ReadOnly(_postgresql(parsed))
    except (ArgumentError, ModuleNotFoundError):
        pass
    sentence = "The URL of the inspector's database cannot be used."
    raise InputError("database-url", sentence, "Give sqlite:///FILE or postgresql://... in SIMREG_INSPECT_DATABASE.")


def _sqlite(path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        connection.execute("PRAGMA query_only = ON")
        connection.set_authorizer(authorizer)  # from here on not even a PRAGMA
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, **_POOL)
    _begin_plainly(engine)
    return engine


def _begin_plainly(engine: Engine) -> None:
    from sqlalchemy import event

    @event.listens_for(engine, "begin")
    def _begins(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")


def _postgresql(url: URL) -> Engine:
    options: dict[str, Any] = {"connect_args": {"options": "-c default_transaction_read_only=on"}}
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, **_POOL, **options)


def _check(tx: Connection) -> None:
    """Refuse a role that could reach what an inspector must not: nothing falls back to the server's own."""
    readable = tx.execute(text(TOO_WIDE)).all()
    beyond = [f"{table}.{column}" for table, column in readable if column not in READABLE.get(table, ())]
    if beyond or tx.execute(text(WRITES)).scalar_one() or tx.execute(text(OTHER_ROLES)).scalar_one():
        what = f"It can read {beyond[0]}." if beyond else "It can write, or take on another role."
        sentence = f"The role of SIMREG_INSPECT_DATABASE may do more than an inspector. {what}"
        remedy = "Give a role of its own what `simreg inspect grants ROLE` prints, and nothing else."
        raise SimregError("inspection-too-wide", sentence, remedy)
    missing = {(table, column) for table, columns in READABLE.items() for column in columns} - {
        (table, column) for table, column in readable
    }
    if missing:
        sentence = "The role of SIMREG_INSPECT_DATABASE may not read all that an inspector looks at."
        raise SimregError("inspection-too-narrow", sentence, "Run what `simreg inspect grants ROLE` prints.")
