"""What the server does by itself, again and again, in a thread of its own."""

import logging
import threading
import time
from collections.abc import Callable

from simreg.api.edge import place_of
from simreg.api.sender import send_due
from simreg.api.services import Services
from simreg.api.trial import activate_trials
from simreg.service.account import alarm_of, stored_faces

TICK_S = 1.0

CHECKPOINT_S = 60.0
"""Seconds between two checkpoints of the log."""

RECORDS_S = 600.0
"""Seconds between two looks for records whose time is over, which is counted in days."""

log = logging.getLogger("simreg.rounds")


class Round(threading.Thread):
    """Calls an act every so many seconds until `stop`; what goes wrong is told by its place, and tried again."""

    def __init__(self, name: str, act: Callable[[], object], seconds: float) -> None:
        super().__init__(name=name, daemon=True)
        self._act, self._seconds = act, seconds
        self._over = threading.Event()

    def run(self) -> None:
        """The thread's loop."""
        while not self._over.wait(self._seconds):
            began = time.monotonic()
            try:
                self._act()
            except Exception as error:
                log.error("round %s: %s at %s", self.name, type(error).__name__, place_of(error))
            log.debug("round %s: %.0f ms", self.name, 1000 * (time.monotonic() - began))

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._over.set()
        self.join(30)


def rounds(given: Services) -> list[Round]:
    """All rounds, not yet started."""
    every = given.settings.sweep_s
    found = [
        Round("expiry", given.registration.expire_due, every),
        Round("erasure", given.registration.sweep_sealed, every),
        Round("keys", given.registration.destroy_due, TICK_S),
        Round("checkpoint", given.registration.sign_checkpoint, CHECKPOINT_S),
        Round("faces", lambda: _count_faces(given), RECORDS_S),
        Round("idle-keys", given.registration.sweep_keys, RECORDS_S),
        Round("records", given.registration.forget_records, RECORDS_S),
        Round("webhooks", lambda: send_due(given), TICK_S),
    ]
    return [*found, Round("trials", lambda: activate_trials(given), TICK_S)] if given.settings.shows_demo else found


def _count_faces(given: Services) -> None:
    """Say so in the log where many faces are stored."""
    if told := alarm_of(stored_faces(given.database)):
        log.warning("%s", told)
