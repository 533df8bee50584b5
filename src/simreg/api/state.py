"""Routes for whoever runs the server: does it live, is it ready, what has it counted."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response, Security
from fastapi.security import HTTPAuthorizationCredentials
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from simreg import __version__
from simreg.api.problems import declared
from simreg.api.security import KEY, address, refused
from simreg.api.services import Given
from simreg.errors import AccessError
from simreg.live.pool import PoolFullError
from simreg.service.access import Scope
from simreg.service.account import stored_faces
from simreg.settings import is_local

router = APIRouter(tags=["server"], responses=declared(500))

_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "As Prometheus reads it."}
}


class Health(BaseModel):
    """The server lives."""

    status: str = "ok"
    version: str = __version__


class Readiness(BaseModel):
    """The server takes captures."""

    status: str = "ready"
    captures: int
    capacity: int


@router.get("/v1/health")
async def health() -> Health:
    """Whether the server lives."""
    return Health()


@router.get("/v1/ready", responses=declared(503))
def ready(given: Given) -> Readiness:
    """Whether database and workers are ready, and the server is not about to end."""
    if given.draining.is_set():
        raise PoolFullError("draining", "The server is going down.", "Come back in a moment.")
    if not given.pool.ready:
        raise PoolFullError("workers-missing", "Not all worker processes are up.", "Wait a moment.")
    if not given.database.ready():
        raise PoolFullError("database-unready", "The database is not ready.", "See that it runs and is up to date.")
    return Readiness(captures=given.places.captures, capacity=given.pool.capacity)


@router.get("/metrics", response_class=Response, responses={**_TEXT, **declared(401, 403, 429, 503)})
def metrics(
    request: Request, given: Given, sent: Annotated[HTTPAuthorizationCredentials | None, Security(KEY)]
) -> Response:
    """What the server has counted. A trial server tells it to its own machine; any other needs `metrics:read`."""
    if not (given.settings.shows_demo and is_local(address(request))):
        try:
            given.access.api_key("" if sent is None else sent.credentials, Scope.METRICS_READ)
        except AccessError as error:
            raise refused(given, address(request), error) from None
    counts = given.metrics
    counts.captures.set(given.places.captures)
    counts.capacity.set(given.pool.capacity)
    counts.waiting.set(given.webhooks.waiting())
    counts.faces.set(stored_faces(given.database))
    return Response(counts.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})
