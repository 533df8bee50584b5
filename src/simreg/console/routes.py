"""All pages of the staff, in one table: what each is called, who may come, and what it does."""

from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from simreg.console import agent, case, device, files, inspect, provider, review, sign_in
from simreg.console import changes as changing
from simreg.console import second as second_factor
from simreg.console.door import EVERYBODY, PATH, SECOND, Page, answer
from simreg.console.visit import Desk, Visit
from simreg.console.words import offered
from simreg.decision.profiles.types import Profile
from simreg.errors import NotFoundError
from simreg.inspection.desk import Inspector
from simreg.service.access import Access, Role
from simreg.service.changes import MAY, Changes
from simreg.service.devices import Devices
from simreg.service.provider import Provider
from simreg.service.registration import Registration
from simreg.service.second import Second
from simreg.service.work import Clock
from simreg.settings import Settings

STAFF = frozenset(Role)
AGENT, REVIEWER, OFFICE = frozenset({Role.AGENT}), frozenset({Role.REVIEWER}), MAY
INSPECTOR = frozenset({Role.INSPECTOR})
MOST_FILE = 16_000_000
"""Bytes of the largest list of lines that a page takes; `simreg inspect reconcile` takes larger ones."""


def _nothing(_desk: Desk, _visit: Visit) -> Response:
    raise NotFoundError("page-unknown", "There is no such page.", "Check the address.")


PAGES = (
    Page("GET", "", STAFF, sign_in.home),
    Page("GET", "/sign-in", EVERYBODY, sign_in.form),
    Page("POST", "/sign-in", EVERYBODY, sign_in.enter),
    Page("GET", "/provider", EVERYBODY, provider.begin),
    Page("GET", "/provider/back", EVERYBODY, provider.back),
    Page("POST", "/sign-out", STAFF, sign_in.leave),
    Page("GET", SECOND, STAFF, second_factor.show),
    Page("POST", SECOND, STAFF, second_factor.give),
    Page("GET", "/static/{name}", EVERYBODY, files.serve, data=True),
    Page("GET", "/cases", AGENT, agent.cases),
    Page("GET", "/cases/new", AGENT, agent.order_form),
    Page("POST", "/cases/new", AGENT, agent.order),
    Page("GET", "/cases/{case_id}", AGENT, case.show),
    Page("GET", "/cases/{case_id}/state", AGENT, case.follow, data=True),
    Page("POST", "/cases/{case_id}/link", AGENT, case.link),
    Page("POST", "/cases/{case_id}/hand-over", AGENT, case.hand_over),
    Page("POST", "/cases/{case_id}/alternative", AGENT, case.choose_alternative),
    Page("POST", "/cases/{case_id}/alternative/end", AGENT, case.finish_alternative),
    Page("POST", "/cases/{case_id}/cancellation", AGENT, case.cancel),
    Page("GET", "/cases/{case_id}/{rest:path}", AGENT, case.back),
    Page("GET", "/device", AGENT, device.show),
    Page("POST", "/device", AGENT, device.register),
    Page("GET", "/review", REVIEWER, review.queue),
    Page("GET", "/review/{case_id}", REVIEWER, review.show),
    Page("POST", "/review/{case_id}", REVIEWER, review.decide),
    Page("GET", "/review/{case_id}/reference", REVIEWER, review.reference, data=True),
    Page("GET", "/review/{case_id}/frames/{number}", REVIEWER, review.frame, data=True),
    Page("GET", "/changes", OFFICE, changing.show),
    Page("POST", "/changes", OFFICE, changing.propose_role),
    Page("POST", "/changes/{proposal}", OFFICE, changing.decide),
    Page("GET", "/inspect", INSPECTOR, inspect.numbers),
    Page("GET", "/inspect/numbers.csv", INSPECTOR, inspect.numbers_csv),
    Page("GET", "/inspect/rates", INSPECTOR, inspect.rates),
    Page("GET", "/inspect/rates.csv", INSPECTOR, inspect.rates_csv),
    Page("GET", "/inspect/unusual", INSPECTOR, inspect.unusual),
    Page("GET", "/inspect/unusual.csv", INSPECTOR, inspect.unusual_csv),
    Page("GET", "/inspect/cases", INSPECTOR, inspect.cases),
    Page("GET", "/inspect/case", INSPECTOR, inspect.case),
    Page("GET", "/inspect/reconcile", INSPECTOR, inspect.reconcile_form),
    Page("POST", "/inspect/reconcile", INSPECTOR, inspect.reconcile, most=MOST_FILE),
    Page("GET", "/{rest:path}", STAFF, _nothing),
    Page("POST", "/{rest:path}", STAFF, _nothing),
)


def console_routes(
    registration: Registration,
    access: Access,
    second: Second,
    changes: Changes,
    devices: Devices,
    inspector: Inspector,
    settings: Settings,
    clock: Clock,
    profiles: Mapping[str, Profile] | None = None,
    identity: Provider | None = None,
) -> APIRouter:
    """The router with all of `PAGES` below /staff; they are not in the OpenAPI document.

    ``profiles`` are those that agents can open cases with, by name and the usual one first; those of the settings and
    those that come with simreg unless given.
    """
    shown = offered(settings) if profiles is None else profiles
    desk = Desk(registration, access, second, changes, devices, inspector, settings, clock, shown, identity)
    router = APIRouter(prefix=PATH, include_in_schema=False)
    for wanted in PAGES:
        router.add_api_route(wanted.path, _endpoint(desk, wanted), methods=[wanted.method], response_model=None)
    return router


def _endpoint(desk: Desk, wanted: Page) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        body = await _body(request, wanted.most)
        return await run_in_threadpool(answer, desk, wanted, request, body)

    return endpoint


async def _body(request: Request, most: int) -> bytes | None:
    """What was posted; None where it is too large, without reading all of it."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            return None
        parts.append(part)
    return b"".join(parts)
