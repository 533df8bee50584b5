"""Opens a database, gives transactions on it, and brings its tables up to date."""

import hashlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from simreg.errors import InputError, SimregError

BUSY_MS = 20_000
"""Milliseconds that a writer waits for another on SQLite."""

POOL = {"pool_size": 20, "max_overflow": 20}
"""Connections that stay open, and how many more there may be: a thread that serves a request takes one."""

_WRITES = "simreg_writes"
_BEFORE, _AFTER = "simreg_before", "simreg_after"
_READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class Database:
    """One database. Any number of threads may use it; a process makes its own after a fork."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reader = engine.execution_options(**_READING if engine.dialect.name == "postgresql" else {})
        self._writer = engine.execution_options(**{_WRITES: True})
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that only reads, and sees the database as it was when it began."""
        return _begin(self._reader)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is whole or, after an exception, nothing. On SQLite there is one at a time.

        Threads of this process take turns there: SQLite itself would let them sleep and ask again.
        """
        with self._turn, _begin(self._writer) as tx:
            yield tx

    @property
    def url(self) -> str:
        """Its URL, with the password."""
        return self._engine.url.render_as_string(hide_password=False)

    def upgrade(self) -> None:
        """Bring the tables up to date; where they are, nothing happens. Several may call it at once."""
        with self.write() as tx:
            lock(tx, "simreg-upgrade")
            config = _alembic()
            config.attributes["connection"] = tx
            command.upgrade(config, "head")

    def ready(self) -> bool:
        """Whether the database answers and its tables are of this version."""
        try:
            with self.read() as tx:
                here = MigrationContext.configure(tx).get_current_revision()
        except SimregError:
            return False
        return here == ScriptDirectory.from_config(_alembic()).get_current_head()

    def forget(self) -> None:
        """Leave nothing of deleted rows beside the database: SQLite's write-ahead log is written back and emptied."""
        if self._engine.dialect.name == "sqlite":
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_database(url: str) -> Database:
    """The database at a URL, ``sqlite:///FILE`` or ``postgresql://...``; connections are made when they are needed.

    Raises InputError ``database-url``; the URL is never repeated, as a password may be in it.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return Database(_sqlite(parsed))
        if parsed.get_backend_name() == "postgresql":
            return Database(_postgresql(parsed))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        pass
    sentence = "The URL of the database cannot be used."
    raise InputError("database-url", sentence, "Give sqlite:///FILE, or postgresql://... and install simreg[postgres].")


def lock(tx: Connection, name: str) -> None:
    """Let one transaction after another through for a name, until it ends. SQLite has one writer anyway."""
    if tx.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        tx.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def before_commit(tx: Connection, act: Callable[[], None]) -> None:
    """Do something as the last of the transaction, and as a part of it."""
    tx.info.setdefault(_BEFORE, []).append(act)


def after_commit(tx: Connection, act: Callable[[], None]) -> None:
    """Do something once the transaction is whole; nothing where it is taken back."""
    tx.info.setdefault(_AFTER, []).append(act)


@contextmanager
def _begin(engine: Engine) -> Iterator[Connection]:
    try:
        connection = engine.connect()
    except (OperationalError, PoolTimeoutError):
        raise _unreachable() from None
    with connection:
        try:
            transaction = connection.begin()
        except OperationalError:
            raise _unreachable() from None
        connection.info.clear()  # a pooled connection may have served before
        with transaction:
            yield connection
            for act in connection.info.pop(_BEFORE, ()):
                act()
        for act in connection.info.pop(_AFTER, ()):
            act()


def _unreachable() -> SimregError:
    sentence = "The database does not answer."
    return SimregError("database-unreachable", sentence, "See that it runs, and that SIMREG_DATABASE names it rightly.")


def _postgresql(url: URL) -> Engine:
    return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True, **POOL)


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise ArgumentError("a database in memory is lost with its process")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, **POOL)

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin below, not in the driver
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        _write_ahead(connection)
        for pragma in (
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begins(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Keep a write-ahead log. While several open a new file at once SQLite refuses this without waiting."""
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config
