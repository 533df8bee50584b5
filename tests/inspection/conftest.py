"""Every test here may have a `database`, and a key store of its own."""

from service.conftest import store
from storage.databases import database, database_url, kind, postgres, upgraded, upgraded_postgres, url

__all__ = ["database", "database_url", "kind", "postgres", "store", "upgraded", "upgraded_postgres", "url"]
