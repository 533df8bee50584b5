"""The tables of the log. Rows are added and, but for the frontier and unfinished tiles, never changed."""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table

from simreg.storage.tables import ID, METADATA, WORD

LONG = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 8 bytes; on SQLite the name by which a key is the row's own number."""

LOG_LEAVES = Table(
    "log_leaves",
    METADATA,
    Column("number", LONG, primary_key=True, autoincrement=False),
    Column("kind", WORD, nullable=False),
    Column("case_id", ID),
    Column("day", Integer, nullable=False),
    Column("entry", LargeBinary, nullable=False),
    Index("ix_log_leaves_day_case_id", "day", "case_id"),
)

"""``day`` counts days since 1970. It comes first in the index, as ids of cases are random: so what is written lies close
together, and a case is looked for in each of its days."""

LOG_TILES = Table(
    "log_tiles",
    METADATA,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("number", LONG, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),
)

LOG_FRONTIER = Table(
    "log_frontier",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("size", LONG, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
    Column("at", LONG, nullable=False),
)

LOG_CHECKPOINTS = Table(
    "log_checkpoints",
    METADATA,
    Column("size", LONG, primary_key=True, autoincrement=False),
    Column("at", LONG, nullable=False),
    Column("note", LargeBinary, nullable=False),
)
