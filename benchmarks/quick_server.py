"""`simreg serve` whose captures need not take their time: the clock of each keeps step with its frames.

Everything else is the server as it is: HTTP, sockets, database, worker processes, networks. For live_memory.py only, as
frames that come faster than a camera's are refused otherwise.
"""

import os
import sys
from typing import Any

from live_material import FPS

from simreg.api import sockets
from simreg.live.capture import CaptureSocket
from simreg.models.progress import NullProgress
from simreg.serve import serve
from simreg.settings import read_settings


class StepClock:
    """A clock that is asked twice for each frame, and goes on by half a frame each time."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        self._now += 0.5 / FPS
        return self._now


def _quick(*arguments: Any, **more: Any) -> CaptureSocket:
    return CaptureSocket(*arguments, **more | {"clock": StepClock()})


def main() -> int:
    """Run the server until it is told to end."""
    setattr(sockets, "CaptureSocket", _quick)  # noqa: B010  # mypy holds names to what they are
    return serve(read_settings(os.environ), lambda line: print(line, file=sys.stderr, flush=True), NullProgress())


if __name__ == "__main__":
    sys.exit(main())
