"""Records of cases that are over: which may go, and letting them go."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update

from simreg.registration.types import State
from simreg.storage.tables import ACTIVATIONS, ATTEMPTS, CASES, EVENTS, LOOKS, SIGNED_ORDERS

WITHOUT_LINE = (State.REFUSED, State.EXPIRED, State.WITHDRAWN, State.CANCELLED)
"""How cases end that switch no line on."""


def profiles(tx: Connection) -> list[str]:
    """Names of the profiles that there are cases of."""
    return list(tx.scalars(select(CASES.c.profile).distinct()))


def over(
    tx: Connection,
    profile: str,
    before: datetime,
    now: datetime,
    goes_on: Collection[str],
    limit: int,
    *,
    told: bool = False,
) -> list[str]:
    """Ids of a profile's cases whose service ended before a time, or which ended so without one.

    A line's service goes on with the next activation of it if that one follows at once and its transaction is among
    ``goes_on``; the record stays as long as that one's does. With ``told`` only those that are more than a receipt.
    """
    later, theirs = ACTIVATIONS.alias("later"), CASES.alias("theirs")
    follows = (later.c.line == ACTIVATIONS.c.line) & (later.c.at == ACTIVATIONS.c.ended_at)
    other = (later.c.case_id != ACTIVATIONS.c.case_id) & (theirs.c.id == later.c.case_id)
    taken_over = exists().where(follows & other & theirs.c.transaction.in_(goes_on))
    served = select(ACTIVATIONS.c.case_id).where(ACTIVATIONS.c.ended_at <= before, ~taken_over)
    ended = CASES.c.state.in_(WITHOUT_LINE) & (CASES.c.changed_at <= before) & (CASES.c.expires_at <= now)
    switched_off = (CASES.c.state == State.ACTIVATED) & CASES.c.id.in_(served)
    query = select(CASES.c.id).where(CASES.c.profile == profile, ended | switched_off)
    if told:
        query = query.where(exists().where(EVENTS.c.case_id == CASES.c.id))
    return list(tx.scalars(query.order_by(CASES.c.changed_at).limit(limit)))


def strip(tx: Connection, case_ids: Sequence[str]) -> None:
    """Leave of cases what a receipt needs: numbers, times and outcomes."""
    nothing: dict[str, object] = {"challenge": [], "reasons": [], "result": None, "reaction_ms": []}
    tx.execute(delete(EVENTS).where(EVENTS.c.case_id.in_(case_ids)))
    tx.execute(delete(LOOKS).where(LOOKS.c.case_id.in_(case_ids)))
    tx.execute(delete(SIGNED_ORDERS).where(SIGNED_ORDERS.c.case_id.in_(case_ids)))
    tx.execute(update(ATTEMPTS).where(ATTEMPTS.c.case_id.in_(case_ids)).values(nothing))
    tx.execute(update(ACTIVATIONS).where(ACTIVATIONS.c.case_id.in_(case_ids)).values(subject_hash=None))
    tx.execute(update(CASES).where(CASES.c.id.in_(case_ids)).values(subject_hash=None, reviews=[]))


def erase(tx: Connection, case_ids: Sequence[str]) -> None:
    """Erase cases with everything that hangs on them."""
    tx.execute(delete(ACTIVATIONS).where(ACTIVATIONS.c.case_id.in_(case_ids)))
    tx.execute(delete(CASES).where(CASES.c.id.in_(case_ids)))


def owners(tx: Connection, case_ids: Sequence[str]) -> dict[str, str]:
    """Whose salts the commitments of cases are made with, each with one of these cases."""
    rows = tx.execute(select(CASES.c.id, CASES.c.subject_hash).where(CASES.c.id.in_(case_ids)))
    return {row.subject_hash or row.id: row.id for row in rows}


def has_subject(tx: Connection, subject: str) -> bool:
    """Whether there is a record of a person, by the keyed hash of their number."""
    return tx.execute(select(CASES.c.id).where(CASES.c.subject_hash == subject).limit(1)).first() is not None
