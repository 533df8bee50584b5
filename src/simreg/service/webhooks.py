"""Webhooks of the operator, and the messages that wait for them."""

import base64
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection

from simreg.errors import InputError, NotFoundError
from simreg.privacy.keys import Keys
from simreg.privacy.seal import Sealed, Sealer
from simreg.registration.types import State
from simreg.service.chance import Chance, new_id
from simreg.service.rights import FROZEN, RELEASED
from simreg.service.work import Clock
from simreg.storage import outbox, webhooks
from simreg.storage.database import Database
from simreg.storage.types import Json

KINDS = (*(f"case.{state}" for state in State), FROZEN, RELEASED)
"""What a webhook can hear of."""

BACK_OFF_S = (5, 30, 120, 600, 1_800, 7_200, 18_000, 36_000, 36_000)
"""Seconds until the next try after each failed one; about 28 hours in all, then it is given up."""

TAKEN_S = 60
"""Seconds for which a message is one sender's."""

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where messages go, and which kinds (all where none is named)."""

    id: str
    url: str
    kinds: tuple[str, ...]
    created_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A webhook with its secret ``whsec_...``, which is told only now."""

    webhook: Webhook
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to send: ``id`` stays the same over all tries; ``secret`` are the bytes to sign with."""

    id: str
    webhook_id: str
    url: str
    kind: str
    payload: Json
    created_at: datetime
    tries: int
    secret: bytes = field(repr=False)


class Webhooks:
    """Webhooks and their outbox."""

    def __init__(self, database: Database, keys: Keys, clock: Clock, chance: Chance) -> None:
        self._database = database
        self._sealer = Sealer.of(keys)
        self._clock = clock
        self._chance = chance

    def create(self, url: str, kinds: tuple[str, ...] = ()) -> NewWebhook:
        """A new webhook. Raises InputError ``webhook-url`` or ``webhook-kind``."""
        webhook = Webhook(new_id(self._chance, "hook"), _checked_url(url), _checked_kinds(kinds), self._clock(), None)
        secret = os.urandom(SECRET_BYTES)
        with self._database.write() as tx:
            webhooks.add(tx, _columns(webhook), self._sealer.seal(secret, "webhook", webhook.id))
        return NewWebhook(webhook, "whsec_" + base64.b64encode(secret).decode())

    def all(self) -> list[Webhook]:
        """All webhooks by the time they were made."""
        with self._database.read() as tx:
            return [_webhook(row) for row in webhooks.all_(tx)]

    def get(self, webhook_id: str) -> Webhook:
        """The webhook of this id. Raises NotFoundError ``webhook-unknown``."""
        with self._database.read() as tx:
            return self._held(tx, webhook_id)

    def change(
        self,
        webhook_id: str,
        url: str | None = None,
        kinds: tuple[str, ...] | None = None,
        disabled: bool | None = None,
    ) -> Webhook:
        """Change what is given; while a webhook is disabled its messages wait, and no new ones are made."""
        with self._database.write() as tx:
            old = self._held(tx, webhook_id)
            off = old.disabled_at if disabled is None else (self._clock() if disabled else None)
            new = Webhook(
                old.id,
                old.url if url is None else _checked_url(url),
                old.kinds if kinds is None else _checked_kinds(kinds),
                old.created_at,
                off,
            )
            webhooks.put(tx, _columns(new))
        return new

    def delete(self, webhook_id: str) -> None:
        """Delete a webhook and its messages. Raises NotFoundError ``webhook-unknown``."""
        with self._database.write() as tx:
            self._held(tx, webhook_id)
            webhooks.delete_(tx, webhook_id)

    def due(self, limit: int = 20) -> list[Delivery]:
        """Messages to send now. They are this sender's for `TAKEN_S` seconds; call `delivered` or `failed` for each."""
        now = self._clock()
        with self._database.write() as tx:
            rows = outbox.take(tx, now, now + timedelta(seconds=TAKEN_S), limit)
        return [self._delivery(row) for row in rows]

    def waiting(self) -> int:
        """How many messages are still to be sent."""
        with self._database.read() as tx:
            return outbox.waiting(tx)

    def delivered(self, message_id: str) -> None:
        """The receiver answered with 2xx."""
        with self._database.write() as tx:
            outbox.sent(tx, message_id, self._clock())

    def failed(self, message_id: str, error: str) -> bool:
        """The receiver did not; True where the message will be tried again. ``error`` is a short word or sentence."""
        with self._database.write() as tx:
            tries = outbox.tries(tx, message_id)
            again = tries < len(BACK_OFF_S)
            at = self._clock() + timedelta(seconds=BACK_OFF_S[tries]) if again else None
            outbox.failed(tx, message_id, error[:200], at)
        return again

    def _held(self, tx: Connection, webhook_id: str) -> Webhook:
        row = webhooks.get(tx, webhook_id) if webhook_id.isascii() and webhook_id.isprintable() else None
        if row is None:
            raise NotFoundError("webhook-unknown", "There is no webhook of this id.", "Check the id.")
        return _webhook(row)

    def _delivery(self, row: Any) -> Delivery:
        secret = self._sealer.open(Sealed(row.key_id, row.nonce, row.ciphertext), "webhook", row.webhook_id)
        return Delivery(row.id, row.webhook_id, row.url, row.kind, row.payload, row.created_at, row.tries, secret)


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= 2000
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not plain or not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        sentence = "The webhook's address is not an https address."
        raise InputError("webhook-url", sentence, "Give https://..., or http://localhost for a trial.")
    return url


def _checked_kinds(kinds: tuple[str, ...]) -> tuple[str, ...]:
    if not set(kinds) <= set(KINDS):
        raise InputError("webhook-kind", "There is no such kind of message.", f"Give some of: {', '.join(KINDS)}.")
    return tuple(dict.fromkeys(kinds))


def _columns(webhook: Webhook) -> Json:
    names = ("id", "url", "created_at", "disabled_at")
    return {name: getattr(webhook, name) for name in names} | {"kinds": list(webhook.kinds)}


def _webhook(row: Any) -> Webhook:
    return Webhook(row.id, row.url, tuple(row.kinds), row.created_at, row.disabled_at)
