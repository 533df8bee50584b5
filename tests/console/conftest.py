"""Every test here may have a `house`: the staff pages over a new database."""

import pytest

from console.house import House
from simreg.storage.database import Database
from storage.databases import database, database_url, postgres, upgraded, upgraded_postgres, url

__all__ = ["database", "database_url", "postgres", "upgraded", "upgraded_postgres", "url"]


@pytest.fixture
def kind() -> str:
    """Which database is the storage's matter: here SQLite is enough."""
    return "sqlite"


@pytest.fixture
def house(database: Database) -> House:
    """The pages over a new database."""
    return House(database)
