"""What is read of cases without changing them; but looking at a face is told in the log of accesses."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from simreg.errors import ConflictError, InputError, NotFoundError
from simreg.log.leaves import EvidenceViewed
from simreg.registration.types import Case, Event, State
from simreg.service.kept import unpack_curves
from simreg.service.portraits import unpack
from simreg.service.types import Evidence, Page
from simreg.service.words import checked_line, is_id
from simreg.service.work import Work, known
from simreg.storage import attempts, cases, looks, sealed
from simreg.storage.types import AttemptRecord, Look

MOST = 200
"""Cases on a page."""


class Looking(Work):
    """Reading."""

    def case(self, case_id: str) -> Case:
        """The case of this id. Raises NotFoundError ``case-unknown``."""
        with self._database.read() as tx:
            return cases.get(tx, known(case_id))

    def cases(
        self,
        state: State | None = None,
        line: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
        *,
        agent: str | None = None,
        shop: str | None = None,
        since: datetime | None = None,
    ) -> Page:
        """Cases, newest first; ``agent`` and ``shop`` ask for those of either, ``since`` for those opened from then on.

        Raises InputError ``cursor``, ``limit`` or ``order-line``.
        """
        line = None if line is None else checked_line(line)
        wanted = {"line": line, "agent": agent, "shop": shop, "since": since}
        return self._page([] if state is None else [state], limit, cursor, **wanted)

    def referred(self, limit: int = 50, cursor: str | None = None) -> Page:
        """Cases that wait for a reviewer, oldest first."""
        return self._page([State.REFERRED], limit, cursor, oldest_first=True)

    def events(self, case_id: str) -> list[Event]:
        """Everything that happened to a case, in its order."""
        with self._database.read() as tx:
            cases.get(tx, known(case_id))
            return cases.events(tx, case_id)

    def attempts(self, case_id: str) -> list[AttemptRecord]:
        """The attempts of a case, in their order."""
        with self._database.read() as tx:
            cases.get(tx, known(case_id))
            return attempts.of_case(tx, case_id)

    def attempt(self, attempt_id: str) -> AttemptRecord:
        """The attempt of this id. Raises NotFoundError ``attempt-unknown``."""
        if not is_id(attempt_id):
            raise NotFoundError("attempt-unknown", "There is no attempt of this id.", "Check the id.")
        with self._database.read() as tx:
            return attempts.get(tx, attempt_id)

    def evidence(self, case_id: str, actor: str) -> Evidence:
        """What is still kept of a referred case for its reviewer; that it was looked at is written down.

        Raises ConflictError ``review-over`` where the case waits for nobody, or this reviewer has decided.
        """
        with self._database.write() as tx:
            case, now = self._held(tx, case_id), self._clock()
            if case.state is not State.REFERRED or actor in {review.reviewer for review in case.reviews}:
                sentence = "The case no longer waits for your review."
                raise ConflictError("review-over", sentence, "Look at it as it is now.")
            looks.add(tx, Look(case.id, actor, now))
            reference, frames, curves = (sealed.get(tx, self._store, case.id, kind, now) for kind in sealed.CLASSES)
            seen = zip(sealed.CLASSES.values(), (reference, frames, curves), strict=True)
            looked_at = tuple(kind for kind, data in seen if data)
            self._record(tx, [EvidenceViewed(case.id, actor, looked_at)], now)
        return Evidence(unpack(reference[0]) if reference else None, frames, unpack_curves(curves[0]) if curves else ())

    def looks(self, case_id: str) -> list[Look]:
        """Who looked at the evidence of a case, and when."""
        with self._database.read() as tx:
            cases.get(tx, known(case_id))
            return looks.of_case(tx, case_id)

    def _page(self, states: Sequence[State], limit: int, cursor: str | None, **wanted: Any) -> Page:
        if not 1 <= limit <= MOST:
            raise InputError("limit", "The number of cases is out of range.", f"Give 1 to {MOST}.")
        after = None if cursor is None else _read_cursor(cursor)
        with self._database.read() as tx:
            found = cases.find(tx, states=states, limit=limit + 1, after=after, **wanted)
        page = tuple(found[:limit])
        return Page(page, _cursor(page[-1]) if len(found) > limit else None)


def _cursor(case: Case) -> str:
    return base64.urlsafe_b64encode(f"{case.created_at.isoformat()} {case.id}".encode()).decode()


def _read_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        at, case_id = base64.b64decode(cursor, altchars=b"-_", validate=True).decode("ascii").split(" ")
        time = datetime.fromisoformat(at)
    except (binascii.Error, ValueError):
        raise _bad_cursor() from None
    if time.tzinfo is None or not is_id(case_id):
        raise _bad_cursor()
    return time, case_id


def _bad_cursor() -> InputError:
    return InputError("cursor", "The cursor is not one that was given.", "Begin with the first page.")
