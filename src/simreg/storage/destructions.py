"""Keys that wait to be destroyed: written down with the erasure of what they sealed, struck out with the leaf of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from simreg.log.words import Cause, Kept
from simreg.storage.tables import DESTRUCTIONS


@dataclass(frozen=True, slots=True)
class Destruction:
    """A key of the key store, or the salt of a subject, whose case and class of data are told to the log."""

    key_id: str
    case_id: str
    kind: Kept
    cause: Cause


def add(tx: Connection, wanted: Iterable[Destruction]) -> None:
    """Write down what is to be destroyed; what is written down already stays as it is."""
    for one in wanted:
        here = select(DESTRUCTIONS.c.key_id).where(DESTRUCTIONS.c.key_id == one.key_id)
        if tx.execute(here).first() is None:
            values = {"key_id": one.key_id, "case_id": one.case_id, "kind": one.kind.value, "cause": one.cause.value}
            tx.execute(insert(DESTRUCTIONS).values(values))


def due(tx: Connection, limit: int) -> list[Destruction]:
    """What waits."""
    rows = tx.execute(select(DESTRUCTIONS).order_by(DESTRUCTIONS.c.key_id).limit(limit))
    return [Destruction(row.key_id, row.case_id, Kept(row.kind), Cause(row.cause)) for row in rows]


def done(tx: Connection, key_id: str) -> bool:
    """Strike one out; False where somebody else did."""
    return tx.execute(delete(DESTRUCTIONS).where(DESTRUCTIONS.c.key_id == key_id)).rowcount == 1
