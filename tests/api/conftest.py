"""Every test here may have a `house`, on SQLite."""

import pytest

from api.house import House
from simreg.storage.database import Database
from storage.databases import database, postgres, upgraded, url

__all__ = ["database", "postgres", "upgraded", "url"]


@pytest.fixture
def kind() -> str:
    """The service's tests run on both; the edge is the same."""
    return "sqlite"


@pytest.fixture
def house(database: Database) -> House:
    """The whole edge."""
    return House(database)
