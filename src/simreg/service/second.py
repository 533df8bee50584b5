"""The second factor of the staff: codes of an authenticator app, and codes to use once where the phone is lost."""

import hashlib
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from sqlalchemy import Connection

from simreg.errors import AccessError, ConflictError
from simreg.log.leaves import StaffChanged
from simreg.log.words import StaffChange
from simreg.privacy.keys import Keys
from simreg.privacy.seal import Sealer
from simreg.privacy.totp import SECRET_BYTES, address, in_letters, step_of
from simreg.service.chance import Chance, token_sha256
from simreg.service.locks import counted, locked
from simreg.service.work import Clock
from simreg.settings import Settings
from simreg.storage import log, second, staff
from simreg.storage.database import Database
from simreg.storage.second import SecondFactor
from simreg.storage.types import StaffMember

RECOVERY_CODES, RECOVERY_LETTERS = 8, 12
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What is typed into an app, or read from a QR code."""

    letters: str = field(repr=False)
    address: str = field(repr=False)


class Second:
    """Sets up and asks for second factors. A session without one opens no page but this."""

    def __init__(self, database: Database, clock: Clock, chance: Chance, settings: Settings, keys: Keys) -> None:
        self._database, self._clock, self._chance = database, clock, chance
        self._issuer = urlsplit(settings.public_url).hostname or "simreg"
        self._sealer = Sealer.of(keys)

    def is_set_up(self, member: StaffMember) -> bool:
        """Whether a member has one."""
        with self._database.read() as tx:
            known = second.find(tx, member.id)
        return known is not None and known.confirmed_at is not None

    def begin(self, member: StaffMember) -> Enrolment:
        """A secret for a member's app, the same until it is confirmed. Raises ConflictError ``second-known``."""
        with self._database.write() as tx:
            known = second.find(tx, member.id)
            if known is None:
                secret = bytes(self._chance.below(256) for _ in range(SECRET_BYTES))
                known = SecondFactor(member.id, self._sealer.seal(secret, "second", member.id))
                second.put(tx, known)
            elif known.confirmed_at is not None:
                raise _known()
        secret = self._secret(known)
        return Enrolment(in_letters(secret), address(secret, self._issuer, member.name))

    def confirm(self, token: str, member: StaffMember, code: str) -> tuple[str, ...]:
        """The first code of the app, which shows that it has the secret; the codes to use once, told only now.

        Raises AccessError ``second-wrong`` or ``sign-in-locked``, ConflictError ``second-known``.
        """
        codes = tuple(self._recovery_code() for _ in range(RECOVERY_CODES))
        with self._database.write() as tx:
            known = second.find(tx, member.id)
            if known is not None and known.confirmed_at is not None:
                raise _known()
            step = None if known is None else step_of(self._secret(known), _digits(code), self._now(), known.step)
            good = self._counted(tx, member, step is not None)
            if good and known is not None and step is not None:
                hashes = tuple(map(_hash, codes))
                second.put(tx, replace(known, step=step, recovery=hashes, confirmed_at=self._clock()))
                staff.second_done(tx, token_sha256(token), self._clock())
                leaf = StaffChanged(f"staff:{member.id}", member.id, StaffChange.SECOND_FACTOR)
                log.record(tx, leaf, self._clock())
        if not good:
            raise _wrong()
        return codes

    def check(self, token: str, member: StaffMember, code: str) -> None:
        """A code of the app, or one to use once. Raises AccessError ``second-wrong`` or ``sign-in-locked``."""
        with self._database.write() as tx:
            known = second.find(tx, member.id)
            after = None
            if known is not None and known.confirmed_at is not None:
                after = self._used(known, code)
            good = self._counted(tx, member, after is not None)
            if good and after is not None:
                second.put(tx, after)
                staff.second_done(tx, token_sha256(token), self._clock())
        if not good:
            raise _wrong()

    def _used(self, known: SecondFactor, code: str) -> SecondFactor | None:
        step = step_of(self._secret(known), _digits(code), self._now(), known.step)
        if step is not None:
            return replace(known, step=step)
        hashed = _hash(code)
        if hashed not in known.recovery:
            return None
        return replace(known, recovery=tuple(one for one in known.recovery if one != hashed))

    def _counted(self, tx: Connection, member: StaffMember, good: bool) -> bool:
        """Whether it was right; wrong ones count like wrong passwords. Raises AccessError ``sign-in-locked``."""
        now, held = self._clock(), staff.named(tx, member.name, to_change=True)
        if held is None or held.disabled_at is not None:
            return False
        if held.locked_until is not None and now < held.locked_until:
            raise locked()
        staff.put(tx, counted(held, good, now))
        return good

    def _secret(self, known: SecondFactor) -> bytes:
        return self._sealer.open(known.secret, "second", known.staff_id)

    def _now(self) -> float:
        return self._clock().timestamp()

    def _recovery_code(self) -> str:
        return "".join(_LETTERS[self._chance.below(len(_LETTERS))] for _ in range(RECOVERY_LETTERS))


def _digits(code: str) -> str:
    return "".join(code.split())[:12]


def _hash(code: str) -> str:
    """Codes are long and random: a plain hash of one cannot be guessed back."""
    plain = "".join(one for one in code.lower() if one.isalnum())
    return hashlib.sha256(f"recovery {plain}".encode("utf-8", "replace")).hexdigest()


def _known() -> ConflictError:
    return ConflictError("second-known", "There is a second factor already.", "Give a code of it.")


def _wrong() -> AccessError:
    return AccessError(
        "second-wrong", "The code is not right, or was used before.", "Wait for the next one, and try again."
    )
