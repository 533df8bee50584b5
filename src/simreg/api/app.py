"""Puts the routes together to one app, and describes it (OpenAPI 3.1)."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from simreg import __version__
from simreg.api import attempts, cases, hooks, log, pages, receipts, rights, sockets, state, subscriber, trial
from simreg.api.edge import Edge
from simreg.api.problems import Problem, of_http, of_request, of_simreg
from simreg.api.services import Services
from simreg.errors import SimregError

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

TITLE = "simreg"
TEXT = """Registers phone lines: is a live person there, and is it the holder of the document?

The operator's system opens a case for a line and hands its link to the subscriber, whose page does the rest; then it
reads the result and confirms that the line was switched on. Errors are problem documents (RFC 9457) with stable codes.
The live capture itself is a WebSocket, `/v1/capture`."""
TAGS = [
    {"name": "cases", "description": "Orders, and what becomes of them. For the operator's system."},
    {"name": "attempts", "description": "Attempts and recordings. For the operator's system."},
    {"name": "webhooks", "description": "Signed messages about cases (Standard Webhooks)."},
    {"name": "subscriber", "description": "What the subscriber's page asks for, with the token of a link."},
    {"name": "rights", "description": "What people can ask for: what is held, to be forgotten, a line that is frozen."},
    {"name": "log", "description": "The append-only record, for everybody; its entries for inspectors."},
    {"name": "trial", "description": "Trying it out."},
    {"name": "server", "description": "For whoever runs the server."},
]
API = (
    *(cases.router, attempts.router, receipts.router, hooks.router),
    *(rights.router, subscriber.router, log.router, trial.router, state.router),
)


def create_app(services: Services, routers: Sequence[APIRouter] = (), lifespan: Lifespan | None = None) -> FastAPI:
    """The app over these services, with further ``routers`` that are not part of the described API."""
    app = FastAPI(
        title=TITLE,
        description=TEXT,
        version=__version__,
        openapi_tags=TAGS,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        generate_unique_id_function=_name,
    )
    app.state.services = services
    services.registration.watch = services.metrics.changed
    for router in (*API, sockets.router):
        app.include_router(router)
    for router in routers:
        app.include_router(router, include_in_schema=False)
    app.router.routes.extend(pages.routes())
    for kind, handler in ((SimregError, of_simreg), (RequestValidationError, of_request), (HTTPException, of_http)):
        app.add_exception_handler(kind, handler)
    app.add_middleware(Edge, metrics=services.metrics, https=services.settings.public_url.startswith("https:"))
    if services.settings.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(services.settings.proxies))
    _describe(app)
    return app


def _name(route: APIRoute) -> str:
    return route.name.replace("_", "-")


def _describe(app: FastAPI) -> None:
    """Add the problem document to the description, which the routes refer to."""
    usual = app.openapi

    def described() -> dict[str, Any]:
        fresh = app.openapi_schema is None
        schema = usual()
        if fresh:
            own = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas = schema.setdefault("components", {}).setdefault("schemas", {})
            schemas.update(own.pop("$defs", {}), Problem=own)
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
        return schema

    app.openapi = described  # type: ignore[method-assign]
