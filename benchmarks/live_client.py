"""A page and an operator's system in one, for measurements: opens cases and runs captures over real WebSockets."""

import asyncio
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import urllib3
from live_material import FPS, Actor, Film
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from simreg.liveness.types import Action

UNANSWERED = 2
"""Frames that a page keeps unanswered at most."""

READY_S, OVER_S = 120.0, 90.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its address, a key for its API, and its process where it is ours."""

    url: str
    key: str = field(repr=False)
    process: int | None = None

    def processes(self) -> list[int]:
        """Process ids: the server's own, then its workers'."""
        if self.process is None:
            return []
        tasks = Path(f"/proc/{self.process}/task").glob("*/children")
        children = [int(word) for task in tasks for word in task.read_text().split()]
        return [self.process, *(one for one in children if b"multiprocessing.spawn" in _command(one))]

    def cpu_s(self) -> list[float]:
        """Seconds of processor time that each process has used."""
        return [sum(map(int, _stat(one)[11:13])) / TICKS for one in self.processes()]


def _stat(process: int) -> list[str]:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def _command(process: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


MEASURING = "c2ltcmVnIG1lYXN1cmVzLCBhbmQga2VlcHMgbm90aGk="
"""A secret that everybody may know: what is measured is nobody's."""


@contextmanager
def started(folder: Path, captures: int, *program: str) -> Iterator[Server]:
    """A server of our own on a free port, with its database in a folder; ended at the end.

    ``program`` is what runs it: `simreg serve` unless said.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log_key = folder / "log-key"
    log_key.write_text(MEASURING)
    log_key.chmod(0o600)
    ours = {
        "DATABASE": f"sqlite:///{folder}/simreg.db",
        "KEY": MEASURING,
        "KEY_STORE": f"sqlite:///{folder}/keys.db",
        "LOG_KEY_FILE": str(log_key),
        "PORT": str(port),
        "CAPTURES": str(captures),
        "SOCKETS_ADDRESS": "1000",
        "DEMO": "off",
        "LOG_LEVEL": "warning",
    }
    environment = os.environ | {f"SIMREG_{name}": value for name, value in ours.items()}
    simreg = [sys.executable, "-m", "simreg.cli.main"]
    made = subprocess.run(  # noqa: S603
        [*simreg, "keys", "create", "measurement"], env=environment, capture_output=True, text=True, check=True
    )
    server = subprocess.Popen(program or [*simreg, "serve"], env=environment)  # noqa: S603
    try:
        one = Server(f"http://127.0.0.1:{port}", made.stdout.split()[-1], server.pid)
        _wait_until_ready(one, server)
        yield one
    finally:
        server.terminate()
        server.wait(60)


def _wait_until_ready(server: Server, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_S
    while time.monotonic() < until and process.poll() is None:
        with suppress(urllib3.exceptions.HTTPError):
            if urllib3.request("GET", f"{server.url}/v1/ready", retries=False).status == 200:
                return
        time.sleep(0.2)
    raise SystemExit("the server did not come up")


class Office:
    """The operator's system and the subscriber's page before the camera opens; may be called in threads."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._pool = urllib3.PoolManager(maxsize=16)

    def call(self, method: str, path: str, token: str, body: object = None, kind: str = "application/json") -> Any:
        """One request; its answer as JSON. Ends the program where it is refused."""
        data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": kind}
        answer = self._pool.request(method, self._server.url + path, body=data, headers=headers, timeout=60)
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {answer.data.decode(errors='replace')[:300]}")
        return answer.json() if answer.data else None

    def referenced(self, film: Film) -> str:
        """The link's token of a new case with consent and reference."""
        order = {"transaction": "new", "channel": "web", "line": f"+999{secrets.randbelow(10**11):011d}"}
        case = self.call("POST", "/v1/cases", self._server.key, order | {"identity_number": secrets.token_hex(8)})["id"]
        link = str(self.call("POST", f"/v1/cases/{case}/links", self._server.key)["token"])
        self.call("POST", "/v1/subscriber/consent", link, {"text_version": "measurement"})
        found = self.call("PUT", "/v1/subscriber/reference", link, film.reference, "image/jpeg")
        if found["problem"] is not None:
            raise SystemExit(f"{film.name}: the reference is refused: {found['problem']}")
        return link

    def attempt(self, link: str, film: Film) -> str:
        """The token of a capture that may begin."""
        return str(self.call("POST", "/v1/subscriber/attempts", link, {"cannot": film.cannot})["token"])


@dataclass(slots=True)
class Told:
    """What came of one capture.

    ``due`` frames the camera gave until the server had enough, of which ``held`` were not sent, as `UNANSWERED` were on
    their way; ``trips`` are seconds from a frame to its answer. ``from_sent`` and ``from_answered`` are seconds to the
    outcome from the frame that ended the last action, and from the answer to it.
    """

    film: str
    due: int = 0
    held: int = 0
    dropped: int = 0
    trips: list[float] = field(default_factory=list)
    waited: int = 0
    from_sent: float | None = None
    from_answered: float | None = None
    state: str = "lost"
    reasons: tuple[str, ...] = ()


class Capture:
    """One page before a camera of `FPS` frames a second; ``hurried``: the next frame comes as soon as it may."""

    def __init__(self, server: Server, film: Film, start: int = 0, *, hurried: bool = False) -> None:
        self._server, self._film, self._hurried = server, film, hurried
        self._actor = Actor(film, start)
        self._sent: dict[int, float] = {}
        self._room, self._over = asyncio.Semaphore(UNANSWERED), asyncio.Event()
        self._last: tuple[float, float] | None = None
        self._complete = False
        self.told = Told(film.name)

    async def run(self, token: str) -> Told:
        """From the hello to the outcome."""
        url = self._server.url.replace("http", "ws", 1) + "/v1/capture"
        async with asyncio.timeout(OVER_S), connect(url, origin=self._server.url, compression=None) as page:  # type: ignore[arg-type]
            await page.send(json.dumps({"type": "hello", "version": 1, "token": token}))
            while (message := json.loads(await page.recv()))["type"] == "wait":
                self.told.waited += 1
            if message["type"] != "ready":
                self.told.state = message.get("code", message["type"])
                return self.told
            sending = asyncio.create_task(self._send(page))
            try:
                async for text in page:
                    self._heard(json.loads(text))
            except ConnectionClosed:
                pass
            finally:
                self._over.set()
                await asyncio.gather(sending, return_exceptions=True)
        return self.told

    async def _send(self, page: ClientConnection) -> None:
        begin, number = time.monotonic(), 0
        while not self._over.is_set():
            jpeg = self._actor.frame()
            self.told.due += 1
            if self._hurried or not self._room.locked():
                await self._room.acquire()
                now = time.monotonic()
                at_ms = round(1000 * (number / FPS if self._hurried else now - begin))
                self._sent[number] = now
                await page.send(number.to_bytes(4, "big") + at_ms.to_bytes(4, "big") + jpeg)
                number += 1
            else:
                self.told.held += 1
            if not self._hurried:
                await asyncio.sleep(max(0.0, begin + self.told.due / FPS - time.monotonic()))

    def _heard(self, message: dict[str, Any]) -> None:
        now, told = time.monotonic(), self.told
        match message["type"]:
            case "seen":
                sent = self._sent.pop(message["frame"])
                told.trips.append(now - sent)
                if not self._complete:
                    self._last, self._complete = (sent, now), message["step"] == message["of"]
                self._actor.asked(Action(message["action"]) if message["action"] else None)
                self._room.release()
            case "dropped":
                self._sent.pop(message["frame"])
                told.dropped += 1
                self._room.release()
            case "judging":
                told.due -= len(self._sent)  # they were on their way when the server had enough
                self._over.set()
                self._room.release()
            case "done":
                told.state, told.reasons = message["state"], tuple(one["code"] for one in message["reasons"])
                if self._last is not None:
                    told.from_sent, told.from_answered = now - self._last[0], now - self._last[1]
            case "error":
                told.state = message["code"]
                self._over.set()
                self._room.release()
