"""Webhooks of the operator, with their sealed secrets."""

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from simreg.privacy.seal import Sealed
from simreg.storage.tables import WEBHOOKS
from simreg.storage.types import Json


def add(tx: Connection, values: Json, secret: Sealed) -> None:
    """Insert a webhook."""
    sealed = {"key_id": secret.key_id, "nonce": secret.nonce, "ciphertext": secret.ciphertext}
    tx.execute(insert(WEBHOOKS).values(values | sealed))


def get(tx: Connection, webhook_id: str) -> Row[Any] | None:
    """The webhook of this id."""
    return tx.execute(select(WEBHOOKS).where(WEBHOOKS.c.id == webhook_id)).one_or_none()


def all_(tx: Connection) -> list[Row[Any]]:
    """All webhooks by the time they were made."""
    return list(tx.execute(select(WEBHOOKS).order_by(WEBHOOKS.c.created_at, WEBHOOKS.c.id)))


def put(tx: Connection, values: Json) -> None:
    """Set a webhook to what it became."""
    tx.execute(update(WEBHOOKS).where(WEBHOOKS.c.id == values["id"]).values(values))


def delete_(tx: Connection, webhook_id: str) -> None:
    """Delete a webhook and its messages."""
    tx.execute(delete(WEBHOOKS).where(WEBHOOKS.c.id == webhook_id))
