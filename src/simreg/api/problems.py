"""Errors as problem documents (RFC 9457), with the project's codes."""

import math
from datetime import datetime
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from simreg.errors import AccessError, ConflictError, InputError, LimitError, NotFoundError, SimregError
from simreg.limiter import WaitError
from simreg.live.pool import PoolFullError

MEDIA_TYPE = "application/problem+json"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
BUSY_S = 5
"""Seconds after which a busy server may be asked again."""

_STATUS: tuple[tuple[type[SimregError], int], ...] = (
    (PoolFullError, 503),
    (InputError, 422),
    (LimitError, 429),
    (ConflictError, 409),
    (AccessError, 401),
    (NotFoundError, 404),
)
_STATUS_BY_CODE = {
    "scope-missing": 403,
    "file-too-big": 413,
    "picture-too-large": 413,
    "media-type": 415,
    "picture-unknown": 415,
    "picture-heic": 415,
    "picture-is-video": 415,
    "video-unknown": 415,
    "worker-lost": 503,
    "database-unreachable": 503,
    "internal": 500,
}
_HTTP: dict[int, tuple[str, str, str]] = {
    400: ("request-unreadable", "The request cannot be read.", "Check that the body is whole and is JSON."),
    404: ("path-unknown", "There is nothing at this address.", "See the API's description."),
    405: ("method-unknown", "This address does not take this method.", "See the header Allow."),
    413: ("body-too-large", "The request's body is too large.", "Send less."),
}
FAULT = ("internal", "Something went wrong here.", "Try again; tell the operator if it goes on.")


class Fault(BaseModel):
    """One value of a request that cannot be taken."""

    where: str
    what: str


class Problem(BaseModel):
    """Why something could not be done."""

    type: str = Field(examples=["urn:simreg:problem:case-unknown"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="A sentence for a person.", examples=["There is no case of this id."])
    code: str = Field(description="A stable word with dashes.", examples=["case-unknown"])
    remedy: str = Field(description="What to do about it.", examples=["Check the id."])
    locked_until: datetime | None = Field(None, description="With `locked-out`: when the next attempt may begin.")
    faults: list[Fault] | None = Field(None, description="With `request-invalid`: which values cannot be taken.")


def answer(
    status: int, code: str, detail: str, remedy: str, headers: dict[str, str] | None = None, **more: Any
) -> Response:
    """A problem document as an answer."""
    problem = Problem(
        type=f"urn:simreg:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        remedy=remedy,
        **more,
    )
    body = problem.model_dump(mode="json", exclude_none=True)
    return JSONResponse(body, status, headers, MEDIA_TYPE)


def fault() -> Response:
    """The answer to a fault of the program: nothing of it is told."""
    return answer(500, *FAULT)


async def of_simreg(_: Request, error: Exception) -> Response:
    """The answer to a `SimregError`."""
    assert isinstance(error, SimregError)  # noqa: S101 - registered for nothing else
    kind = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    status = _STATUS_BY_CODE.get(error.code, kind)
    if status == 500:
        return fault()
    headers, more = _headers(status, error), {}
    if isinstance(error, WaitError) and error.until is not None:
        more["locked_until"] = error.until
    return answer(status, error.code, error.sentence, error.remedy, headers, **more)


def _headers(status: int, error: SimregError) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if status == 503:
        return {"Retry-After": str(BUSY_S)}
    if isinstance(error, WaitError):
        return {"Retry-After": str(max(1, math.ceil(error.seconds)))}
    return {}


async def of_request(_: Request, error: Exception) -> Response:
    """The answer to a request that does not fit its description; what was sent is not repeated."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for nothing else
    faults = error.errors()
    if any(one["type"] == "json_invalid" for one in faults):
        return answer(400, "json-invalid", "The body is not JSON.", "Send JSON in UTF-8.")
    told = [Fault(where=_where(one["loc"]), what=str(one["msg"])[:200]) for one in faults[:20]]
    sentence = f"The request has {len(faults)} value(s) that cannot be taken: {told[0].where}."
    return answer(422, "request-invalid", sentence, "See faults, and the API's description.", faults=told)


def _where(place: tuple[str | int, ...]) -> str:
    return ".".join(str(part)[:40] for part in place[:6])


async def of_http(request: Request | None, error: Exception) -> Response:
    """The answer to an error of the framework's own."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    usual = (f"http-{error.status_code}", HTTPStatus(error.status_code).phrase + ".", "See the API's description.")
    headers = dict(error.headers or {})
    if error.status_code == 405 and request is not None:
        headers["Allow"] = ", ".join(_allowed(request))
    return answer(error.status_code, *_HTTP.get(error.status_code, usual), headers)


def _allowed(request: Request) -> list[str]:
    """All methods that the request's address takes (RFC 9110, 10.2.1)."""
    scopes = [{**request.scope, "method": method} for method in METHODS]
    routes = request.app.router.routes
    return [scope["method"] for scope in scopes if any(route.matches(scope)[0] is Match.FULL for route in routes)]


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For a route: these statuses come with problem documents."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in sorted(statuses)}
