"""Tables and what is read from and written to them: SQLAlchemy Core, SQLite or PostgreSQL."""
