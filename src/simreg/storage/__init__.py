"""Tables and what is read from and written to them: SQLAlchemy Core, SQLite or PostgreSQL."""

from simreg.storage import log_tables as log_tables  # its tables are among those of `tables.METADATA` from here on
