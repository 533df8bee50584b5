"""Trial cases: opened by anybody who looks at the server's first page, activated by the server itself."""

from fastapi import APIRouter, Request
from pydantic import BaseModel

from simreg.api.problems import declared
from simreg.api.security import address
from simreg.api.services import Given, Services
from simreg.decision.profiles.types import Channel, Transaction
from simreg.errors import ConflictError, NotFoundError
from simreg.limiter import WaitError
from simreg.registration.types import Case, State
from simreg.service.chance import SystemChance, word
from simreg.service.types import Order

TRIAL = "trial"
"""The agent and actor of trial cases."""

NOWHERE = "+999"
"""A country code that no country has."""

router = APIRouter(prefix="/v1", tags=["trial"], responses=declared(404, 422, 429, 500, 503))


class TrialAnswer(BaseModel):
    """The token of a trial case's link."""

    token: str


@router.post("/try", status_code=201)
def try_out(request: Request, given: Given) -> TrialAnswer:
    """Open a trial case for a line that does not exist. 404 `demo-off` where the server takes none."""
    if not given.settings.shows_demo:
        raise NotFoundError("demo-off", "This server has no trial page.", "Ask the operator for a link.")
    wait = given.tries.count(address(request))
    if wait is not None:
        raise WaitError("too-many", "Too many trial cases were opened from here.", "Wait a moment.", wait)
    case = given.registration.open_case(_order(given), TRIAL)
    return TrialAnswer(token=given.registration.subscriber_link(case.id, TRIAL))


def is_trial(given: Services, case: Case) -> bool:
    """Whether a case is one of these."""
    return case.agent == TRIAL and case.line.startswith(NOWHERE) and given.settings.shows_demo


def activate_trials(given: Services) -> int:
    """Do what the operator's system does: switch the lines of accepted trial cases on; how many there were."""
    accepted = given.registration.cases(State.ACCEPTED, limit=200).cases if given.settings.shows_demo else ()
    return sum(_activated(given, case) for case in accepted if is_trial(given, case))


def _activated(given: Services, case: Case) -> bool:
    try:
        given.registration.confirm_activation(case.id, TRIAL)
    except ConflictError:  # it went another way meanwhile
        return False
    return True


def _order(given: Services) -> Order:
    chance = SystemChance()
    line = NOWHERE + "".join(str(chance.below(10)) for _ in range(9))
    identity = word(chance, 20)
    return Order(given.settings.profile, Transaction.NEW, Channel.WEB, line, agent=TRIAL, identity_number=identity)
