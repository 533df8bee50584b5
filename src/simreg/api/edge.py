"""Around every request: its id, the size of its body, the headers of its answer, one line in the log."""

import logging
import re
import secrets
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simreg.api import problems
from simreg.api.metrics import Metrics
from simreg.capture.limits import DEFAULT_LIMITS, MEGABYTE

USUAL_BYTES = 64 * 1024
REFERENCE_BYTES = 10 * MEGABYTE

LIMITS: Sequence[tuple[str, re.Pattern[str], int]] = (
    ("PUT", re.compile(r"/v1/(subscriber|cases/[^/]+)/reference"), REFERENCE_BYTES),
    ("PUT", re.compile(r"/v1/attempts/[^/]+/recording"), DEFAULT_LIMITS.video_bytes),
)
"""Bytes of a body, by method and path; `USUAL_BYTES` for all others."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
"""Headers of every answer that does not set them itself."""

HSTS = "max-age=31536000"

log = logging.getLogger("simreg.access")
faults = logging.getLogger("simreg.faults")


class Edge:
    """The outermost layer of the app. What goes wrong inside is told by its place in the program only."""

    def __init__(self, app: ASGIApp, metrics: Metrics, https: bool = False) -> None:
        self._app, self._metrics = app, metrics
        self._headers = HEADERS | ({"Strict-Transport-Security": HSTS} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or one socket."""
        if scope["type"] != "http":
            await self._socket(scope, receive, send)
            return
        request, began, status = secrets.token_hex(8), time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._limited(scope, receive, sending)
        except ClientDisconnect:
            status = 499
        except Exception as error:
            faults.error("request %s: %s at %s", request, type(error).__name__, place_of(error))
            if not status:
                await problems.fault()(scope, receive, sending)
        finally:
            method, spent = _known(scope["method"]), 1000 * (time.perf_counter() - began)
            self._metrics.requests.labels(method, str(status)).inc()
            log.info("%s %s %d %.0f ms %s", method, _printable(scope["path"]), status, spent, request)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            faults.error("socket: %s at %s", type(error).__name__, place_of(error))
            with suppress(Exception):  # it may be closed already
                await send({"type": "websocket.close", "code": 1011})

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in no more of the body than the path may have."""
        limit, came = _limit(scope["method"], scope["path"]), 0
        declared = Headers(scope=scope).get("content-length", "0")
        if not (declared.isascii() and declared.isdigit()) or int(declared[:20]) > limit:
            await (await problems.of_http(None, HTTPException(413)))(scope, receive, send)
            return

        async def receiving() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > limit:
                raise HTTPException(413)
            return message

        await self._app(scope, receiving, send)


def place_of(error: BaseException) -> str:
    """Where in the program an error came from; its words may hold what must not be written down."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))


def _limit(method: str, path: str) -> int:
    return next((most for verb, paths, most in LIMITS if verb == method and paths.fullmatch(path)), USUAL_BYTES)


def _known(method: str) -> str:
    return method if method in problems.METHODS else "other"


def _printable(path: str) -> str:
    """The path without a query; nothing that looks like a token gets into the log, wherever it stands."""
    return re.sub(r"\b(sr[a-z])_\w+", r"\1_...", re.sub(r"[^!-~]", "?", path[:200]))
