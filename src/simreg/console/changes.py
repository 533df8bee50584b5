"""What two people have to agree to: what waits, what was decided, and a form for another role."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import Response
from fastapi.responses import RedirectResponse

from simreg.console.door import PATH
from simreg.console.pages import page, told
from simreg.console.visit import Desk, Visit
from simreg.errors import SimregError
from simreg.service.access import Role
from simreg.service.changes import SYSTEM, Kind
from simreg.storage.proposals import Proposal

HERE = f"{PATH}/changes"


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as it is shown."""

    id: str
    kind: str
    target: str
    value: str
    before: str
    proposed_by: str
    second: str
    at: datetime
    outcome: str | None
    mine: bool


def show(desk: Desk, visit: Visit) -> Response:
    """What waits, and the last that was decided."""
    return _page(desk, visit, 200, None)


def propose_role(desk: Desk, visit: Visit) -> Response:
    """Propose another role for a member."""
    try:
        desk.changes.propose(Kind.ROLE, visit.text("name").lower(), visit.text("role"), visit.actor)
    except SimregError as error:
        return _page(desk, visit, 422, error)
    return RedirectResponse(HERE, 303)


def decide(desk: Desk, visit: Visit) -> Response:
    """Agree to a proposal, or refuse it."""
    assert visit.signed is not None  # noqa: S101 - the door lets nobody else in
    act = {"agree": desk.changes.agree, "refuse": desk.changes.refuse}.get(visit.text("decision"))
    try:
        if act is not None:
            act(str(visit.request.path_params["proposal"]), visit.signed.member)
    except SimregError as error:
        return _page(desk, visit, 409, error)
    return RedirectResponse(HERE, 303)


def _page(desk: Desk, visit: Visit, status: int, error: SimregError | None) -> Response:
    names = {f"staff:{one.id}": one.name for one in desk.access.staff()}
    waiting = [_row(one, names, visit) for one in desk.changes.waiting()]
    ended = [_row(one, names, visit) for one in desk.changes.ended()]
    problem = None if error is None else told(error, visit.texts)
    people = [one for one in desk.access.staff() if one.disabled_at is None]
    return page(
        visit,
        "changes.html.j2",
        status,
        here=HERE,
        problem=problem,
        waiting=waiting,
        ended=ended,
        people=people,
        roles=list(Role),
    )


def _row(one: Proposal, names: dict[str, str], visit: Visit) -> Row:
    def who(actor: str | None) -> str:
        return "" if actor is None else visit.texts.changes.system if actor == SYSTEM else names.get(actor, actor)

    def shown(value: str | None) -> str:
        if value is None:
            return ""
        return visit.texts.frame.roles[Role(value)] if one.kind == Kind.ROLE else value[:12]

    at = one.ended_at or one.proposed_at
    mine = one.proposed_by == visit.actor
    return Row(
        *(one.id, visit.texts.changes.kinds[Kind(one.kind)], one.target, shown(one.value), shown(one.before)),
        *(who(one.proposed_by), who(one.second), at, one.outcome, mine),
    )
