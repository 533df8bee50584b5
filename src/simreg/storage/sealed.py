"""Sealed data of cases: what is biometric, encrypted, and only for a time.

What is put at one time is sealed by one key, which is kept in the key store. Erasing it here asks for that key's
destruction in the same transaction.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from simreg.errors import InputError
from simreg.log.words import Cause, Kept
from simreg.privacy.seal import Sealed, Sealer
from simreg.storage import destructions
from simreg.storage.destructions import Destruction
from simreg.storage.key_store import KeyStore
from simreg.storage.tables import SEALED

REFERENCE, FRAME, CURVES = "reference", "frame", "curves"
CLASSES = {REFERENCE: Kept.REFERENCE, FRAME: Kept.FRAMES, CURVES: Kept.CURVES}
"""What the log calls each kind."""


def put(
    tx: Connection, store: KeyStore, case_id: str, kind: str, data: Sequence[bytes], now: datetime, expires_at: datetime
) -> None:
    """Seal data of one kind by a new key, in place of what is there of that kind."""
    erase(tx, case_id, [kind], Cause.REPLACED)
    key_id, key = store.make(case_id, kind, now)
    sealer = Sealer(key_id, key)
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


def get(tx: Connection, store: KeyStore, case_id: str, kind: str, now: datetime) -> tuple[bytes, ...]:
    """What is there of one kind and not past its time, in its order. Raises InputError ``sealed-unreadable``."""
    where = (SEALED.c.case_id == case_id) & (SEALED.c.kind == kind) & (SEALED.c.expires_at > now)
    rows = tx.execute(select(SEALED).where(where).order_by(SEALED.c.sequence)).all()
    sealers = {key_id: _sealer(store, key_id, case_id, kind) for key_id in {row.key_id for row in rows}}
    return tuple(
        sealers[row.key_id].open(Sealed(row.key_id, row.nonce, row.ciphertext), case_id, kind, row.sequence)
        for row in rows
    )


def there(tx: Connection, case_id: str, kind: str, now: datetime) -> bool:
    """Whether anything of a kind is there and not past its time."""
    where = (SEALED.c.case_id == case_id) & (SEALED.c.kind == kind) & (SEALED.c.expires_at > now)
    return tx.execute(select(SEALED.c.kind).where(where).limit(1)).first() is not None


def erase(tx: Connection, case_id: str, kinds: Sequence[str], cause: Cause) -> None:
    """Erase all of these kinds, and have their keys destroyed."""
    _erase(tx, (SEALED.c.case_id == case_id) & SEALED.c.kind.in_(kinds), cause)


def keys(tx: Connection) -> set[str]:
    """The keys of all that is sealed."""
    return set(tx.scalars(select(SEALED.c.key_id).distinct()))


def erase_due(tx: Connection, now: datetime) -> int:
    """Erase all whose time is over, and have their keys destroyed; how many there were."""
    return _erase(tx, SEALED.c.expires_at <= now, Cause.RETENTION)


def _erase(tx: Connection, where: ColumnElement[bool], cause: Cause) -> int:
    keys = tx.execute(select(SEALED.c.key_id, SEALED.c.case_id, SEALED.c.kind).where(where).distinct()).all()
    destructions.add(tx, [Destruction(row.key_id, row.case_id, CLASSES[row.kind], cause) for row in keys])
    return tx.execute(delete(SEALED).where(where)).rowcount


def _sealer(store: KeyStore, key_id: str, case_id: str, kind: str) -> Sealer:
    key = store.find(key_id, case_id, kind)
    if key is None:
        sentence = "The key of what was sealed has been destroyed: nobody can read it any more."
        raise InputError("sealed-unreadable", sentence, "Take it anew.")
    return Sealer(key_id, key)
