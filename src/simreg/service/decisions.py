"""What agents, reviewers and the operator decide."""

from datetime import datetime

from sqlalchemy import Connection

from simreg.decision.profiles.types import Beyond, Transaction
from simreg.errors import ConflictError, NotFoundError
from simreg.log import leaves
from simreg.registration.types import Act, Case
from simreg.service.opening import beyond, frozen, lines_limit
from simreg.service.words import checked_code, checked_line, checked_text
from simreg.service.work import Work
from simreg.storage import activations, cases, freezes
from simreg.storage.database import lock
from simreg.storage.types import Activation


class Decisions(Work):
    """The way without a face, the review, and the line."""

    def finish_alternative(
        self, case_id: str, actor: str, accept: bool, document: str, note: str = "", version: int | None = None
    ) -> Case:
        """An agent looked at person and document: what kind of document, and a note. Raises ConflictError."""
        act = Act.ALTERNATIVE_ACCEPTED if accept else Act.ALTERNATIVE_REFUSED
        facts = {"document": checked_code(document), "note": checked_text(note, "The note", least=0)}
        return self._act(case_id, act, actor, version, **facts)

    def review(self, case_id: str, actor: str, accept: bool, reason: str, version: int | None = None) -> Case:
        """A reviewer's opinion of a referred case.

        A case that needs two reviewers stays referred after the first. Raises ConflictError, ``reviewer-again`` for the
        same reviewer and ``reviewer-is-agent`` for the agent of the case.
        """
        return self._act(case_id, Act.REVIEW, actor, version, accept=accept, reason=checked_text(reason, "The reason"))

    def confirm_activation(self, case_id: str, actor: str, version: int | None = None) -> Case:
        """The operator switched the line of an accepted case on: once a case, once an attempt, one line.

        Raises ConflictError ``line-active`` where a new line is on already, LimitError ``lines-limit``.
        """
        with self._database.write() as tx:
            case = self._held(tx, case_id, version)
            facts = {"line": case.line, "attempt": case.accepted_attempt}
            after = self._change(tx, case, Act.CONFIRM_ACTIVATION, actor, **facts)
            self._activate(tx, after, actor)
            return after

    def _activate(self, tx: Connection, case: Case, actor: str) -> None:
        profile, at = self.profile_of(case), case.changed_at
        lock(tx, f"line {case.line}")
        if freezes.of_line(tx, case.line) is not None:
            raise frozen()
        if beyond(tx, case, profile) and profile.lines_beyond is Beyond.REFUSE:
            raise lines_limit(profile)
        if case.transaction == Transaction.NEW and activations.current(tx, case.line) is not None:
            raise ConflictError("line-active", "This line is on.", "End it first, or open a case of another kind.")
        before = activations.current(tx, case.line)
        if before is not None:
            activations.end(tx, case.line, at)
            self._switched_off(tx, before, actor, at)
        gone = at if case.transaction == Transaction.UNLINK else None
        on = Activation(case.id, case.accepted_attempt, case.line, case.subject_hash, actor, at, gone)
        activations.add(tx, on)

    def end_activation(self, line: str, actor: str = "system") -> None:
        """The operator switched a line off; it no longer counts as a person's. Raises NotFoundError ``line-unknown``."""
        with self._database.write() as tx:
            lock(tx, f"line {checked_line(line)}")
            on, now = activations.current(tx, line), self._clock()
            if on is None or not activations.end(tx, line, now):
                raise NotFoundError("line-unknown", "This line is not on.", "Check the line.")
            self._switched_off(tx, on, actor, now)

    def _switched_off(self, tx: Connection, on: Activation, actor: str, at: datetime) -> None:
        case = cases.get(tx, on.case_id)
        line = self._commit(case)("line", on.line)
        self._record(tx, [leaves.Activation(on.case_id, actor, line, on=False, attempt=on.attempt_id)], at)
