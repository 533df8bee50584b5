"""How often something may be done from one address, in bounded memory."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from ipaddress import IPv6Address, ip_address

from simreg.errors import LimitError

MOST_ADDRESSES = 10_000
"""Addresses that a limiter remembers; the one not seen for longest is forgotten first."""


class WaitError(LimitError):
    """A limit that ends by itself: ``seconds`` until then, and when that is where it is worth telling."""

    def __init__(self, code: str, sentence: str, remedy: str, seconds: float, until: datetime | None = None) -> None:
        super().__init__(code, sentence, remedy)
        self.seconds, self.until = seconds, until


class Limiter:
    """At most ``most`` times in ``window_s`` seconds from one address, counted from the first time on."""

    def __init__(self, most: int, window_s: float = 60.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._window_s, self._clock = most, window_s, clock
        self._seen: OrderedDict[str, tuple[float, int]] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, address: str) -> float | None:
        """Count one; the seconds to wait where it is one too many, else None."""
        key, now = network(address), self._clock()
        with self._lock:
            since, times = self._seen.pop(key, (now, 0))
            if now - since >= self._window_s:
                since, times = now, 0
            self._seen[key] = since, min(times + 1, self._most + 1)
            if len(self._seen) > MOST_ADDRESSES:
                self._seen.popitem(last=False)
        return None if times < self._most else since + self._window_s - now


def network(address: str) -> str:
    """The address, or for IPv6 its network of 64 bits, which is one household's."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or IPv6Address(int(parsed) >> 64 << 64))
