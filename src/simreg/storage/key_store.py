"""The key store: a database of its own, whose backups end with what they hold.

It has one key for each class of data of a case, and the salts of subjects, each wrapped by the deployment's key and
bound to what it belongs to. A key that was destroyed here is gone, and with it all that it sealed, in any backup of the
other database.
"""

import os
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, MetaData, String, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from simreg.log.commitment import SALT_BYTES
from simreg.privacy.keys import KEY_BYTES
from simreg.privacy.seal import Sealed, Wrapper
from simreg.storage.columns import Moment
from simreg.storage.database import Database, lock, open_database

SALT = "salt"
AT_ONCE = 200

_METADATA = MetaData()
_KEYS = Table(
    "keys",
    _METADATA,
    Column("id", String(80), primary_key=True),
    Column("owner", String(80), nullable=False),
    Column("use", String(64), nullable=False),
    Column("key_id", String(64), nullable=False, index=True),
    Column("nonce", LargeBinary, nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
)


def salt_id(owner: str) -> str:
    """What the salt of a subject is called."""
    return f"{SALT} {owner}"


class KeyStore:
    """Keys and salts, wrapped by one wrapper; any number of threads may use it."""

    def __init__(self, database: Database, wrapper: Wrapper) -> None:
        self._database, self._wrapper = database, wrapper
        with database.write() as tx:
            lock(tx, "simreg-key-store")
            _METADATA.create_all(tx)

    def make(self, owner: str, use: str, at: datetime) -> tuple[str, bytes]:
        """A new key of 32 bytes for an owner's use, and what it is called."""
        key_id, key = f"dek_{os.urandom(16).hex()}", os.urandom(KEY_BYTES)
        with self._database.write() as tx:
            self._insert(tx, key_id, owner, use, key, at)
        return key_id, key

    def find(self, key_id: str, owner: str, use: str) -> bytes | None:
        """A key; None where it was destroyed. Raises InputError ``sealed-unreadable`` where another key wrapped it."""
        with self._database.read() as tx:
            row = tx.execute(select(_KEYS).where(_KEYS.c.id == key_id)).one_or_none()
        return None if row is None else self._wrapper.open(_sealed(row), key_id, owner, use)

    def salt(self, owner: str, at: datetime) -> bytes:
        """The salt of a subject, 32 bytes; where there is none yet it is made."""
        found = self.known_salt(owner)
        if found is not None:
            return found
        try:
            with self._database.write() as tx:
                self._insert(tx, salt_id(owner), owner, SALT, salt := os.urandom(SALT_BYTES), at)
        except IntegrityError:  # somebody else was quicker
            return self.salt(owner, at)
        return salt

    def known_salt(self, owner: str) -> bytes | None:
        """The salt of a subject; None where there is none, or no longer."""
        return self.find(salt_id(owner), owner, SALT)

    def has(self, key_id: str) -> bool:
        """Whether a key or a salt is there."""
        with self._database.read() as tx:
            return tx.execute(select(_KEYS.c.id).where(_KEYS.c.id == key_id)).first() is not None

    def older(self, than: datetime) -> list[str]:
        """The keys that were made before a time; salts are not among them."""
        where = (_KEYS.c.made_at < than) & (_KEYS.c.use != SALT)
        with self._database.read() as tx:
            return list(tx.scalars(select(_KEYS.c.id).where(where)))

    def destroy(self, key_ids: Collection[str]) -> None:
        """Destroy keys and salts; those that are not there are no error."""
        if not key_ids:
            return
        with self._database.write() as tx:
            tx.execute(delete(_KEYS).where(_KEYS.c.id.in_(key_ids)))
        self._database.forget()

    def rewrap(self, new: Wrapper) -> int:
        """Wrap everything with another key, a batch in each transaction; how many there were.

        It may be broken off and begun again: what is wrapped by the new key already is left alone.
        """
        count = 0
        while batch := self._wrapped_by_another(new.key_id):
            with self._database.write() as tx:
                for row in batch:
                    belongs_to = (row.id, row.owner, row.use)
                    sealed = new.seal(self._wrapper.open(_sealed(row), *belongs_to), *belongs_to)
                    tx.execute(update(_KEYS).where(_KEYS.c.id == row.id).values(_columns(sealed)))
            count += len(batch)
        self._database.forget()
        return count

    def count(self) -> int:
        """How many keys and salts there are."""
        with self._database.read() as tx:
            return len(tx.execute(select(_KEYS.c.id)).all())

    def strangers(self) -> int:
        """How many were wrapped by another key than the one this store is opened with."""
        with self._database.read() as tx:
            return len(tx.execute(select(_KEYS.c.id).where(_KEYS.c.key_id != self._wrapper.key_id)).all())

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def _wrapped_by_another(self, key_id: str) -> list[Any]:
        with self._database.read() as tx:
            return list(tx.execute(select(_KEYS).where(_KEYS.c.key_id != key_id).order_by(_KEYS.c.id).limit(AT_ONCE)))

    def _insert(self, tx: Connection, key_id: str, owner: str, use: str, key: bytes, at: datetime) -> None:
        wrapped = _columns(self._wrapper.seal(key, key_id, owner, use))
        tx.execute(insert(_KEYS).values(id=key_id, owner=owner, use=use, made_at=at, **wrapped))


def open_key_store(url: str, wrapper: Wrapper) -> KeyStore:
    """The key store at the URL of a database. Raises InputError ``database-url``."""
    return KeyStore(open_database(url), wrapper)


def _sealed(row: Any) -> Sealed:
    return Sealed(row.key_id, row.nonce, row.ciphertext)


def _columns(sealed: Sealed) -> dict[str, Any]:
    return {"key_id": sealed.key_id, "nonce": sealed.nonce, "ciphertext": sealed.ciphertext}
