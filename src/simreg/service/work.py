"""What all acts on cases share: how a case is held, changed, told of, and cleared of what it no longer needs."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Connection

from simreg.decision.profiles.types import Profile
from simreg.errors import NotFoundError
from simreg.log.commitment import commit
from simreg.log.keys import Signer
from simreg.log.leaves import Leaf
from simreg.log.words import Cause
from simreg.privacy.keys import Keys
from simreg.registration.machine import apply
from simreg.registration.types import Act, Case, Event, Fact, Rules, State
from simreg.service.chance import Chance, new_id
from simreg.service.leaves import Commit, of_attempt, of_change
from simreg.service.portraits import PortraitFinder
from simreg.service.words import is_id
from simreg.settings import Settings
from simreg.storage import attempts, cases, log, outbox, sealed
from simreg.storage.database import Database, after_commit
from simreg.storage.key_store import KeyStore

Clock = Callable[[], datetime]
"""Gives the time, aware and in UTC."""

_LOOK_BACK = frozenset({Act.BEGIN_ATTEMPT, Act.ATTEMPT_FAILED})
_ACCEPTED = frozenset({State.ACCEPTED, State.ACTIVATED})
_WITHOUT_FACE = frozenset({State.REFUSED, State.ALTERNATIVE, State.EXPIRED, State.WITHDRAWN, State.CANCELLED})


class Work:
    """The database and everything else that acts on cases need."""

    def __init__(
        self,
        database: Database,
        profiles: Callable[[str], Profile],
        keys: Keys,
        store: KeyStore,
        signer: Signer,
        clock: Clock,
        chance: Chance,
        settings: Settings,
        portraits: PortraitFinder,
    ) -> None:
        self._database = database
        self._profiles = profiles
        self._keys = keys
        self._store = store
        self._signer = signer
        self._clock = clock
        self._chance = chance
        self._settings = settings
        self._portraits = portraits
        self.watch: Callable[[Event], None] = lambda _: None
        """Is told of each change once it is made, for counting."""

    def profile_of(self, case: Case) -> Profile:
        """The profile of a case."""
        return self._profiles(case.profile)

    def _act(self, case_id: str, act: Act, actor: str, version: int | None = None, **facts: Fact) -> Case:
        """One act in one transaction."""
        with self._database.write() as tx:
            return self._change(tx, self._held(tx, case_id, version), act, actor, **facts)

    def _held(self, tx: Connection, case_id: str, version: int | None = None) -> Case:
        """The case, held until the transaction ends, if its version is what the actor saw."""
        case = cases.get(tx, known(case_id), to_change=True)
        if version is not None and version != case.version:
            raise cases.changed()
        return case

    def _change(self, tx: Connection, case: Case, act: Act, actor: str, **facts: Fact) -> Case:
        """Change a held case, with its event, its messages, and the erasure that follows."""
        at, rules = max(self._clock(), case.changed_at), rules_of(self.profile_of(case))
        since = at - timedelta(seconds=rules.within_s + rules.for_s)
        elsewhere = (
            attempts.failures_elsewhere(tx, case.id, case.line, case.subject_hash, since) if act in _LOOK_BACK else ()
        )
        after, event = apply(case, act, at, actor, rules, elsewhere, **facts)
        cases.change(tx, case, after, event)
        after_commit(tx, lambda: self.watch(event))
        if after.state is not case.state:
            self._tell(tx, after, event)
            self._clear(tx, case, after, event)
        self._record(tx, of_change(after, event, self.profile_of(after), self._commit(after)), at)
        return after

    def _record(self, tx: Connection, leaves: Iterable[Leaf], at: datetime) -> None:
        """Record what was done, in its transaction."""
        for leaf in leaves:
            log.record(tx, leaf, at)

    def _commit(self, case: Case) -> Commit:
        """Makes commitments with the subject's salt, which is looked up when the first is wanted."""

        @cache
        def salt() -> bytes:
            return self._store.salt(owner_of(case), self._clock())

        return lambda field, value: commit(salt(), field, value)

    def _tell(self, tx: Connection, case: Case, event: Event) -> None:
        """Put the new state into the outbox, for each webhook that wants to hear of it."""
        kind = f"case.{case.state}"
        for webhook_id in outbox.listening(tx, kind):
            outbox.add(tx, new_id(self._chance, "msg"), webhook_id, kind, message(kind, case, event), event.at)

    def _clear(self, tx: Connection, before: Case, case: Case, event: Event) -> None:
        """End the attempt of a case that left capturing some other way, and erase what nobody needs any more."""
        if before.state is State.CAPTURING and before.attempt is not None:
            attempt = attempts.get(tx, before.attempt)
            if attempt.ended_at is None and attempt.outcome is None and not str(event.act).startswith("attempt-"):
                reason = {"code": str(event.act), "text": "", "remedy": ""}
                ended = replace(attempt, ended_at=event.at, outcome="abandoned", reasons=(reason,))
                attempts.put(tx, ended)
                profile = self.profile_of(case)
                self._record(tx, of_attempt(case, ended, event.actor, profile, self._commit(case)), event.at)
        if case.state in _WITHOUT_FACE or (case.state in _ACCEPTED and not self.profile_of(case).keep_frames):
            cause = Cause.WITHDRAWN if case.state is State.WITHDRAWN else Cause.DECIDED
            sealed.erase(tx, case.id, [sealed.REFERENCE, sealed.FRAME, sealed.CURVES], cause)


def rules_of(profile: Profile) -> Rules:
    """The numbers of a profile that the machine follows."""
    lock_out = profile.lock_out
    return Rules(attempts=profile.attempts, failures=lock_out.failures, within_s=lock_out.within_s, for_s=lock_out.for_s)


def message(kind: str, case: Case, event: Event) -> dict[str, object]:
    """What a webhook is told of a new state: no identity, nothing biometric."""
    data = {
        "case": case.id,
        "folio": case.folio,
        "state": case.state.value,
        "act": event.act.value,
        "version": case.version,
        "line": case.line,
        "iccid": case.iccid,
        "transaction": case.transaction,
        "shop": case.shop,
        "attempts": case.attempts,
        "accepted_by": case.accepted_by,
    }
    return {"type": kind, "timestamp": event.at.isoformat(), "data": data}


def owner_of(case: Case) -> str:
    """Whose salt a case's commitments are made with: the person's, or the case's own where the person is not known."""
    return case.subject_hash or case.id


def known(case_id: str) -> str:
    """The id, if it could be one. Raises NotFoundError ``case-unknown``."""
    if not is_id(case_id):
        raise NotFoundError("case-unknown", "There is no case of this id.", "Check the id.")
    return case_id
