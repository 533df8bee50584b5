"""Four eyes: policies, thresholds, recognisers and roles change only when two people have agreed.

As long as there are not two who could, a deployment is being set up and changes are carried out at once. Once two have
agreed to anything that is over for good, also when somebody leaves.
"""

import re
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Connection

from simreg.errors import AccessError, ConflictError, InputError, NotFoundError
from simreg.log import leaves
from simreg.log.leaves import Leaf
from simreg.log.words import Part, StaffChange
from simreg.log.words import Role as LoggedRole
from simreg.service.access import Role
from simreg.service.chance import Chance, new_id
from simreg.service.work import Clock
from simreg.storage import log, proposals, staff
from simreg.storage.database import Database, lock
from simreg.storage.proposals import DONE, REFUSED, Proposal
from simreg.storage.types import StaffMember

MAY = frozenset({Role.COMPLIANCE_OFFICER, Role.OPERATOR})
"""Who proposes and agrees."""

WAITS = timedelta(days=7)
SYSTEM = "system"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Kind(StrEnum):
    """What changes: a profile, a threshold, a recogniser or a device's key by its SHA-256; a member's role."""

    POLICY = "policy"
    THRESHOLD = "threshold"
    RECOGNISER = "recogniser"
    ROLE = "role"
    DEVICE = "device"


class Changes:
    """Proposes, agrees, refuses; a change and its leaf are one transaction."""

    def __init__(self, database: Database, clock: Clock, chance: Chance) -> None:
        self._database, self._clock, self._chance = database, clock, chance

    def propose(self, kind: Kind, target: str, value: str, actor: str) -> Proposal:
        """Propose a change, which may be carried out at once; the same one twice is the same proposal.

        ``target`` is a profile's name, the file's use, or a member's name. Raises ConflictError ``change-none`` where
        it is so already, NotFoundError ``staff-unknown``, InputError ``change-value``.
        """
        now = self._clock()
        with self._database.write() as tx:
            lock(tx, f"change {kind} {target}")
            before = self._before(tx, kind, target)
            _check(kind, value)
            if before == value:
                raise ConflictError("change-none", "It is so already.", "There is nothing to agree to.")
            same = [
                one for one in proposals.waiting(tx, now) if (one.kind, one.target, one.value) == (kind, target, value)
            ]
            if same:
                return same[0]
            made = Proposal(new_id(self._chance, "prop"), kind, target[:200], value, before, actor, now, now + WAITS)
            if not self._binding(tx):
                made = self._carry_out(tx, made, None)
            proposals.put(tx, made)
        return made

    def agree(self, proposal_id: str, member: StaffMember) -> Proposal:
        """Agree to a proposal of somebody else. One of the system is taken over by the first, and needs a second.

        Raises AccessError ``role``, NotFoundError ``change-unknown``, ConflictError ``change-over``, ``change-own`` or
        ``change-stale``.
        """
        actor = _actor(member)
        with self._database.write() as tx:
            waits = self._waiting(tx, proposal_id)
            if waits.proposed_by == actor:
                raise ConflictError("change-own", "You have proposed or agreed to this yourself.", "Ask somebody else.")
            if waits.proposed_by == SYSTEM:
                after = replace(waits, proposed_by=actor)
            else:
                lock(tx, f"change {waits.kind} {waits.target}")
                if self._before(tx, Kind(waits.kind), waits.target) != waits.before:
                    raise ConflictError("change-stale", "It was changed otherwise meanwhile.", "Propose it anew.")
                after = self._carry_out(tx, waits, actor)
            proposals.put(tx, after)
        return after

    def refuse(self, proposal_id: str, member: StaffMember) -> Proposal:
        """Refuse a proposal, or take one's own back. Raises AccessError, NotFoundError, ConflictError as `agree` does."""
        with self._database.write() as tx:
            waits, actor = self._waiting(tx, proposal_id), _actor(member)
            second = None if waits.proposed_by == actor else actor
            after = replace(waits, second=second, ended_at=self._clock(), outcome=REFUSED)
            proposals.put(tx, after)
        return after

    def waiting(self) -> list[Proposal]:
        """Those that wait, oldest first."""
        with self._database.read() as tx:
            return proposals.waiting(tx, self._clock())

    def ended(self, limit: int = 50) -> list[Proposal]:
        """The last that ended, newest first."""
        with self._database.read() as tx:
            return proposals.ended(tx, limit)

    def in_use(self, kind: Kind, target: str, value: str) -> Proposal | None:
        """The server is about to use this: None where it may, else the proposal that waits for people."""
        with self._database.read() as tx:
            if self._before(tx, kind, target) == value:
                return None
        made = self.propose(kind, target, value, SYSTEM)
        return None if made.outcome == DONE else made

    def _before(self, tx: Connection, kind: Kind, target: str) -> str | None:
        if kind is not Kind.ROLE:
            return proposals.current(tx, kind, target)
        return _named(tx, target).role

    def _binding(self, tx: Connection) -> bool:
        able = [one for one in staff.all_(tx) if one.role in MAY and one.disabled_at is None]
        return len(able) >= 2 or proposals.ever_by_two(tx)

    def _waiting(self, tx: Connection, proposal_id: str) -> Proposal:
        found = proposals.find(tx, proposal_id)
        if found is None:
            raise NotFoundError("change-unknown", "There is no such proposal.", "Look at those that wait.")
        if found.outcome is not None or found.expires_at <= self._clock():
            raise ConflictError("change-over", "The proposal is over.", "Propose it anew if it is still wanted.")
        return found

    def _carry_out(self, tx: Connection, made: Proposal, second: str | None) -> Proposal:
        now = self._clock()
        if made.kind == Kind.ROLE:
            member = replace(_named(tx, made.target), role=made.value)
            staff.put(tx, member)
            staff.end_sessions(tx, member.id)
        log.record(tx, _leaf(tx, made, second), now)
        return replace(made, second=second, ended_at=now, outcome=DONE)


def _leaf(tx: Connection, made: Proposal, second: str | None) -> Leaf:
    actor = made.proposed_by
    match Kind(made.kind):
        case Kind.POLICY:
            return leaves.PolicyChanged(actor, made.value, made.before, second)
        case Kind.ROLE:
            member = _named(tx, made.target)
            return leaves.StaffChanged(actor, member.id, StaffChange.ROLE, LoggedRole(made.value), second)
        case Kind.DEVICE:
            return leaves.StaffChanged(actor, _named(tx, made.target).id, StaffChange.DEVICE, None, second)
        case kind:
            return leaves.ModelChanged(actor, Part(kind.value), made.value, made.before, second)


def _named(tx: Connection, name: str) -> StaffMember:
    member = staff.named(tx, name)
    if member is None:
        raise NotFoundError("staff-unknown", "There is no member of this name.", "Check the name.")
    return member


def _check(kind: Kind, value: str) -> None:
    good = value in set(Role) if kind is Kind.ROLE else bool(_DIGEST.fullmatch(value))
    if not good:
        raise InputError("change-value", "This cannot be proposed.", "Give a role, or a file.")


def _actor(member: StaffMember) -> str:
    if member.role not in MAY or member.disabled_at is not None:
        raise AccessError("role", "This is for compliance officers and operators.", "Ask one of them.")
    return f"staff:{member.id}"
