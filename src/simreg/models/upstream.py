"""Weights that are a file of a public repository at a commit, fetched by https."""

import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from typing import Protocol

from simreg.models.manifest import SourceError, Upstream
from simreg.models.progress import ProgressSink

QUIET_S = 5.0
"""Longest wait for a connection, and for the next bytes."""

WHOLE_S = 600.0
"""Longest time for one file."""

_CHUNK = 1 << 16


class Response(Protocol):
    """What is read of an answer."""

    def read(self, amount: int, /) -> bytes:
        """Up to ``amount`` bytes, none at the end."""
        ...

    def close(self) -> None:
        """Give the connection back."""
        ...


Opener = Callable[[str, float], Response]
"""Opens an address, with seconds after which silence is an error; raises OSError."""


def open_https(url: str, timeout: float) -> Response:
    """Open an https address, through the proxy that the environment names if any."""
    if not url.startswith("https://"):
        raise OSError(f"not an https address: {url}")
    response: Response = urllib.request.urlopen(url, timeout=timeout)  # noqa: S310
    return response


def fetch_upstream(source: Upstream, size: int, progress: ProgressSink, opener: Opener = open_https) -> bytes:
    """Contents of a file of a repository that must be ``size`` bytes long.

    Raises SourceError.
    """
    try:
        response = opener(source.url, QUIET_S)
        try:
            return _read(response, f"download {source.repository}", size, progress)
        finally:
            response.close()
    except (OSError, HTTPException) as error:
        raise SourceError(f"{source.url}: {getattr(error, 'reason', error)}") from error


def _read(response: Response, task: str, size: int, progress: ProgressSink) -> bytes:
    """Read to the end, or to the first byte too many."""
    data = bytearray()
    until = time.monotonic() + WHOLE_S
    while len(data) <= size and (chunk := response.read(_CHUNK)):
        if time.monotonic() > until:
            raise TimeoutError(f"not there after {WHOLE_S:.0f} s")
        data += chunk
        progress.update(task, min(len(data), size), size)
    if len(data) > size:
        raise OSError(f"longer than the {size} bytes expected")
    if len(data) < size:
        raise OSError(f"ended after {len(data)} of {size} bytes")
    return bytes(data)
