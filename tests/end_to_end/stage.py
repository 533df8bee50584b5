"""The camera of a Chromium: a file with one picture, which whoever acts on the stage rewrites thirty times a second."""

import os
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2

from browser.page import Page
from end_to_end.actor import HEIGHT, RATE, WIDTH, Actor

HEADER = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{RATE}:1 Ip A1:1 C420jpeg\nFRAME\n".encode()
BINDING = "simregPrompt"
TELL = f"""new MutationObserver(() => {{
    const prompt = document.querySelector("portrait-capture")?.dataset.prompt ?? "";
    if (prompt !== window.told) {BINDING}(window.told = prompt);
}}).observe(document, {{ subtree: true, childList: true, attributes: true, attributeFilter: ["data-prompt"] }});"""


class Stage:
    """A context manager; `options` are for the Chromium whose camera this is."""

    def __init__(self, file: Path, actor: Actor) -> None:
        self._file, self._over = file, threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._asked: dict[Page, str] = {}
        self.actor = actor

    @property
    def options(self) -> tuple[str, ...]:
        """Command line options of the Chromium."""
        return "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={self._file}"

    def watch(self, page: Page) -> None:
        """From now on whoever acts does what this page asks for."""
        page.tell(BINDING, TELL, lambda prompt: self._hear(page, prompt))

    def forget(self, page: Page) -> None:
        """The page is gone."""
        self._hear(page, "")

    def enter(self, actor: Actor) -> None:
        """Somebody else steps before the camera."""
        actor.asked, self.actor = self.actor.asked, actor

    def rests(self) -> None:
        """Wait until whoever acts looks straight ahead again."""
        assert self.actor.resting.wait(20), "the movement does not end"

    def _hear(self, page: Page, prompt: str) -> None:
        self._asked[page] = prompt
        self.actor.asked = next(filter(None, self._asked.values()), None)

    def __enter__(self) -> Self:
        self._file.write_bytes(HEADER + _i420(self.actor))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(10)

    def _run(self) -> None:
        file, due = os.open(self._file, os.O_WRONLY), time.monotonic()
        while not self._over.wait(max(0.0, due - time.monotonic())):
            os.pwrite(file, _i420(self.actor), len(HEADER))
            due = max(due + 1 / RATE, time.monotonic() - 1)
        os.close(file)


def _i420(actor: Actor) -> bytes:
    return cv2.cvtColor(actor.next(), cv2.COLOR_BGR2YUV_I420).tobytes()
