"""Opening, transactions, migrations."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text, update

from simreg.errors import InputError, SimregError
from simreg.storage.database import Database, lock, open_database
from simreg.storage.tables import API_KEYS, METADATA, STAFF


def add_member(database: Database, failures: int = 0) -> None:
    row = {"id": "staff_1", "name": "ada", "role": "agent", "password": "-", "failures": failures}
    with database.write() as tx:
        tx.execute(STAFF.insert().values(row))


def failures(database: Database) -> int:
    with database.read() as tx:
        return int(tx.execute(select(STAFF.c.failures)).scalar_one())


def test_the_migrations_make_the_tables_that_the_code_expects(database: Database) -> None:
    with database.read() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []
        assert set(METADATA.tables) | {"alembic_version"} == set(inspect(tx).get_table_names())


def test_upgrading_again_changes_nothing_and_many_may_do_it_at_once(database_url: Callable[[], str]) -> None:
    url, faults = database_url(), []

    def upgrade() -> None:
        one = open_database(url)
        try:
            one.upgrade()
        except Exception as error:
            faults.append(error)
        one.close()

    threads = [threading.Thread(target=upgrade) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    database = open_database(url)
    add_member(database)
    database.upgrade()
    assert failures(database) == 0
    assert database.ready()
    database.close()


def test_a_database_without_tables_is_not_ready(database_url: Callable[[], str]) -> None:
    database = open_database(database_url())
    assert not database.ready()
    database.close()


def test_a_transaction_is_whole_or_nothing(database: Database) -> None:
    add_member(database)

    def broken() -> None:
        with database.write() as tx:
            tx.execute(update(STAFF).values(failures=7))
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert failures(database) == 0


def test_read_then_write_loses_no_update(database: Database) -> None:
    """On SQLite the writer is alone from its first read on; on PostgreSQL the lock's name lets one after another in."""
    add_member(database)

    def count() -> None:
        for _ in range(10):
            with database.write() as tx:
                lock(tx, "staff_1")
                now = tx.execute(select(STAFF.c.failures)).scalar_one()
                tx.execute(update(STAFF).values(failures=now + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures(database) == 40


def test_a_reader_sees_one_moment_whoever_writes_meanwhile(database: Database) -> None:
    add_member(database)
    with database.read() as reading:
        assert reading.execute(select(STAFF.c.failures)).scalar_one() == 0
        with database.write() as tx:
            tx.execute(update(STAFF).values(failures=1))
        assert reading.execute(select(STAFF.c.failures)).scalar_one() == 0
    assert failures(database) == 1


def test_times_come_back_as_they_went_in_and_in_utc(database: Database) -> None:
    at = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
    east = at.astimezone(timezone(timedelta(hours=8)))
    row = {"id": "key_1", "name": "n", "secret_sha256": "-", "scopes": [], "created_at": east}
    with database.write() as tx:
        tx.execute(API_KEYS.insert().values(row))
    with database.read() as tx:
        got = tx.execute(select(API_KEYS.c.created_at)).scalar_one()
    assert got == at
    assert got.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with database.read() as tx, pytest.raises(Exception, match="without a zone"):
        tx.execute(select(API_KEYS).where(API_KEYS.c.created_at > datetime(2026, 1, 1)))


def test_sqlite_is_set_for_safety(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/new folder/one.db")
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 20_000}
    with database.read() as tx:
        assert {name: tx.execute(text(f"PRAGMA {name}")).scalar_one() for name in wanted} == wanted
    database.close()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://a:hunter2@b/c", "sqlite://", "sqlite:///:memory:", "oracle://x"]
)
def test_a_url_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(InputError) as caught:
        open_database(url)
    assert caught.value.code == "database-url"
    assert "hunter2" not in str(caught.value)


def test_a_database_that_does_not_answer_says_so() -> None:
    database = open_database("postgresql://nobody:hunter2@127.0.0.1:1/none")
    assert not database.ready()
    with pytest.raises(SimregError) as caught, database.write():
        pass
    assert caught.value.code == "database-unreachable"
    assert "hunter2" not in str(caught.value)
