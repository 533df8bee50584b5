"""Webhooks, and the messages that wait to be sent to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from simreg.storage.tables import OUTBOX, WEBHOOKS
from simreg.storage.types import Json


def add(tx: Connection, message_id: str, webhook_id: str, kind: str, payload: Json, at: datetime) -> None:
    """Insert a message that is due at once."""
    values = {"id": message_id, "webhook_id": webhook_id, "kind": kind, "payload": payload}
    tx.execute(insert(OUTBOX).values(**values, created_at=at, next_try_at=at, tries=0))


def listening(tx: Connection, kind: str) -> list[str]:
    """Ids of webhooks that want to hear of a kind; one without kinds wants all."""
    rows = tx.execute(select(WEBHOOKS.c.id, WEBHOOKS.c.kinds).where(WEBHOOKS.c.disabled_at.is_(None)))
    return [row.id for row in rows if not row.kinds or kind in row.kinds]


def take(tx: Connection, now: datetime, until: datetime, limit: int) -> list[Any]:
    """Messages that are due with their webhooks, held back until a time so that no other sender takes them."""
    joined = OUTBOX.join(WEBHOOKS, WEBHOOKS.c.id == OUTBOX.c.webhook_id)
    columns = (
        *(OUTBOX.c.id, OUTBOX.c.kind, OUTBOX.c.payload, OUTBOX.c.created_at, OUTBOX.c.tries, OUTBOX.c.webhook_id),
        *(WEBHOOKS.c.url, WEBHOOKS.c.key_id, WEBHOOKS.c.nonce, WEBHOOKS.c.ciphertext),
    )
    due = (OUTBOX.c.next_try_at <= now) & WEBHOOKS.c.disabled_at.is_(None)
    query = select(*columns).select_from(joined).where(due).order_by(OUTBOX.c.next_try_at, OUTBOX.c.id).limit(limit)
    rows = list(tx.execute(query.with_for_update(of=OUTBOX, skip_locked=True)))
    tx.execute(update(OUTBOX).where(OUTBOX.c.id.in_([row.id for row in rows])).values(next_try_at=until))
    return rows


def sent(tx: Connection, message_id: str, at: datetime) -> None:
    """A message arrived."""
    where = OUTBOX.c.id == message_id
    done = {"delivered_at": at, "next_try_at": None, "tries": OUTBOX.c.tries + 1, "last_error": None}
    tx.execute(update(OUTBOX).where(where).values(done))


def tries(tx: Connection, message_id: str) -> int:
    """How often a message has been tried."""
    return tx.execute(select(OUTBOX.c.tries).where(OUTBOX.c.id == message_id)).scalar_one_or_none() or 0


def failed(tx: Connection, message_id: str, error: str, next_try_at: datetime | None) -> None:
    """A message did not arrive; it is tried again at a time, or never."""
    values = {"next_try_at": next_try_at, "tries": OUTBOX.c.tries + 1, "last_error": error}
    tx.execute(update(OUTBOX).where(OUTBOX.c.id == message_id).values(values))


def messages(tx: Connection, webhook_id: str, limit: int) -> list[Row[Any]]:
    """The newest messages of a webhook."""
    query = select(OUTBOX).where(OUTBOX.c.webhook_id == webhook_id)
    return list(tx.execute(query.order_by(OUTBOX.c.created_at.desc(), OUTBOX.c.id).limit(limit)))


def waiting(tx: Connection) -> int:
    """How many messages are still to be sent."""
    return tx.execute(select(func.count()).select_from(OUTBOX).where(OUTBOX.c.next_try_at.is_not(None))).scalar_one()


def forget(tx: Connection, before: datetime) -> int:
    """Erase messages that arrived before a time, or were given up and are older; how many there were."""
    given_up = OUTBOX.c.next_try_at.is_(None) & OUTBOX.c.delivered_at.is_(None) & (OUTBOX.c.created_at < before)
    return tx.execute(delete(OUTBOX).where((OUTBOX.c.delivered_at < before) | given_up)).rowcount
