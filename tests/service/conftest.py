"""Every test here may have a `database`, and a key store of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.desk import KEYS
from simreg.privacy.seal import Sealer
from simreg.storage.key_store import KeyStore, open_key_store
from storage.databases import database, database_url, kind, postgres, upgraded, upgraded_postgres, url

__all__ = ["database", "database_url", "kind", "postgres", "store", "upgraded", "upgraded_postgres", "url"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KeyStore]:
    """A key store of the test's own."""
    made = open_key_store(f"sqlite:///{tmp_path}/keys.db", Sealer.wrapping(KEYS))
    yield made
    made.close()
