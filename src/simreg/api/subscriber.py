"""Routes of the subscriber's page."""

from fastapi import APIRouter, Response

from simreg.api import bodies
from simreg.api.acts import begin_attempt, set_reference
from simreg.api.answers import LiveAttemptAnswer, ReferenceReply
from simreg.api.problems import declared
from simreg.api.security import SubscriberCase
from simreg.api.services import Given
from simreg.api.view import CaseView, ResultView, case_view, result_view
from simreg.service.opening import SUBSCRIBER

router = APIRouter(prefix="/v1/subscriber", tags=["subscriber"], responses=declared(400, 401, 422, 429, 500, 503))


@router.get("/case")
def subscriber_case(case: SubscriberCase, given: Given) -> CaseView:
    """The case of the link, with the rules that the subscriber is told."""
    return case_view(given, case)


@router.get("/result")
def subscriber_result(case: SubscriberCase, given: Given) -> ResultView:
    """Where the case stands, and what came of the last attempt."""
    return result_view(given, case)


@router.post("/consent", status_code=204, responses=declared(409, 413, 415), dependencies=[bodies.JSON_ONLY])
def give_consent(body: bodies.Consent, case: SubscriberCase, given: Given) -> Response:
    """The subscriber agrees to a text."""
    given.registration.consent(case.id, SUBSCRIBER, body.text_version, body.language)
    return Response(status_code=204)


@router.post("/alternative", status_code=204, responses=declared(409, 413, 415), dependencies=[bodies.JSON_ONLY])
def choose_alternative(body: bodies.Alternative, case: SubscriberCase, given: Given) -> Response:
    """The subscriber goes the way without a face."""
    given.registration.choose_alternative(case.id, SUBSCRIBER, body.reason)
    return Response(status_code=204)


@router.post("/withdrawal", status_code=204, responses=declared(409))
def withdraw(case: SubscriberCase, given: Given) -> Response:
    """The subscriber takes the consent back; what was kept of the face is erased."""
    given.registration.withdraw(case.id, SUBSCRIBER)
    return Response(status_code=204)


@router.put("/reference", responses=declared(409, 413, 415), openapi_extra=bodies.binary(*bodies.PICTURES))
def subscriber_reference(picture: bodies.Picture, case: SubscriberCase, given: Given) -> ReferenceReply:
    """Give the picture of the document; `problem` says why its portrait cannot be compared, if it cannot."""
    return set_reference(given, case.id, SUBSCRIBER, picture)


@router.post("/attempts", status_code=201, responses=declared(409, 413, 415), dependencies=[bodies.JSON_ONLY])
def subscriber_attempt(case: SubscriberCase, given: Given, body: bodies.LiveAttempt | None = None) -> LiveAttemptAnswer:
    """Begin an attempt; while one runs, go on with it by a new run with a new challenge."""
    order = begin_attempt(given, case.id, SUBSCRIBER, body.cannot if body else ())
    return LiveAttemptAnswer(token=order.token, url="/v1/capture", number=order.number, of=order.of)
