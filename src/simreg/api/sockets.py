"""The socket of a live capture: who may open one, and how many."""

from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket

from simreg.api.desk import CaseDesk
from simreg.api.page_socket import PageSocket
from simreg.api.services import Given, Services
from simreg.errors import LimitError
from simreg.live import protocol
from simreg.live.capture import CaptureSocket
from simreg.live.protocol import Close
from simreg.settings import Settings, is_local

router = APIRouter()


@router.websocket("/v1/capture")
async def capture(websocket: WebSocket, given: Given) -> None:
    """One live capture, as docs/capture-protocol.md has it.

    What is no browser is not let in at all; a page from elsewhere is told so, and nothing of it is read.
    """
    origin = websocket.headers.get("origin")
    if origin is None:
        await websocket.close()
        return
    welcome = origin in origins(given.settings)
    await websocket.accept()
    page = PageSocket(websocket, given.metrics.verdict.observe)
    close = await _served(websocket, page, given) if welcome else Close.ORIGIN
    await page.close(close)
    given.metrics.sockets.labels(close.name.lower()).inc()


async def _served(websocket: WebSocket, page: PageSocket, given: Services) -> Close:
    if given.draining.is_set():
        return Close.RESTART
    address = websocket.client.host if websocket.client is not None else "unknown"
    try:
        with given.places.socket(address):
            async with page:
                return await _captured(page, given, address)
    except LimitError as error:
        await page.send(protocol.error(error.code, f"{error.sentence} {error.remedy}", again=True))
        return Close.TOO_MANY


async def _captured(page: PageSocket, given: Services, address: str) -> Close:
    desk = CaseDesk(given, page, address)
    course = CaptureSocket(page, given.pool, desk, draining=given.draining.is_set)
    try:
        return await course.run()
    finally:
        desk.free()
        given.metrics.frames.labels("answered").inc(course.answered)
        given.metrics.frames.labels("dropped").inc(course.overtaken)


def origins(settings: Settings) -> frozenset[str]:
    """Origins whose pages may capture: the server's own and those of the settings."""
    parts = urlsplit(settings.public_url)
    own = {settings.public_url.lower()}
    if is_local(parts.hostname or ""):
        port = f":{parts.port}" if parts.port else ""
        own |= {f"{parts.scheme}://{name}{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
    return frozenset(own | {origin.lower() for origin in settings.origins})
