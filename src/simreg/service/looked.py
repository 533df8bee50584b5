"""Writes down that an inspector looked; it can write nothing else."""

from simreg.log.leaves import Inspection
from simreg.service.work import Clock
from simreg.storage import log
from simreg.storage.database import Database


class Looked:
    """Records looks in the log."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def __call__(self, look: Inspection) -> None:
        """Record one."""
        with self._database.write() as tx:
            log.record(tx, look, self._clock())
