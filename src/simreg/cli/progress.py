"""A progress bar on standard error."""

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class Bar:
    """Shows what is going on and how far it is; silent when not enabled."""

    def __init__(self, *, enabled: bool) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True, disable=not enabled)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def update(self, task: str, done: int, total: int) -> None:
        """Say that so much of a task is done; a total of 0 is unknown."""
        if task not in self._tasks:
            self._tasks[task] = self._progress.add_task(task, total=total or None)
        self._progress.update(self._tasks[task], completed=done, total=total or None)
