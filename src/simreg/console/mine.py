"""An agent's cases."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from simreg.console.visit import Desk, Visit
from simreg.errors import NotFoundError
from simreg.registration.table import FINAL
from simreg.registration.types import Case, State

BACK = timedelta(hours=24)
"""How far the list goes back."""

AT_ONCE, ROUNDS = 200, 5
"""Cases read at once, and how often at most."""

DECIDED = FINAL | {State.ACCEPTED, State.REFUSED}


@dataclass(frozen=True, slots=True)
class Listed:
    """Cases, newest first; ``looked_through`` is how many were read, where older ones were left out, else None."""

    cases: tuple[Case, ...]
    looked_through: int | None = None


def listed(desk: Desk, visit: Visit, shop: str) -> Listed:
    """What the agent or the agent's shop opened lately."""
    since, found, cursor = desk.clock() - BACK, list[Case](), None
    for _ in range(ROUNDS):
        page = desk.registration.cases(limit=AT_ONCE, cursor=cursor)
        for case in page.cases:
            if case.created_at < since:
                return Listed(tuple(found))
            if _ours(case, visit.actor, shop) and still_shown(desk, case):
                found.append(case)
        cursor = page.cursor
        if cursor is None:
            return Listed(tuple(found))
    return Listed(tuple(found), ROUNDS * AT_ONCE)


def of_line(desk: Desk, line: str) -> Listed:
    """All cases of a line. Raises InputError ``order-line``."""
    return Listed(tuple(case for case in desk.registration.cases(line=line).cases if still_shown(desk, case)))


def shown_case(desk: Desk, visit: Visit) -> Case:
    """The case of the address. Raises NotFoundError ``case-unknown``, also where an agent is no longer to see it."""
    case = desk.registration.case(visit.case_id)
    if not still_shown(desk, case):
        raise NotFoundError("case-unknown", "There is no case of this id.", "Check the id.")
    return case


def still_shown(desk: Desk, case: Case) -> bool:
    """Whether the profile still lets an agent's screen show the case: for some time after its decision."""
    shown_s = desk.registration.profile_of(case).retention.agent_s
    return shown_s is None or case.state not in DECIDED or desk.clock() < _until(case.changed_at, shown_s)


def _until(at: datetime, seconds: int) -> datetime:
    return at + timedelta(seconds=seconds)


def _ours(case: Case, actor: str, shop: str) -> bool:
    return case.agent == actor or (bool(shop) and case.shop == shop)
