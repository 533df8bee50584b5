"""What time does: cases expire, attempts run out, and what was sealed is erased."""

from datetime import timedelta

from simreg.decision.profiles.types import Transaction
from simreg.errors import ConflictError, InputError
from simreg.log.words import Cause, Kept
from simreg.registration.table import TABLE
from simreg.registration.types import Act
from simreg.service.captures import Captures
from simreg.service.opening import SAME_LINE
from simreg.service.types import Abandoned
from simreg.storage import attempts, cases, destructions, idempotency, links, outbox, records, sealed, staff
from simreg.storage.destructions import Destruction
from simreg.storage.key_store import salt_id

BATCH = 200
"""Cases or attempts that one call looks after at most."""

SENT_S = 30 * 86_400
"""Seconds that a message is remembered after it arrived, or from its beginning where it never did."""

GOES_ON = SAME_LINE | {Transaction.ESIM}
"""Transactions with which a person's service on a line goes on."""


class Clocks(Captures):
    """Called again and again by the server; any number of servers may."""

    def expire_due(self) -> int:
        """Expire cases and abandon attempts whose time is over; how many there were."""
        now = self._clock()
        with self._database.read() as tx:
            over = cases.overdue(tx, sorted(TABLE[Act.EXPIRE].before), now, BATCH)
            late = attempts.overdue(tx, now, BATCH)
        return sum(self._expired(case_id) for case_id in over) + sum(self._abandoned(one) for one in late)

    def _expired(self, case_id: str) -> bool:
        try:
            self._act(case_id, Act.EXPIRE, "system")
        except ConflictError:  # somebody else came first
            return False
        return True

    def _abandoned(self, attempt_id: str) -> bool:
        with self._database.read() as tx:
            attempt = attempts.get(tx, attempt_id)
        if attempt.deadline > self._clock():  # it went on since
            return False
        try:
            self.end_attempt(attempt_id, attempt.run, Abandoned("time-out"))
        except ConflictError:
            return False
        return True

    def sweep_sealed(self) -> int:
        """Erase what is sealed and past its time, with links, sessions, keys and messages that are; how many in all."""
        now = self._clock()
        with self._database.write() as tx:
            erased = sealed.erase_due(tx, now) + links.erase_due(tx, now) + staff.erase_due_sessions(tx, now)
            erased += idempotency.forget(tx, now - timedelta(seconds=self._settings.idempotency_s))
            return erased + outbox.forget(tx, now - timedelta(seconds=SENT_S))

    def forget_records(self) -> int:
        """Erase what was decided, and receipts, once the profile's time for them is over; how many cases it touched.

        The time runs from the end of the line's service, or of a case that switched none on. Without its record a case
        is what its receipt needs; with neither it is gone. Cases of a profile that is not known stay.
        """
        with self._database.read() as tx:
            names = records.profiles(tx)
        return sum(self._forgotten(name) for name in names)

    def _forgotten(self, name: str) -> int:
        try:
            kept = self._profiles(name).retention
        except InputError:
            return 0
        now = self._clock()
        record, longest = (now - timedelta(seconds=s) for s in (kept.record_s, max(kept.record_s, kept.receipt_s)))
        with self._database.write() as tx:
            gone = records.over(tx, name, longest, now, GOES_ON, BATCH)
            longer = kept.receipt_s > kept.record_s
            bare = records.over(tx, name, record, now, GOES_ON, BATCH, told=True) if longer else []
            owners = records.owners(tx, [*gone, *bare])
            records.erase(tx, gone)
            records.strip(tx, bare)
            over = [
                Destruction(salt_id(owner), case_id, Kept.RECORD, Cause.RETENTION)
                for owner, case_id in owners.items()
                if not records.has_subject(tx, owner) and self._store.has(salt_id(owner))
            ]
            destructions.add(tx, over)
        return len(gone) + len(bare)
