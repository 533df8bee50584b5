"""Who may use the server: keys of the operator's system, and staff with passwords (argon2id, RFC 9106)."""

import enum
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from simreg.errors import AccessError, ConflictError, InputError, NotFoundError
from simreg.log.leaves import StaffChanged
from simreg.log.words import Role as LoggedRole
from simreg.log.words import StaffChange
from simreg.service.chance import Chance, new_id, new_token, token_sha256
from simreg.service.locks import counted, locked
from simreg.service.words import checked_text
from simreg.service.work import Clock
from simreg.settings import Settings
from simreg.storage import log, second, staff
from simreg.storage.database import Database
from simreg.storage.types import ApiKey, StaffMember, StaffSession

LEAST_PASSWORD, MOST_PASSWORD = 10, 200
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


class Scope(enum.StrEnum):
    """What a key of the operator's system may do."""

    CASES_WRITE = "cases:write"
    CASES_READ = "cases:read"
    REFERENCES_WRITE = "references:write"
    CAPTURES_WRITE = "captures:write"
    ACTIVATIONS_WRITE = "activations:write"
    WEBHOOKS_WRITE = "webhooks:write"
    METRICS_READ = "metrics:read"
    LOG_READ = "log:read"
    RIGHTS_WRITE = "rights:write"


class Role(enum.StrEnum):
    """What a member of the staff does."""

    AGENT = "agent"
    REVIEWER = "reviewer"
    COMPLIANCE_OFFICER = "compliance-officer"
    INSPECTOR = "inspector"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class NewApiKey:
    """A key with its secret ``srk_...``, which is told only now."""

    key: ApiKey
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that holds: its token for the cookie, who it is, and the word that goes with every form.

    ``waits`` until the second factor is given; it opens nothing else before.
    """

    token: str = field(repr=False)
    member: StaffMember
    csrf: str = field(repr=False)
    expires_at: datetime
    waits: bool = False


class Access:
    """Keys and staff. Passwords cost ``hasher`` about a tenth of a second, and no transaction is held meanwhile."""

    def __init__(
        self, database: Database, clock: Clock, chance: Chance, settings: Settings, hasher: PasswordHasher | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._settings = settings
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash(new_token(chance, "none"))

    def create_api_key(self, name: str, scopes: frozenset[Scope]) -> NewApiKey:
        """A new key for the operator's system."""
        if not scopes:
            raise InputError("scopes-none", "A key without scopes opens nothing.", f"Give some of: {', '.join(Scope)}.")
        secret = new_token(self._chance, "srk")
        words = tuple(sorted(scope.value for scope in scopes))
        key_id, digest = new_id(self._chance, "key"), token_sha256(secret)
        key = ApiKey(key_id, checked_text(name, "The name", 64), digest, words, self._clock())
        with self._database.write() as tx:
            staff.add_key(tx, key)
        return NewApiKey(key, secret)

    def api_key(self, secret: str, scope: Scope | None = None) -> ApiKey:
        """The key of a secret. Raises AccessError ``key-invalid``, or ``scope-missing`` without the scope."""
        with self._database.read() as tx:
            key = staff.key_of(tx, token_sha256(secret))
        if key is None:
            raise AccessError("key-invalid", "The API key is not good.", "Give a key that was made and not revoked.")
        if scope is not None and scope.value not in key.scopes:
            raise AccessError("scope-missing", f"The API key lacks the scope {scope}.", "Use a key that has it.")
        return key

    def api_keys(self) -> list[ApiKey]:
        """All keys, revoked ones too."""
        with self._database.read() as tx:
            return staff.keys(tx)

    def revoke_api_key(self, key_id: str) -> None:
        """Let a key open nothing any more. Raises NotFoundError ``key-unknown``."""
        with self._database.write() as tx:
            if not staff.revoke_key(tx, checked_text(key_id, "The id", 40), self._clock()):
                raise NotFoundError("key-unknown", "There is no good key of this id.", "Check the id.")

    def create_staff(self, name: str, role: Role, password: str | None, shop: str | None = None) -> StaffMember:
        """A new member, of a shop or of none in particular; without a password one who signs in by the provider only.

        Raises InputError ``staff-name`` or ``staff-password``, ConflictError ``staff-known``.
        """
        place = None if shop is None else checked_text(shop, "The shop", 64)
        secret = new_token(self._chance, "none") if password is None else password
        member = StaffMember(new_id(self._chance, "staff"), _name(name), role.value, self._hashed(secret), place)
        try:
            with self._database.write() as tx:
                staff.add(tx, member)
                self._told(tx, member, StaffChange.ADDED)
        except IntegrityError:
            raise ConflictError("staff-known", f"There is a member named {name}.", "Give another name.") from None
        return member

    def set_password(self, name: str, password: str) -> None:
        """Give a member another password; all their sign-ins end. Raises NotFoundError ``staff-unknown``."""
        self._change(name, StaffChange.PASSWORD, password=self._hashed(password), failures=0, locked_until=None)

    def disable_staff(self, name: str) -> None:
        """Let a member no longer in; all their sign-ins end. Raises NotFoundError ``staff-unknown``."""
        self._change(name, StaffChange.DISABLED, disabled_at=self._clock())

    def reset_second(self, name: str) -> None:
        """Let a member set the second factor up anew; their sign-ins end. Raises NotFoundError ``staff-unknown``."""
        self._change(name, StaffChange.SECOND_FACTOR)

    def staff(self) -> list[StaffMember]:
        """All members by name."""
        with self._database.read() as tx:
            return staff.all_(tx)

    def sign_in(self, name: str, password: str) -> SignedIn:
        """Let a member in. Raises AccessError ``sign-in``, the same whatever is wrong, or ``sign-in-locked``."""
        with self._database.read() as tx:
            member = staff.named(tx, name) if _NAME.fullmatch(name) else None
        good = self._matches(self._nobody if member is None else member.password, password)
        now = self._clock()
        with self._database.write() as tx:
            member = None if member is None else staff.named(tx, member.name, to_change=True)
            if member is None or member.disabled_at is not None:
                raise _refused()
            if member.locked_until is not None and now < member.locked_until:
                raise locked()
            if good:
                # a wrong code counts on: who has the password only gets no more tries by signing in anew
                staff.put(tx, member if self._settings.asks_second else counted(member, True, now))
                return self._signed_in(tx, member, now)
            staff.put(tx, counted(member, False, now))
        raise _refused()

    def sign_in_by_provider(self, name: str) -> SignedIn:
        """Let in a member whom the identity provider has let in. Raises AccessError ``provider-unknown``."""
        now = self._clock()
        with self._database.write() as tx:
            member = staff.named(tx, name) if _NAME.fullmatch(name) else None
            if member is None or member.disabled_at is not None:
                sentence = "The identity provider knows you, but you are no member of the staff here."
                raise AccessError("provider-unknown", sentence, "Ask whoever looks after the staff.")
            signed = self._signed_in(tx, member, now)
            staff.second_done(tx, token_sha256(signed.token), now)
        return replace(signed, waits=False)

    def session(self, token: str) -> SignedIn:
        """The sign-in of a token. Raises AccessError ``session-over``."""
        with self._database.read() as tx:
            found = staff.session(tx, token_sha256(token), self._clock())
        if found is None:
            raise AccessError("session-over", "You are not signed in, or no longer.", "Sign in.")
        session, member = found
        waits = self._settings.asks_second and session.second_at is None
        return SignedIn(token, member, session.csrf, session.expires_at, waits)

    def sign_out(self, token: str) -> None:
        """End a sign-in."""
        with self._database.write() as tx:
            staff.end_session(tx, token_sha256(token))

    def _signed_in(self, tx: Connection, member: StaffMember, now: datetime) -> SignedIn:
        token, csrf = new_token(self._chance, "srs"), new_token(self._chance, "csrf")
        until = now + timedelta(seconds=self._settings.staff_s)
        staff.add_session(tx, StaffSession(token_sha256(token), member.id, csrf, until))
        return SignedIn(token, member, csrf, until, self._settings.asks_second)

    def _told(self, tx: Connection, member: StaffMember, change: StaffChange) -> None:
        log.record(tx, StaffChanged("system", member.id, change, LoggedRole(member.role)), self._clock())

    def _change(self, name: str, change: StaffChange, **values: Any) -> None:
        with self._database.write() as tx:
            member = staff.named(tx, name, to_change=True) if _NAME.fullmatch(name) else None
            if member is None:
                raise NotFoundError("staff-unknown", "There is no member of this name.", "Check the name.")
            staff.put(tx, replace(member, **values))
            if change is StaffChange.SECOND_FACTOR:
                second.forget(tx, member.id)
            staff.end_sessions(tx, member.id)
            self._told(tx, member, change)

    def _hashed(self, password: str) -> str:
        if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
            sentence = "The password is too short or too long."
            raise InputError("staff-password", sentence, f"Give {LEAST_PASSWORD} to {MOST_PASSWORD} characters.")
        return self._hasher.hash(password.encode("utf-8", "replace"))

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password[: MOST_PASSWORD + 1].encode("utf-8", "replace"))
        except VerificationError:
            return False


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        sentence = "The name is not one that a member can have."
        raise InputError("staff-name", sentence, "Give up to 64 of a-z, 0-9, dot, dash, underscore and @.")
    return name


def _refused() -> AccessError:
    return AccessError("sign-in", "Name or password is not right.", "Try again.")
