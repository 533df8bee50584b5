"""What the routes work with, in one hand."""

import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from simreg.api.metrics import Metrics
from simreg.api.places import Places
from simreg.limiter import Limiter
from simreg.live.pool import Pool
from simreg.service.access import Access
from simreg.service.registration import Registration
from simreg.service.webhooks import Webhooks
from simreg.service.work import Clock
from simreg.settings import Settings
from simreg.storage.database import Database

FAILURES_A_MINUTE = 60
"""Wrong tokens and keys from one address that are answered as such; a good one always works."""

HEAVY_FOR_EACH_WORKER = 4
"""Pictures and recordings that are looked at or wait at once, for each worker process."""


@dataclass(frozen=True)
class Services:
    """Everything behind the routes. ``draining`` is set once the server is to end."""

    settings: Settings
    database: Database
    registration: Registration
    access: Access
    webhooks: Webhooks
    pool: Pool
    clock: Clock
    metrics: Metrics = field(default_factory=Metrics)
    draining: threading.Event = field(default_factory=threading.Event)

    @cached_property
    def failures(self) -> Limiter:
        """Wrong tokens by address."""
        return Limiter(FAILURES_A_MINUTE)

    @cached_property
    def tries(self) -> Limiter:
        """Trial cases by address."""
        return Limiter(self.settings.tries_address)

    @cached_property
    def places(self) -> Places:
        """Sockets and captures."""
        return Places(self.settings.sockets_address, self.settings.sockets_shop)

    @cached_property
    def heavy(self) -> threading.BoundedSemaphore:
        """Room for pictures and recordings."""
        return threading.BoundedSemaphore(max(1, self.settings.workers) * HEAVY_FOR_EACH_WORKER)


async def services(connection: HTTPConnection) -> Services:
    """What the app was made with."""
    given: Services = connection.app.state.services
    return given


Given = Annotated[Services, Depends(services)]
