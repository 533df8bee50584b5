"""Decodes ahead in a thread of its own, while the frames before are looked at."""

import queue
import threading
from collections.abc import Generator, Iterable

from simreg.capture.frame import Frame

DEPTH = 8
"""Frames that may wait."""

_END = None


def ahead(frames: Iterable[Frame], depth: int = DEPTH) -> Generator[Frame]:
    """The same frames in the same order; what the source raises is raised here, after the frames before it.

    The thread ends with the last frame, or when the generator is closed.
    """
    waiting: queue.Queue[Frame | BaseException | None] = queue.Queue(depth)
    wanted = threading.Event()
    wanted.set()

    def put(item: Frame | BaseException | None) -> bool:
        while wanted.is_set():
            try:
                waiting.put(item, timeout=0.05)
            except queue.Full:
                continue
            return True
        return False

    def decode() -> None:
        try:
            for frame in frames:
                if not put(frame):
                    return
        except BaseException as error:  # handed to whoever takes the frames
            put(error)
        else:
            put(_END)

    thread = threading.Thread(target=decode, name="decode", daemon=True)
    thread.start()
    try:
        while (item := waiting.get()) is not _END:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        wanted.clear()
        thread.join()
