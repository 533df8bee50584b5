"""Staff, their sign-ins, and the keys of the operator's system."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from simreg.storage.tables import API_KEYS, STAFF, STAFF_SESSIONS
from simreg.storage.types import ApiKey, StaffMember, StaffSession


def add(tx: Connection, member: StaffMember) -> None:
    """Insert a new member; a name twice is an IntegrityError."""
    tx.execute(insert(STAFF).values({column.name: getattr(member, column.name) for column in STAFF.columns}))


def named(tx: Connection, name: str, *, to_change: bool = False) -> StaffMember | None:
    """The member of a name; ``to_change`` holds them until the transaction ends."""
    query = select(STAFF).where(STAFF.c.name == name)
    row = tx.execute(query.with_for_update() if to_change else query).one_or_none()
    return None if row is None else StaffMember(**row._mapping)


def all_(tx: Connection) -> list[StaffMember]:
    """All members by name."""
    return [StaffMember(**row._mapping) for row in tx.execute(select(STAFF).order_by(STAFF.c.name))]


def put(tx: Connection, member: StaffMember) -> bool:
    """Set a member to what they became; False where there is none."""
    values = {column.name: getattr(member, column.name) for column in STAFF.columns}
    return tx.execute(update(STAFF).where(STAFF.c.id == member.id).values(values)).rowcount == 1


def add_session(tx: Connection, session: StaffSession) -> None:
    """Insert a sign-in."""
    values = {column.name: getattr(session, column.name) for column in STAFF_SESSIONS.columns}
    tx.execute(insert(STAFF_SESSIONS).values(values))


def session(tx: Connection, token_sha256: str, now: datetime) -> tuple[StaffSession, StaffMember] | None:
    """A sign-in that holds, and whose it is."""
    where = (STAFF_SESSIONS.c.token_sha256 == token_sha256) & (STAFF_SESSIONS.c.expires_at > now)
    row = tx.execute(select(STAFF_SESSIONS).where(where)).one_or_none()
    if row is None:
        return None
    member = tx.execute(select(STAFF).where(STAFF.c.id == row.staff_id, STAFF.c.disabled_at.is_(None))).one_or_none()
    return None if member is None else (StaffSession(**row._mapping), StaffMember(**member._mapping))


def second_done(tx: Connection, token_sha256: str, at: datetime) -> None:
    """The second factor of a sign-in was given."""
    tx.execute(update(STAFF_SESSIONS).where(STAFF_SESSIONS.c.token_sha256 == token_sha256).values(second_at=at))


def end_session(tx: Connection, token_sha256: str) -> None:
    """End a sign-in."""
    tx.execute(delete(STAFF_SESSIONS).where(STAFF_SESSIONS.c.token_sha256 == token_sha256))


def end_sessions(tx: Connection, staff_id: str) -> None:
    """End all sign-ins of a member."""
    tx.execute(delete(STAFF_SESSIONS).where(STAFF_SESSIONS.c.staff_id == staff_id))


def erase_due_sessions(tx: Connection, now: datetime) -> int:
    """Erase sign-ins whose time is over; how many there were."""
    return tx.execute(delete(STAFF_SESSIONS).where(STAFF_SESSIONS.c.expires_at <= now)).rowcount


def add_key(tx: Connection, key: ApiKey) -> None:
    """Insert a key."""
    values: dict[str, Any] = {column.name: getattr(key, column.name) for column in API_KEYS.columns}
    tx.execute(insert(API_KEYS).values(values | {"scopes": list(key.scopes)}))


def key_of(tx: Connection, secret_sha256: str) -> ApiKey | None:
    """The key of a secret, if it was not revoked."""
    where = (API_KEYS.c.secret_sha256 == secret_sha256) & API_KEYS.c.revoked_at.is_(None)
    row = tx.execute(select(API_KEYS).where(where)).one_or_none()
    return None if row is None else _key(row)


def keys(tx: Connection) -> list[ApiKey]:
    """All keys, revoked ones too, by the time they were made."""
    return [_key(row) for row in tx.execute(select(API_KEYS).order_by(API_KEYS.c.created_at, API_KEYS.c.id))]


def revoke_key(tx: Connection, key_id: str, now: datetime) -> bool:
    """Revoke a key; False where there is none that is good."""
    good = (API_KEYS.c.id == key_id) & API_KEYS.c.revoked_at.is_(None)
    return tx.execute(update(API_KEYS).where(good).values(revoked_at=now)).rowcount == 1


def _key(row: Row[Any]) -> ApiKey:
    values: dict[str, Any] = dict(row._mapping)
    return ApiKey(**values | {"scopes": tuple(values["scopes"])})
