"""The log as anybody can read it: checkpoint, tiles and key; entries are for inspectors (c2sp.org/tlog-tiles)."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response, Security
from fastapi.security import HTTPAuthorizationCredentials
from starlette.exceptions import HTTPException

from simreg.api.problems import declared
from simreg.api.security import KEY, address, refused
from simreg.api.services import Given
from simreg.errors import AccessError
from simreg.service.access import Scope

ENTRIES = "tile/entries/"
TEXT, OCTETS = "text/plain; charset=utf-8", "application/octet-stream"
FOREVER, MINUTE = "public, max-age=31536000, immutable", "public, max-age=5"

router = APIRouter(prefix="/log", tags=["log"], responses=declared(500, 503))


def _declared(media_type: str, text: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"content": {media_type: {"schema": {"type": "string"}}}, "description": text}}


@router.get("/key", response_class=Response, responses=_declared("text/plain", "The key, as signed notes have it."))
def log_key(given: Given) -> Response:
    """The log's public key. One that the regulator published proves more than one that comes from here."""
    return Response(given.registration.log_key + "\n", media_type=TEXT)


@router.get("/checkpoint", response_class=Response, responses=_declared("text/plain", "A signed note.") | declared(404))
def log_checkpoint(given: Given) -> Response:
    """The newest checkpoint: origin, size and root, signed."""
    return _sent(given.registration.log_resource("checkpoint"), TEXT, MINUTE)


@router.get(
    "/tile/{path:path}",
    response_class=Response,
    responses=_declared(OCTETS, "Hashes, or entries with their lengths.") | declared(401, 403, 404, 422, 429),
)
def log_tile(
    path: str, request: Request, given: Given, sent: Annotated[HTTPAuthorizationCredentials | None, Security(KEY)]
) -> Response:
    """A tile of the tree's hashes; or a bundle of entries, which needs a key with `log:read`."""
    path = f"tile/{path}"
    if path.startswith(ENTRIES):
        try:
            given.access.api_key("" if sent is None else sent.credentials, Scope.LOG_READ)
        except AccessError as error:
            raise refused(given, address(request), error) from None
        return _sent(given.registration.log_resource(path), OCTETS, "private, no-store")
    return _sent(given.registration.log_resource(path), OCTETS, FOREVER)


def _sent(data: bytes | None, media_type: str, cache: str) -> Response:
    if data is None:
        raise HTTPException(404)
    return Response(data, media_type=media_type, headers={"Cache-Control": cache, "Access-Control-Allow-Origin": "*"})
