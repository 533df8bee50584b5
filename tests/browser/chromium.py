"""A headless Chromium that tests drive over its debugging pipe: standard library only.

The protocol is Chromium's DevTools protocol; with ``--remote-debugging-pipe`` it reads commands from file descriptor 3
and writes answers and events to 4, each a JSON text that ends with a zero byte. A thread of its own reads them, so that
any thread may ask.
"""

import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from itertools import count
from types import TracebackType
from typing import Any, Self

PATIENCE_S = 60.0
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-backgrounding-occluded-windows",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--no-first-run",
    "--no-default-browser-check",
    "--remote-debugging-pipe",
)

Message = dict[str, Any]
Hear = Callable[[str, Message], None]
"""Told an event's method and what it says."""


def find_chromium() -> str | None:
    """The browser that SIMREG_CHROMIUM names, or the one on the path."""
    named = os.environ.get("SIMREG_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class DevToolsError(AssertionError):
    """Chromium does not do what it was asked, or does not answer."""


class Chromium:
    """One browser; a context manager. `browser.page.Page` opens pages in it."""

    def __init__(self, program: str, *options: str) -> None:
        self._program, self._options = program, options
        self._numbers = count(1)
        self._waiting: dict[int, Future[Message]] = {}
        self._hearing: dict[str, Hear] = {}
        self._writing = threading.Lock()

    def __enter__(self) -> Self:
        self._profile = tempfile.TemporaryDirectory(prefix="simreg-chromium-", ignore_cleanup_errors=True)
        inward, outward = os.pipe(), os.pipe()
        theirs = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (inward[0], outward[1])]
        os.close(inward[0])
        os.close(outward[1])
        self._write, self._read = inward[1], outward[0]

        def hand_over() -> None:
            os.dup2(theirs[0], 3)
            os.dup2(theirs[1], 4)

        self._process = subprocess.Popen(
            [self._program, *OPTIONS, *self._options, f"--user-data-dir={self._profile.name}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(3, 4),
            preexec_fn=hand_over,
        )
        for fd in theirs:
            os.close(fd)
        self._reader = threading.Thread(target=self._receive, name="what Chromium says", daemon=True)
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(10)
        os.close(self._write)
        os.close(self._read)
        self._profile.cleanup()

    def ask(self, method: str, session: str | None = None, **parameters: Any) -> Message:
        """Send a command, to one page where ``session`` is given, and return its result. Raises `DevToolsError`."""
        number, answer = next(self._numbers), Future[Message]()
        self._waiting[number] = answer
        message: Message = {"id": number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        with self._writing:
            data = json.dumps(message).encode() + b"\0"
            while data:
                data = data[os.write(self._write, data) :]
        try:
            given = answer.result(PATIENCE_S)
        except Late:
            raise DevToolsError(f"Chromium does not answer {method}") from None
        if "error" in given:
            raise DevToolsError(f"{method}: {given['error']}")
        return dict(given["result"])

    def hear(self, session: str, hear: Hear) -> None:
        """Tell ``hear`` the events of a page, in the thread that reads."""
        self._hearing[session] = hear

    def _receive(self) -> None:
        buffer = b""
        with suppress(OSError):
            while part := os.read(self._read, 1 << 20):
                *texts, buffer = (buffer + part).split(b"\0")
                for text in texts:
                    self._take(json.loads(text))
        for answer in list(self._waiting.values()):
            answer.set_exception(DevToolsError("Chromium has ended"))

    def _take(self, message: Message) -> None:
        if "id" in message:
            answer = self._waiting.pop(message["id"], None)
            if answer is not None:
                answer.set_result(message)
        elif message.get("sessionId") in self._hearing:
            self._hearing[message["sessionId"]](message["method"], message.get("params", {}))
