"""Sealed data of cases: what is biometric, encrypted, and only for a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from simreg.privacy.seal import Sealed, Sealer
from simreg.storage.tables import SEALED

REFERENCE, FRAME, CURVES = "reference", "frame", "curves"


def put(tx: Connection, sealer: Sealer, case_id: str, kind: str, data: Sequence[bytes], expires_at: datetime) -> None:
    """Seal data of one kind, in place of what is there of that kind."""
    erase(tx, case_id, [kind])
    for sequence, one in enumerate(data):
        sealed = sealer.seal(one, case_id, kind, sequence)
        tx.execute(
            insert(SEALED).values(
                case_id=case_id,
                kind=kind,
                sequence=sequence,
                expires_at=expires_at,
                key_id=sealed.key_id,
                nonce=sealed.nonce,
                ciphertext=sealed.ciphertext,
            )
        )


def get(tx: Connection, sealer: Sealer, case_id: str, kind: str, now: datetime) -> tuple[bytes, ...]:
    """What is there of one kind and not past its time, in its order. Raises InputError ``sealed-unreadable``."""
    where = (SEALED.c.case_id == case_id) & (SEALED.c.kind == kind) & (SEALED.c.expires_at > now)
    rows = tx.execute(select(SEALED).where(where).order_by(SEALED.c.sequence))
    return tuple(sealer.open(Sealed(row.key_id, row.nonce, row.ciphertext), case_id, kind, row.sequence) for row in rows)


def there(tx: Connection, case_id: str, kind: str, now: datetime) -> bool:
    """Whether anything of a kind is there and not past its time."""
    where = (SEALED.c.case_id == case_id) & (SEALED.c.kind == kind) & (SEALED.c.expires_at > now)
    return tx.execute(select(SEALED.c.kind).where(where).limit(1)).first() is not None


def erase(tx: Connection, case_id: str, kinds: Sequence[str]) -> None:
    """Erase all of these kinds."""
    tx.execute(delete(SEALED).where(SEALED.c.case_id == case_id, SEALED.c.kind.in_(kinds)))


def erase_due(tx: Connection, now: datetime) -> int:
    """Erase all whose time is over; how many there were."""
    return tx.execute(delete(SEALED).where(SEALED.c.expires_at <= now)).rowcount
