"""Every test here may have a `database`."""

from storage.databases import database, database_url, kind, postgres, upgraded, upgraded_postgres, url

__all__ = ["database", "database_url", "kind", "postgres", "upgraded", "upgraded_postgres", "url"]
