"""An agent's cases."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from simreg.console.visit import Desk, Visit
from simreg.errors import NotFoundError
from simreg.registration.table import FINAL
from simreg.registration.types import Case, State

BACK = timedelta(hours=24)
"""How far the list goes back."""

MOST = 200
"""Cases on the list."""

DECIDED = FINAL | {State.ACCEPTED, State.REFUSED}


@dataclass(frozen=True, slots=True)
class Listed:
    """Cases, newest first; ``only`` is how many were read, where older ones were left out, else None."""

    cases: tuple[Case, ...]
    only: int | None = None


def listed(desk: Desk, visit: Visit, shop: str) -> Listed:
    """What the agent or the agent's shop opened lately."""
    since = desk.clock() - BACK
    page = desk.registration.cases(limit=MOST, agent=visit.actor, shop=shop or None, since=since)
    return Listed(tuple(case for case in page.cases if still_shown(desk, case)), MOST if page.cursor else None)


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
