"""Answers that were given to requests with an Idempotency-Key."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from simreg.errors import ConflictError
from simreg.storage.tables import IDEMPOTENCY
from simreg.storage.types import Json


def answer(tx: Connection, api_key_id: str, key: str, request_hmac: str) -> Json | None:
    """What was answered to this request, None for a new key.

    Raises ConflictError ``idempotency-other-request`` where the key came with another request.
    """
    where = (IDEMPOTENCY.c.api_key_id == api_key_id) & (IDEMPOTENCY.c.key == key)
    row = tx.execute(select(IDEMPOTENCY).where(where)).one_or_none()
    if row is None:
        return None
    if row.request_hmac != request_hmac:
        sentence = "This Idempotency-Key came with another request before."
        raise ConflictError("idempotency-other-request", sentence, "Draw a new key for each new request.")
    return dict(row.answer)


def remember(tx: Connection, api_key_id: str, key: str, request_hmac: str, given: Json, at: datetime) -> None:
    """Keep what was answered."""
    tx.execute(
        insert(IDEMPOTENCY).values(api_key_id=api_key_id, key=key, request_hmac=request_hmac, answer=given, created_at=at)
    )


def forget(tx: Connection, before: datetime) -> int:
    """Erase what was answered before a time; how many there were."""
    return tx.execute(delete(IDEMPOTENCY).where(IDEMPOTENCY.c.created_at < before)).rowcount
