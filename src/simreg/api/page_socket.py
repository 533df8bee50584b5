"""The page's WebSocket as the capture sees it."""

import asyncio
import json
import time
from collections.abc import Callable, Coroutine

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from simreg.live import protocol
from simreg.live.protocol import Close, Message

SEND_S = 10.0
"""Seconds after which a page that does not take a message counts as gone."""

WAITING = 4
"""Messages that wait here at most; the rest waits in the network."""


class PageSocket:
    """A socket that was accepted. Use it as a context; `let_go` ends its capture from any thread."""

    def __init__(self, websocket: WebSocket, judged: Callable[[float], None]) -> None:
        self._websocket, self._judged = websocket, judged
        self._loop = asyncio.get_running_loop()
        self._came: asyncio.Queue[str | bytes | None] = asyncio.Queue(WAITING)
        self._gone = False
        self._asked: float | None = None

    async def __aenter__(self) -> "PageSocket":
        self._reader = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)

    async def receive(self) -> str | bytes | None:
        """The next message; None once the page has gone."""
        return await self._came.get()

    async def send(self, message: Message) -> None:
        """Send a message, if the page is still there. Between ``judging`` and ``done`` the time is taken."""
        if message["type"] == "judging":
            self._asked = time.monotonic()
        elif message["type"] == "done" and self._asked is not None:
            self._judged(time.monotonic() - self._asked)
        if not self._gone and self._open:
            await self._quietly(self._websocket.send_text(json.dumps(message, ensure_ascii=False)))

    async def close(self, code: Close) -> None:
        """Close the socket, if it is still open."""
        if self._open:
            await self._quietly(self._websocket.close(int(code)))

    def let_go(self) -> None:
        """Another capture of the case has begun: this one is over."""
        self._loop.call_soon_threadsafe(self._let_go)

    @property
    def _open(self) -> bool:
        there = WebSocketState.CONNECTED
        return self._websocket.client_state is there and self._websocket.application_state is there

    def _let_go(self) -> None:
        self._reader.cancel()
        sentence = "The capture goes on elsewhere."
        self._telling = asyncio.create_task(self.send(protocol.error("taken-over", sentence, again=False)))
        self._end()

    def _end(self) -> None:
        while not self._came.empty():
            self._came.get_nowait()
        self._came.put_nowait(None)

    async def _read(self) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                self._gone = True
                await self._came.put(None)
                return
            text = message.get("text")
            await self._came.put(message.get("bytes", b"") if text is None else text)

    async def _quietly(self, sending: Coroutine[object, object, None]) -> None:
        try:
            await asyncio.wait_for(sending, SEND_S)
        except (TimeoutError, RuntimeError, WebSocketDisconnect, OSError):
            self._gone = True
