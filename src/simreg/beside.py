"""Work that is done beside the frames where there is a second core, and at once where there is none."""

from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

T = TypeVar("T")


def begin(executor: Executor | None, work: Callable[[], T]) -> Callable[[], T]:
    """Begin some work; what is given back waits for its result, or raises what the work raised."""
    if executor is not None:
        return executor.submit(work).result
    done = work()
    return lambda: done
