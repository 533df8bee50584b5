"""What a subscriber can ask for: by a link of a case that proved who they are, or by the operator; never by a face."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from simreg.errors import ConflictError, NotFoundError
from simreg.log.leaves import RightUsed
from simreg.log.words import Cause, Kept, Right
from simreg.privacy.hashing import subject_hash
from simreg.registration.table import OPEN
from simreg.registration.types import Act, Case, Event, State
from simreg.service.chance import new_id
from simreg.service.receipts import Receipts
from simreg.service.words import checked_code, checked_line
from simreg.service.work import known, owner_of
from simreg.storage import activations, attempts, cases, destructions, freezes, outbox, records, sealed
from simreg.storage.database import lock
from simreg.storage.destructions import Destruction
from simreg.storage.freezes import Freeze
from simreg.storage.key_store import salt_id
from simreg.storage.types import Activation, AttemptRecord

PROVED = frozenset({State.ACCEPTED, State.ACTIVATED})
"""States in which a case has shown that who has its link is who the document is of."""

FROZEN, RELEASED = "line.frozen", "line.released"
"""Kinds of messages about lines."""

MOST = 1_000


@dataclass(frozen=True, slots=True)
class Holding:
    """One case of a person: with its attempts, and the line that it switched on, if it did."""

    case: Case
    events: tuple[Event, ...]
    attempts: tuple[AttemptRecord, ...]
    activation: Activation | None
    frozen: Freeze | None


@dataclass(frozen=True, slots=True)
class NotErased:
    """A case that stays, and why: ``line-on``, ``retention``, ``lock-out``; and until when, where that is known."""

    case: Case
    why: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Erasure:
    """What became of a wish to be forgotten: folios that are gone, and what stays."""

    erased: tuple[str, ...]
    kept: tuple[NotErased, ...]


class Rights(Receipts):
    """Each use is a leaf of the log."""

    def holdings(self, identity_number: str, actor: str) -> list[Holding]:
        """All cases of a person, newest first, for whoever the operator knows them to be.

        Raises InputError ``identity-number``.
        """
        return self._looked_up(self._by_number(identity_number), actor)

    def own_holdings(self, case_id: str, actor: str) -> list[Holding]:
        """All cases of the person of a case. Raises ConflictError ``not-proved``."""
        return self._looked_up(self._by_case(case_id), actor)

    def erase(self, identity_number: str, actor: str) -> Erasure:
        """Forget what may be forgotten of a person before its time."""
        return self._erased(self._by_number(identity_number), actor)

    def erase_own(self, case_id: str, actor: str) -> Erasure:
        """The same for the person of a case. Raises ConflictError ``not-proved``."""
        return self._erased(self._by_case(case_id), actor)

    def dispute(self, case_id: str, line: str, reason: str, actor: str) -> Freeze:
        """The person of a case disputes a line in their name: it is frozen. Raises ConflictError, NotFoundError."""
        mine = self._by_case(case_id)
        wanted = checked_line(line)
        case = next((one for one in mine if one.line == wanted), None)
        if case is None:
            raise NotFoundError("line-unknown", "This line is not in your name here.", "Choose one of your lines.")
        return self._frozen(case, wanted, reason, actor, Right.DISPUTE)

    def freeze(self, line: str, reason: str, actor: str) -> Freeze:
        """Nothing is done on a line until it is released. Raises NotFoundError ``line-unknown``."""
        wanted = checked_line(line)
        with self._database.read() as tx:
            found = cases.find(tx, line=wanted, limit=1)
        if not found:
            raise NotFoundError("line-unknown", "There is no case of this line.", "Check the line.")
        return self._frozen(found[0], wanted, reason, actor, Right.FREEZE)

    def release(self, line: str, actor: str) -> None:
        """Let a frozen line go. Raises NotFoundError ``line-not-frozen``."""
        wanted, now = checked_line(line), self._clock()
        with self._database.write() as tx:
            lock(tx, f"line {wanted}")
            if not freezes.lift(tx, wanted):
                raise NotFoundError("line-not-frozen", "This line is not frozen.", "There is nothing to release.")
            found = cases.find(tx, line=wanted, limit=1)
            if found:
                self._used(tx, found[0], actor, Right.RELEASE, line=True)
            self._send(tx, RELEASED, wanted, "released", now)

    def freezes(self) -> list[Freeze]:
        """All frozen lines, oldest first."""
        with self._database.read() as tx:
            return freezes.all_(tx)

    # --- behind them -------------------------------------------------------------------------------------------------

    def _by_number(self, identity_number: str) -> list[Case]:
        subject = subject_hash(self._keys, identity_number)
        with self._database.read() as tx:
            return cases.find(tx, subject=subject, limit=MOST)

    def _by_case(self, case_id: str) -> list[Case]:
        with self._database.read() as tx:
            case = cases.get(tx, known(case_id))
            if case.state not in PROVED:
                sentence = "Who you are has not been proved in this case."
                raise ConflictError("not-proved", sentence, "Finish it first, or ask the operator, who knows you.")
            return [case] if case.subject_hash is None else cases.find(tx, subject=case.subject_hash, limit=MOST)

    def _looked_up(self, mine: list[Case], actor: str) -> list[Holding]:
        if not mine:
            return []
        with self._database.write() as tx:
            self._used(tx, mine[0], actor, Right.EXPORT)
        with self._database.read() as tx:
            return [
                Holding(
                    one,
                    tuple(cases.events(tx, one.id)),
                    tuple(attempts.of_case(tx, one.id)),
                    activations.of_case(tx, one.id),
                    freezes.of_line(tx, one.line),
                )
                for one in mine
            ]

    def _erased(self, mine: list[Case], actor: str) -> Erasure:
        if not mine:
            return Erasure((), ())
        for one in mine:
            if one.state in OPEN - PROVED:
                self._ended(one.id, actor)
        erased: list[str] = []
        kept: list[NotErased] = []
        with self._database.write() as tx:
            self._used(tx, mine[0], actor, Right.ERASURE)
            for one in mine:
                case = self._held(tx, one.id)
                sealed.erase(tx, case.id, list(sealed.CLASSES), Cause.ERASURE)
                stays = self._stays(tx, case)
                if stays is None:
                    erased.append(case.folio)
                    self._gone(tx, case)
                else:
                    kept.append(stays)
        return Erasure(tuple(erased), tuple(kept))

    def _ended(self, case_id: str, actor: str) -> None:
        try:
            self._act(case_id, Act.WITHDRAW, actor)
        except ConflictError:  # it ended meanwhile, or stays where it is
            return

    def _gone(self, tx: Connection, case: Case) -> None:
        owner = owner_of(case)
        records.erase(tx, [case.id])
        if not records.has_subject(tx, owner) and self._store.has(salt_id(owner)):
            destructions.add(tx, [Destruction(salt_id(owner), case.id, Kept.RECORD, Cause.ERASURE)])

    def _stays(self, tx: Connection, case: Case) -> NotErased | None:
        """Why a case cannot go yet: the law's time for a line's record, or failures that lock out."""
        profile, now = self.profile_of(case), self._clock()
        on = activations.of_case(tx, case.id)
        if on is not None and on.ended_at is None:
            return NotErased(case, "line-on", None)
        if on is not None and on.ended_at is not None:
            return NotErased(case, "retention", on.ended_at + timedelta(seconds=profile.retention.record_s))
        if case.state in OPEN:
            return NotErased(case, "case-open", case.expires_at)
        held = profile.lock_out
        until = case.changed_at + timedelta(seconds=held.within_s + held.for_s)
        if held.failures and any(one.outcome == "failed" for one in attempts.of_case(tx, case.id)) and now < until:
            return NotErased(case, "lock-out", until)
        return None

    def _frozen(self, case: Case, line: str, reason: str, actor: str, right: Right) -> Freeze:
        made = Freeze(line, self._clock(), actor, checked_code(reason))
        with self._database.write() as tx:
            lock(tx, f"line {line}")
            freezes.put(tx, made)
            self._used(tx, case, actor, right, line=True)
            self._send(tx, FROZEN, line, made.reason, made.at)
        return made

    def _used(self, tx: Connection, case: Case, actor: str, right: Right, *, line: bool = False) -> None:
        commitment = self._commit(case)("line", case.line) if line else None
        self._record(tx, [RightUsed(case.id, actor, right, commitment)], self._clock())

    def _send(self, tx: Connection, kind: str, line: str, reason: str, at: datetime) -> None:
        told = {"type": kind, "timestamp": at.isoformat(), "data": {"line": line, "reason": reason}}
        for webhook_id in outbox.listening(tx, kind):
            outbox.add(tx, new_id(self._chance, "msg"), webhook_id, kind, told, at)
