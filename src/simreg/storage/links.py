"""Links: tokens that open a case to the subscriber, or one run of an attempt to a capture."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from simreg.storage.tables import LINKS
from simreg.storage.types import Link


def add(tx: Connection, link: Link) -> None:
    """Insert a new link."""
    tx.execute(insert(LINKS).values({column.name: getattr(link, column.name) for column in LINKS.columns}))


def find(tx: Connection, token_sha256: str, kind: str) -> Link | None:
    """The link of a token and kind."""
    row = tx.execute(select(LINKS).where(LINKS.c.token_sha256 == token_sha256, LINKS.c.kind == kind)).one_or_none()
    return None if row is None else Link(**row._mapping)


def use(tx: Connection, token_sha256: str, now: datetime) -> bool:
    """Mark a link as used; False where it was before."""
    unused = (LINKS.c.token_sha256 == token_sha256) & LINKS.c.used_at.is_(None)
    return tx.execute(update(LINKS).where(unused).values(used_at=now)).rowcount == 1


def erase_due(tx: Connection, now: datetime) -> int:
    """Erase all whose time is over; how many there were."""
    return tx.execute(delete(LINKS).where(LINKS.c.expires_at <= now)).rowcount
