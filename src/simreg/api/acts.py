"""What operator and subscriber can both ask for, once for both."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import BoundedSemaphore

from simreg.api.answers import ReasonAnswer, ReferenceReply
from simreg.api.services import Services
from simreg.documents.portrait import Portrait
from simreg.errors import LimitError
from simreg.limiter import WaitError
from simreg.live.pool import Pool, PoolFullError
from simreg.liveness.types import Action
from simreg.service.types import AttemptOrder


def set_reference(given: Services, case_id: str, actor: str, picture: bytes) -> ReferenceReply:
    """Find the portrait, and keep it. Raises `PoolFullError` where too many pictures wait."""
    with room(given.heavy):
        reply = given.registration.set_reference(case_id, actor, picture)
    problem = None if reply.problem is None else ReasonAnswer.of(reply.problem)
    return ReferenceReply(problem=problem, quality=reply.quality)


def begin_attempt(
    given: Services, case_id: str, actor: str, cannot: Sequence[Action], *, recorded: bool = False
) -> AttemptOrder:
    """Begin an attempt, or a new run of the one that runs; a lock-out tells until when it holds."""
    possible = frozenset(Action) - frozenset(cannot)
    try:
        return given.registration.begin_attempt(case_id, actor, possible, recorded)
    except LimitError as error:
        until = given.registration.locked_until(given.registration.case(case_id))
        if error.code != "locked-out" or until is None:
            raise
        seconds = (until - given.clock()).total_seconds()
        raise WaitError(error.code, error.sentence, error.remedy, seconds, until) from None


@contextmanager
def room(places: BoundedSemaphore) -> Iterator[None]:
    """While something heavy is done. Raises `PoolFullError` where there is no room."""
    if not places.acquire(blocking=False):
        raise PoolFullError("busy", "Too many pictures and recordings came at once.", "Try again in a moment.")
    try:
        yield
    finally:
        places.release()


def portraits_of(pool: Pool, loop: Callable[[], asyncio.AbstractEventLoop]) -> Callable[[bytes], Portrait]:
    """A finder of portraits that asks a worker process, for threads beside the event loop."""

    def find(picture: bytes) -> Portrait:
        return asyncio.run_coroutine_threadsafe(pool.find_portrait(picture), loop()).result()

    return find
