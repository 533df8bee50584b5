"""Second factors of the staff."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from simreg.privacy.seal import Sealed
from simreg.storage.tables import SECOND_FACTORS


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """A member's secret, sealed; the last step that was used; SHA-256 of the recovery codes that are left."""

    staff_id: str
    secret: Sealed = field(repr=False)
    step: int = 0
    recovery: tuple[str, ...] = field(default=(), repr=False)
    confirmed_at: datetime | None = None


def find(tx: Connection, staff_id: str) -> SecondFactor | None:
    """The second factor of a member."""
    row = tx.execute(select(SECOND_FACTORS).where(SECOND_FACTORS.c.staff_id == staff_id)).one_or_none()
    if row is None:
        return None
    secret = Sealed(row.key_id, row.nonce, row.ciphertext)
    return SecondFactor(row.staff_id, secret, row.step, tuple(row.recovery), row.confirmed_at)


def put(tx: Connection, one: SecondFactor) -> None:
    """Set it, in place of what is there."""
    forget(tx, one.staff_id)
    secret = one.secret
    tx.execute(
        insert(SECOND_FACTORS).values(
            staff_id=one.staff_id,
            key_id=secret.key_id,
            nonce=secret.nonce,
            ciphertext=secret.ciphertext,
            step=one.step,
            recovery=list(one.recovery),
            confirmed_at=one.confirmed_at,
        )
    )


def forget(tx: Connection, staff_id: str) -> None:
    """Remove it."""
    tx.execute(delete(SECOND_FACTORS).where(SECOND_FACTORS.c.staff_id == staff_id))
