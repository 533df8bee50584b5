"""Worker processes and the captures that they look at: bounded, the newest frame first."""

import asyncio
import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar

from simreg.documents.portrait import Portrait
from simreg.engine import Engine
from simreg.errors import InputError, SimregError
from simreg.live import worker
from simreg.live.frames import decode_frame
from simreg.live.work import (
    NO_LIMITS,
    Answer,
    Begin,
    Begun,
    Failed,
    FindPortrait,
    Forget,
    Judge,
    Judged,
    Limits,
    Look,
    Looked,
    PortraitFound,
    Task,
    Verify,
)
from simreg.liveness.challenge import Challenge
from simreg.verification import Settings

A = TypeVar("A", Begun, PortraitFound, Judged)

READY_S = 120.0
"""Seconds in which a worker must have loaded its networks."""


class PoolFullError(SimregError):
    """There is no room for another capture now."""


@dataclass(slots=True)
class _Process:
    """One worker process as the server sees it."""

    process: BaseProcess
    connection: Connection
    captures: set[int] = field(default_factory=set)
    alive: bool = True


class LiveCapture:
    """A capture that a worker follows; made by `Pool.reserve`.

    At most one frame is with the worker and one waits; a newer one takes the waiting one's place.
    """

    def __init__(self, pool: "Pool", number: int, process: _Process) -> None:
        self.number = number
        self.answers: asyncio.Queue[Looked | Judged | Failed] = asyncio.Queue()
        self._pool, self._process = pool, process
        self._waiting: Look | None = None
        self._looking = False

    async def begin(
        self, challenge: Challenge, reference: Portrait, settings: Settings, limits: Limits = NO_LIMITS, keep: int = 0
    ) -> None:
        """Make the worker ready for frames. Raises `InputError` when it cannot be."""
        task = Begin(self.number, challenge, reference, settings, limits, keep)
        await self._pool.ask(self._process, self.number, task, Begun)

    def look(self, task: Look) -> int | None:
        """Hand over the next frame; gives the number of the frame that it overtook, if it did."""
        if not self._looking:
            self._looking = True
            self._pool.send(self._process, task)
            return None
        overtaken, self._waiting = self._waiting, task
        return overtaken.number if overtaken is not None else None

    def judge(self) -> None:
        """Ask for the result over the frames so far; the waiting frame is left out."""
        self._waiting = None
        self._pool.send(self._process, Judge(self.number))

    def close(self) -> None:
        """The capture is over; to be called in any case, once or more often."""
        self._waiting = None
        self._pool.forget(self.number, self._process)

    def answered(self, answer: Looked | Judged | Failed) -> None:
        """Called by the pool for each answer of the worker."""
        if isinstance(answer, Looked):
            self._looking = self._waiting is not None
            if self._waiting is not None:
                self._pool.send(self._process, self._waiting)
                self._waiting = None
        self.answers.put_nowait(answer)


class Pool:
    """``workers`` processes with an engine each; together they take ``workers`` times ``each`` captures at once."""

    def __init__(
        self, make_engine: Callable[[], Engine], workers: int, each: int, decode: worker.Decode = decode_frame
    ) -> None:
        self._make_engine, self._decode, self._workers, self._each = make_engine, decode, workers, each
        self._context = multiprocessing.get_context("spawn")
        self._processes: list[_Process] = []
        self._captures: dict[int, LiveCapture] = {}
        self._requests: dict[int, tuple[_Process, asyncio.Future[Answer]]] = {}
        self._numbers = count(1)
        self._stopping = False

    @property
    def capacity(self) -> int:
        """Captures that fit at once."""
        return self._workers * self._each

    @property
    def running(self) -> int:
        """Captures that are under way."""
        return len(self._captures)

    @property
    def ready(self) -> bool:
        """Whether all workers are up."""
        return len(self._processes) == self._workers and all(one.alive for one in self._processes)

    async def start(self) -> None:
        """Start all workers and wait until each has loaded its networks. Raises `SimregError` when one cannot."""
        self._loop = asyncio.get_running_loop()
        self._processes = list(await asyncio.gather(*(self._spawn() for _ in range(self._workers))))

    async def stop(self) -> None:
        """End the workers; captures that are still under way get ``worker-lost``."""
        self._stopping = True
        for one in self._processes:
            with suppress(OSError):  # it has died by itself
                one.connection.send(None)
        for one in self._processes:
            await asyncio.to_thread(one.process.join, 5)
            if one.process.is_alive():
                one.process.kill()
            one.connection.close()

    def reserve(self) -> "LiveCapture | None":
        """A place for another capture, which its `LiveCapture.close` frees again; None when the house is full."""
        free = [one for one in self._processes if one.alive and len(one.captures) < self._each]
        if not free:
            return None
        number, process = next(self._numbers), min(free, key=lambda one: len(one.captures))
        process.captures.add(number)
        capture = self._captures[number] = LiveCapture(self, number, process)
        return capture

    async def find_portrait(self, picture: bytes) -> Portrait:
        """The portrait in a picture of a document. Raises `InputError`, `PoolFullError`."""
        number, process = next(self._numbers), self._least_busy()
        return (await self.ask(process, number, FindPortrait(number, picture), PortraitFound)).portrait

    async def verify(self, make: Callable[[int], Verify]) -> Judged:
        """Judge a recording in a file; ``make`` is given the request's number. Raises `InputError`, `PoolFullError`."""
        number, process = next(self._numbers), self._least_busy()
        return await self.ask(process, number, make(number), Judged)

    def send(self, process: _Process, task: Task) -> None:
        """Hand a task to a worker; one that is lost answers through `_lost`."""
        try:
            process.connection.send(task)
        except (OSError, ValueError):
            self._lost(process)

    def forget(self, number: int, process: _Process) -> None:
        """Free the place of a capture."""
        if number in process.captures:
            process.captures.discard(number)
            self._captures.pop(number, None)
            if process.alive:
                self.send(process, Forget(number))

    def _least_busy(self) -> _Process:
        alive = [one for one in self._processes if one.alive]
        if not alive:
            raise PoolFullError("busy", "The server is starting.", "Wait a moment.")
        asked = [process for process, _ in self._requests.values()]
        return min(alive, key=lambda one: (asked.count(one), len(one.captures)))

    async def ask(self, process: _Process, number: int, task: Task, kind: type[A]) -> A:
        """Hand over a task and wait for its answer. Raises `InputError` when it failed."""
        future: asyncio.Future[Answer] = self._loop.create_future()
        self._requests[number] = process, future
        try:
            self.send(process, task)
            answer = await future
        finally:
            self._requests.pop(number, None)
        if isinstance(answer, Failed):
            raise InputError(answer.code, answer.sentence, answer.remedy)
        if not isinstance(answer, kind):
            raise TypeError(f"a worker answered {type(task).__name__} with {type(answer).__name__}")
        return answer

    async def _spawn(self) -> _Process:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=worker.run, args=(theirs, self._make_engine, self._decode), daemon=True)
        await asyncio.to_thread(process.start)
        theirs.close()
        up = await asyncio.to_thread(_is_up, ours)
        if not up:
            process.kill()
            raise SimregError("worker-failed", "A worker process could not start.", "See what it printed above.")
        one = _Process(process, ours)
        threading.Thread(target=self._read, args=(one,), name="worker answers", daemon=True).start()
        return one

    def _read(self, process: _Process) -> None:
        """In a thread of its own: the worker's answers, handed to the event loop."""
        while True:
            try:
                answer = process.connection.recv()
            except (EOFError, OSError, TypeError):  # the last where `stop` closes the connection under the reader
                break
            self._call(self._answered, answer)
        self._call(self._lost, process)

    def _call(self, function: Callable[..., None], *arguments: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *arguments)

    def _answered(self, answer: Answer) -> None:
        number = answer.request if isinstance(answer, PortraitFound) else answer.capture
        _, future = self._requests.get(number, (None, None))
        if future is not None:
            if not future.done():
                future.set_result(answer)
        elif (capture := self._captures.get(number)) is not None and isinstance(answer, Looked | Judged | Failed):
            capture.answered(answer)

    def _lost(self, process: _Process) -> None:
        """A worker has died: whoever waits for it is told, and another one is started."""
        if not process.alive:
            return
        process.alive = False
        for number in [*process.captures, *(n for n, (one, _) in self._requests.items() if one is process)]:
            self._answered(Failed(number, "worker-lost", "The server lost the capture.", "Try again."))
        process.captures.clear()
        if not self._stopping:
            self._respawning = self._loop.create_task(self._respawn(process))

    async def _respawn(self, lost: _Process) -> None:
        await asyncio.to_thread(lost.process.join, 5)
        self._processes[self._processes.index(lost)] = await self._spawn()


def _is_up(connection: Connection) -> bool:
    try:
        return connection.poll(READY_S) and connection.recv() is None
    except (EOFError, OSError):
        return False
