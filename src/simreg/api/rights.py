"""Routes of people's rights: by the operator, who knows the person, or by a link of a case that proved who they are."""

from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import BaseModel

from simreg.api import bodies
from simreg.api.cases import ALWAYS
from simreg.api.problems import declared
from simreg.api.security import SubscriberCase, WritesRights, actor
from simreg.api.services import Given
from simreg.service.opening import SUBSCRIBER
from simreg.service.rights import Erasure, Holding

MINE = (400, 401, 409, 422, 429, 500, 503)

router = APIRouter(prefix="/v1", tags=["rights"])


class AttemptHeld(BaseModel):
    """An attempt, and how it ended."""

    number: int
    begun_at: datetime
    ended_at: datetime | None
    outcome: str | None
    reasons: list[str]


class EventHeld(BaseModel):
    """Something that happened to a case."""

    at: datetime
    act: str
    state: str
    actor: str


class CaseHeld(BaseModel):
    """A case of a person: what it was for, what was agreed to, what came of it, whether the line is on or frozen."""

    folio: str
    line: str
    transaction: str
    profile: str
    state: str
    opened_at: datetime
    consent_text: str | None
    on_since: datetime | None
    off_since: datetime | None
    frozen_since: datetime | None
    attempts: list[AttemptHeld]
    events: list[EventHeld]


class Holdings(BaseModel):
    """All that is held of a person; nothing of it is a face."""

    cases: list[CaseHeld]


class Stays(BaseModel):
    """A case that cannot go yet: why, and until when, where that is known."""

    folio: str
    why: str
    until: datetime | None


class ErasureAnswer(BaseModel):
    """What is gone, by its folio, and what stays."""

    erased: list[str]
    kept: list[Stays]


class FrozenLine(BaseModel):
    """A line on which nothing is done until it is released."""

    line: str
    since: datetime
    reason: str


class FrozenLines(BaseModel):
    """All of them."""

    lines: list[FrozenLine]


@router.post("/rights/holdings", responses=declared(*ALWAYS, 413, 415), dependencies=[bodies.JSON_ONLY])
def holdings(person: bodies.Person, key: WritesRights, given: Given) -> Holdings:
    """Everything that is held of a person."""
    return _held(given.registration.holdings(person.identity_number, actor(key)))


@router.post("/rights/erasure", responses=declared(*ALWAYS, 413, 415), dependencies=[bodies.JSON_ONLY])
def erasure(person: bodies.Person, key: WritesRights, given: Given) -> ErasureAnswer:
    """Forget what may be forgotten of a person before its time; running cases are withdrawn."""
    return _erased(given.registration.erase(person.identity_number, actor(key)))


@router.get("/freezes", responses=declared(*ALWAYS))
def list_freezes(_: WritesRights, given: Given) -> FrozenLines:
    """All frozen lines, oldest first."""
    found = given.registration.freezes()
    return FrozenLines(lines=[FrozenLine(line=one.line, since=one.at, reason=one.reason) for one in found])


@router.put("/freezes/{line}", responses=declared(*ALWAYS, 404, 413, 415), dependencies=[bodies.JSON_ONLY])
def freeze(line: str, body: bodies.Freeze, key: WritesRights, given: Given) -> FrozenLine:
    """Freeze a line: no case is opened for it, and none switches it on."""
    made = given.registration.freeze(line, body.reason, actor(key))
    return FrozenLine(line=made.line, since=made.at, reason=made.reason)


@router.delete("/freezes/{line}", status_code=204, responses=declared(*ALWAYS, 404))
def release(line: str, key: WritesRights, given: Given) -> Response:
    """Let a frozen line go."""
    given.registration.release(line, actor(key))
    return Response(status_code=204)


@router.get("/subscriber/holdings", responses=declared(*MINE))
def own_holdings(case: SubscriberCase, given: Given) -> Holdings:
    """Everything that is held of the person of this case, once it has proved who they are."""
    return _held(given.registration.own_holdings(case.id, SUBSCRIBER))


@router.post("/subscriber/erasure", responses=declared(*MINE))
def own_erasure(case: SubscriberCase, given: Given) -> ErasureAnswer:
    """Forget what may be forgotten of the person of this case."""
    return _erased(given.registration.erase_own(case.id, SUBSCRIBER))


@router.post("/subscriber/disputes", responses=declared(*MINE, 404, 413, 415), dependencies=[bodies.JSON_ONLY])
def dispute(body: bodies.Dispute, case: SubscriberCase, given: Given) -> FrozenLine:
    """Dispute a line in the own name; it is frozen until the operator has settled it."""
    made = given.registration.dispute(case.id, body.line, body.reason, SUBSCRIBER)
    return FrozenLine(line=made.line, since=made.at, reason=made.reason)


def _held(found: list[Holding]) -> Holdings:
    return Holdings(cases=[_case(one) for one in found])


def _case(one: Holding) -> CaseHeld:
    case, on = one.case, one.activation
    return CaseHeld(
        folio=case.folio,
        line=case.line,
        transaction=str(case.transaction),
        profile=case.profile,
        state=case.state.value,
        opened_at=case.created_at,
        consent_text=case.consent,
        on_since=None if on is None else on.at,
        off_since=None if on is None else on.ended_at,
        frozen_since=None if one.frozen is None else one.frozen.at,
        attempts=[
            AttemptHeld(
                number=each.number,
                begun_at=each.begun_at,
                ended_at=each.ended_at,
                outcome=each.outcome,
                reasons=[str(reason["code"]) for reason in each.reasons],
            )
            for each in one.attempts
        ],
        events=[
            EventHeld(at=each.at, act=each.act.value, state=each.state.value, actor=_kind(each.actor))
            for each in one.events
        ],
    )


def _kind(actor: str) -> str:
    """Who did it, without telling which of the staff: that is in the log."""
    return actor.split(":", 1)[0]


def _erased(told: Erasure) -> ErasureAnswer:
    kept = [Stays(folio=one.case.folio, why=one.why, until=one.until) for one in told.kept]
    return ErasureAnswer(erased=list(told.erased), kept=kept)
