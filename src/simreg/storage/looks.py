"""Who looked at the evidence of a case."""

from sqlalchemy import Connection, insert, select

from simreg.storage.tables import LOOKS
from simreg.storage.types import Look


def add(tx: Connection, look: Look) -> None:
    """Write down that somebody looked."""
    tx.execute(insert(LOOKS).values(case_id=look.case_id, actor=look.actor, at=look.at))


def of_case(tx: Connection, case_id: str) -> list[Look]:
    """Who looked at a case's evidence, in their order."""
    rows = tx.execute(select(LOOKS).where(LOOKS.c.case_id == case_id).order_by(LOOKS.c.at, LOOKS.c.id))
    return [Look(row.case_id, row.actor, row.at) for row in rows]
