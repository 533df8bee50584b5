"""Routes of the operator's system: cases and what becomes of them."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from simreg.api import bodies
from simreg.api.acts import set_reference
from simreg.api.answers import CaseAnswer, CasesAnswer, LinkAnswer, ReferenceReply, ResultAnswer
from simreg.api.problems import declared
from simreg.api.security import ReadsCases, WritesActivations, WritesCases, WritesReferences, actor
from simreg.api.services import Given
from simreg.registration.types import Case, State
from simreg.service.looking import MOST
from simreg.service.types import Once, Order

ALWAYS = (400, 401, 403, 422, 429, 500, 503)
"""Statuses that any route behind a key may answer with."""

router = APIRouter(prefix="/v1", tags=["cases"], responses=declared(*ALWAYS))


@router.post("/cases", status_code=201, responses=declared(409, 413, 415), dependencies=[bodies.JSON_ONLY])
def open_case(
    new: bodies.NewCase,
    key: WritesCases,
    given: Given,
    raw: bodies.Raw,
    idempotency_key: Annotated[
        str | None,
        Header(
            pattern="^[\x21-\x7e]{1,255}$", description="The same key with the same body gives the same case, for a day."
        ),
    ] = None,
) -> CaseAnswer:
    """Open a case for an order."""
    values = new.model_dump() | {"profile": new.profile or given.settings.profile}
    once = None if idempotency_key is None else Once(key.id, idempotency_key, raw)
    return _told(given.registration.open_case(Order(**values), actor(key), once))


@router.get("/cases")
def list_cases(
    _: ReadsCases,
    given: Given,
    state: State | None = None,
    line: Annotated[str | None, Query(pattern=r"^\+?[0-9]{3,20}$")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    cursor: Annotated[str | None, Query(max_length=200, description="From the answer before.")] = None,
) -> CasesAnswer:
    """Cases, newest first."""
    page = given.registration.cases(state, line, limit, cursor)
    return CasesAnswer(cases=[_told(case) for case in page.cases], cursor=page.cursor)


@router.get("/cases/{case_id}", responses=declared(404))
def read_case(case_id: str, _: ReadsCases, given: Given) -> CaseAnswer:
    """One case."""
    return _told(given.registration.case(case_id))


@router.get("/cases/{case_id}/result", responses=declared(404))
def read_result(case_id: str, _: ReadsCases, given: Given) -> ResultAnswer:
    """Where a case stands, with its attempts: outcome, reasons, checks with their values, no scores."""
    return ResultAnswer.of(given.registration.case(case_id), given.registration.attempts(case_id))


@router.post("/cases/{case_id}/cancellation", responses=declared(404, 409, 413, 415), dependencies=[bodies.JSON_ONLY])
def cancel_case(case_id: str, body: bodies.Cancellation, key: WritesCases, given: Given) -> CaseAnswer:
    """Take an order back."""
    return _told(given.registration.cancel(case_id, actor(key), body.reason, body.version))


@router.post("/cases/{case_id}/links", status_code=201, responses=declared(404, 409))
def make_link(case_id: str, key: WritesCases, given: Given) -> LinkAnswer:
    """A new link with which the subscriber reaches the case."""
    token = given.registration.subscriber_link(case_id, actor(key))
    return LinkAnswer(token=token, url=f"{given.settings.public_url}/r#{token}")


@router.put(
    "/cases/{case_id}/reference",
    responses=declared(404, 409, 413, 415),
    openapi_extra=bodies.binary(*bodies.PICTURES),
)
def put_reference(case_id: str, picture: bodies.Picture, key: WritesReferences, given: Given) -> ReferenceReply:
    """Give the picture of the document; `problem` says why its portrait cannot be compared, if it cannot."""
    return set_reference(given, case_id, actor(key), picture)


@router.post("/cases/{case_id}/activation", responses=declared(404, 409, 413, 415), dependencies=[bodies.JSON_ONLY])
def confirm_activation(
    case_id: str, key: WritesActivations, given: Given, body: bodies.Activation | None = None
) -> CaseAnswer:
    """Say that the line of an accepted case was switched on."""
    return _told(given.registration.confirm_activation(case_id, actor(key), body.version if body else None))


@router.delete("/activations/{line}", status_code=204, responses=declared(404))
def end_activation(line: str, key: WritesActivations, given: Given) -> Response:
    """Say that a line was switched off; it no longer counts as a person's."""
    given.registration.end_activation(line, actor(key))
    return Response(status_code=204)


def _told(case: Case) -> CaseAnswer:
    return CaseAnswer.model_validate(case)
