"""Who may call: keys of the operator's system, links of subscribers, tokens of captures."""

from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from simreg.api.services import Given, Services
from simreg.errors import AccessError
from simreg.limiter import WaitError
from simreg.registration.types import Case
from simreg.service.access import Scope
from simreg.storage.types import ApiKey


def _bearer(name: str, text: str) -> HTTPBearer:
    return HTTPBearer(scheme_name=name, description=text, auto_error=False)


KEY = _bearer("operatorKey", "An API key, `srk_...`, with the scope that the route needs.")
LINK = _bearer("subscriberLink", "The token of a subscriber's link, `srl_...`.")
TOKEN = _bearer("captureToken", "The token of an attempt, `src_...`; it works once.")

_Key = Annotated[HTTPAuthorizationCredentials | None, Security(KEY)]
_Link = Annotated[HTTPAuthorizationCredentials | None, Security(LINK)]
_Token = Annotated[HTTPAuthorizationCredentials | None, Security(TOKEN)]


def needs(scope: Scope) -> Any:
    """A dependency: the API key of the request, which must have the scope."""

    def key(request: Request, given: Given, sent: _Key) -> ApiKey:
        try:
            return given.access.api_key("" if sent is None else sent.credentials, scope)
        except AccessError as error:
            raise refused(given, address(request), error) from None

    return Depends(key)


def subscriber_case(request: Request, given: Given, sent: _Link) -> Case:
    """The case of the request's link."""
    try:
        return given.registration.subscriber_case("" if sent is None else sent.credentials)
    except AccessError as error:
        raise refused(given, address(request), error) from None


async def capture_token(sent: _Token) -> str:
    """The capture's token as it was sent; empty where none was."""
    return "" if sent is None else sent.credentials


def refused(given: Services, address: str, error: AccessError) -> Exception:
    """The error for a token that does not open: the same, or that there were too many of them from there."""
    if error.code == "scope-missing":
        return error
    wait = given.failures.count(address)
    if wait is None:
        return error
    sentence = "Too many wrong tokens came from here."
    return WaitError("too-many-failures", sentence, "Wait a minute.", wait)


def address(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client is not None else "unknown"


def actor(key: ApiKey) -> str:
    """Who a key's acts are written down to."""
    return f"api:{key.id}"


SubscriberCase = Annotated[Case, Depends(subscriber_case)]
CaptureToken = Annotated[str, Depends(capture_token)]
ReadsCases = Annotated[ApiKey, needs(Scope.CASES_READ)]
WritesCases = Annotated[ApiKey, needs(Scope.CASES_WRITE)]
WritesReferences = Annotated[ApiKey, needs(Scope.REFERENCES_WRITE)]
WritesCaptures = Annotated[ApiKey, needs(Scope.CAPTURES_WRITE)]
WritesActivations = Annotated[ApiKey, needs(Scope.ACTIVATIONS_WRITE)]
WritesWebhooks = Annotated[ApiKey, needs(Scope.WEBHOOKS_WRITE)]
WritesRights = Annotated[ApiKey, needs(Scope.RIGHTS_WRITE)]
