"""How long work says how far it is."""

from typing import Protocol


class ProgressSink(Protocol):
    """Is told how far each task is: a progress bar, or nothing."""

    def update(self, task: str, done: int, total: int) -> None:
        """``done`` of ``total`` units of a task are done; ``total`` is 0 while unknown; it ends when both are equal."""
        ...


class NullProgress:
    """Tells nobody."""

    def update(self, task: str, done: int, total: int) -> None:
        """Do nothing."""
