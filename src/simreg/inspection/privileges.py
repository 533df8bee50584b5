"""What an inspector's connection may read: columns by table; everything else, and all writing, is out of its reach."""

import sqlite3
from collections.abc import Callable

READABLE: dict[str, tuple[str, ...]] = {
    "cases": (
        *("id", "folio", "state", "profile", "transaction", "channel"),
        *("line", "created_at", "shop", "agent", "subject_hash"),
    ),
    "staff": ("id", "name", "role", "shop"),
    "log_leaves": ("number", "kind", "case_id", "day", "entry"),
    "log_tiles": ("level", "number", "hashes"),
    "log_frontier": ("id", "size", "hashes", "at"),
    "log_checkpoints": ("size", "at", "note"),
}
"""No table with sealed data, no password, no sign-in, no key, no event, no reviewer's words."""

_HARMLESS = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_RECURSIVE})
_FUNCTIONS = frozenset({"count", "min", "max"})

Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]


def authorizer(action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
    """SQLite asks this before it runs a statement: may it be done to this table and column?"""
    if action == sqlite3.SQLITE_READ:
        # A count of rows reads no column; SQLite names it "".
        return sqlite3.SQLITE_OK if second in ("", *READABLE.get(first or "", ())) and first in READABLE else _DENIED
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_OK if second in _FUNCTIONS else _DENIED
    if action == sqlite3.SQLITE_PRAGMA:  # the driver asks for this one, and sets nothing
        return sqlite3.SQLITE_OK if (first, second) == ("read_uncommitted", None) else _DENIED
    return sqlite3.SQLITE_OK if action in _HARMLESS else _DENIED


_DENIED = sqlite3.SQLITE_DENY


def grants(role: str) -> str:
    """The SQL by which PostgreSQL's administrator gives a role of its own what `READABLE` says, and nothing else."""
    name = '"' + role.replace('"', '""') + '"'
    lines = [f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name};", f"GRANT USAGE ON SCHEMA public TO {name};"]
    for table, columns in READABLE.items():
        lines.append(f"GRANT SELECT ({', '.join(_quoted(one) for one in columns)}) ON {table} TO {name};")
    lines.append(f"ALTER ROLE {name} SET default_transaction_read_only = on;")
    return "\n".join(lines) + "\n"


def _quoted(column: str) -> str:
    return f'"{column}"'


TOO_WIDE = """
SELECT c.relname, a.attname FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
AND n.nspname NOT LIKE 'pg_toast%' AND NOT a.attisdropped
AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
"""
"""Every column that the connection's role could read in PostgreSQL."""

WRITES = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
AND n.nspname NOT LIKE 'pg_toast%'
AND (has_any_column_privilege(c.oid, 'INSERT, UPDATE') OR has_table_privilege(c.oid, 'DELETE, TRUNCATE'))
"""
"""How many tables it could write to."""

OTHER_ROLES = """
SELECT count(*) FROM pg_roles WHERE rolname <> current_user AND pg_has_role(current_user, oid, 'MEMBER')
"""
"""How many roles it could take on."""
