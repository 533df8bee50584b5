"""Who is on a capture's socket: so many from one address, so many for one shop, one for each case."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from simreg.errors import LimitError
from simreg.limiter import network


class Places:
    """Counts sockets and captures; any thread may ask."""

    def __init__(self, each_address: int, each_shop: int) -> None:
        self._each_address, self._each_shop = each_address, each_shop
        self._addresses: Counter[str] = Counter()
        self._cases: dict[str, tuple[str | None, object, Callable[[], None]]] = {}
        self._lock = threading.Lock()

    @property
    def captures(self) -> int:
        """Captures that are under way."""
        return len(self._cases)

    @contextmanager
    def socket(self, address: str) -> Iterator[None]:
        """While a socket is open. Raises LimitError ``too-many-sockets``."""
        key = network(address)
        with self._lock:
            if self._addresses[key] >= self._each_address:
                raise _too_many("from here")
            self._addresses[key] += 1
        try:
            yield
        finally:
            with self._lock:
                self._addresses[key] -= 1
                if not self._addresses[key]:
                    del self._addresses[key]

    def take(self, case_id: str, shop: str | None, owner: object, let_go: Callable[[], None]) -> None:
        """A capture of a case begins; the one that was under way for the case is let go.

        Raises LimitError ``too-many-sockets`` where the shop has all that it may have.
        """
        with self._lock:
            others = sum(1 for other, (place, _, _) in self._cases.items() if place == shop and other != case_id)
            if shop is not None and others >= self._each_shop:
                raise _too_many("for this shop")
            before = self._cases.get(case_id)
            self._cases[case_id] = shop, owner, let_go
        if before is not None:
            before[2]()

    def free(self, case_id: str, owner: object) -> None:
        """A capture is over; nothing happens where another one has taken its place."""
        with self._lock:
            if case_id in self._cases and self._cases[case_id][1] is owner:
                del self._cases[case_id]


def _too_many(where: str) -> LimitError:
    sentence = f"There are too many captures {where} at once."
    return LimitError("too-many-sockets", sentence, "Wait until another one is over.")
