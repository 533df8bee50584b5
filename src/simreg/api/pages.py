"""The built pages and their files."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from simreg.web import files


def routes() -> list[Route]:
    """Routes of all pages, and of the files by name."""
    pages = [Route(path, _page(name), methods=["GET"]) for path, name in files.PAGES.items()]
    return [*pages, Route(files.PREFIX + "{name}", _file, methods=["GET"])]


def _page(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def page(request: Request) -> Response:
        return _sent(request, name)

    return page


async def _file(request: Request) -> Response:
    return _sent(request, request.path_params["name"])


def _sent(request: Request, name: str) -> Response:
    built = files.read(name)
    if built is None:
        raise HTTPException(404)
    headers = built.headers | {"ETag": built.etag}
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if built.etag in known:
        return Response(status_code=304, headers=headers)
    return Response(built.body, headers=headers | {"Content-Type": built.media_type})
