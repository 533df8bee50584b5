"""Start a command that runs the server, see that its pages are there, end it, and see that it goes.

python .ci/serves.py MINUTES COMMAND...
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

PAGES = ("/v1/ready", "/", "/r", "/staff/sign-in", "/web/portrait-capture.js", "/v1/openapi.json")
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Past any proxy: the server is on this machine."""

ENDS_WITHIN = 1.0
"""Minutes."""


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def there(address: str) -> bool:
    """Whether a page answers."""
    try:
        with DIRECT.open(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def wait(minutes: float, holds: Callable[[], bool]) -> bool:
    """Whether something comes true in time."""
    until = time.monotonic() + 60 * minutes
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.5)
    return False


def main(minutes: float, command: list[str]) -> int:
    """0 when all went well."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = dict(os.environ, SIMREG_PORT=str(port))
    running = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603
    try:
        if not wait(minutes, lambda: there(base + PAGES[0]) or running.poll() is not None) or running.poll() is not None:
            print(f"no server came up within {minutes:g} minutes", file=sys.stderr)
            return 1
        missing = [page for page in PAGES if not there(base + page)]
        print(f"the server is up; {len(PAGES) - len(missing)} of {len(PAGES)} pages answer {missing or ''}")
        os.killpg(running.pid, signal.SIGINT)
        gone = wait(ENDS_WITHIN, lambda: running.poll() is not None)
        print("it ended when it was told to" if gone else "it did not end")
        return 1 if missing or not gone else 0
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
