"""Makes the templates of many pictures, on all cores, and goes on where it was interrupted."""

import hashlib
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from simreg.errors import InputError, SimregError
from simreg.evaluation.comparison.acquire import Networks, OpenNetworks, Template, acquire
from simreg.evaluation.comparison.work_file import WorkFile
from simreg.models.progress import ProgressSink

BATCH = 8
"""Pictures that a process takes at a time: so many are lost when it is interrupted."""

TASK = "templates"


def make_templates(
    images: Path,
    names: Sequence[str],
    work: WorkFile,
    networks: Networks,
    opener: OpenNetworks,
    jobs: int,
    progress: ProgressSink,
) -> list[Template]:
    """The template of each picture; new ones are kept in the work file as they are made.

    A picture is known by its content, so that a changed one is looked at again. ``jobs`` is the number of processes that
    ``opener`` opens networks in; with 1 those given are used here. An interruption leaves the work file whole.
    """
    digests = [picture_digest(images / name) for name in names]
    missing = list({d: images / name for name, d in zip(names, digests, strict=True) if d not in work.templates}.items())
    total, done = len(set(digests)), len(set(digests)) - len(missing)
    progress.update(TASK, done, total)
    batches = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
    for batch in _made(batches, networks, opener, min(jobs, len(batches))):
        for digest, template in batch:
            work.add(digest, template)
        done += len(batch)
        progress.update(TASK, done, total)
    return [work.templates[digest] for digest in digests]


def picture_digest(path: Path) -> str:
    """SHA-256 of a file in hex. Raises InputError ``picture-unknown`` where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        sentence = f"{path} cannot be read: {error.strerror or error}."
        raise InputError("picture-unknown", sentence, "Check the file and its permissions.") from error


Batch = list[tuple[str, Path]]
Done = list[tuple[str, Template]]


def _made(batches: list[Batch], networks: Networks, opener: OpenNetworks, jobs: int) -> Iterator[Done]:
    if jobs <= 1:
        yield from (_look(batch, networks) for batch in batches)
        return
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (opener,))
    try:
        yield from pool.map(_work, batches)
    except BrokenProcessPool as error:
        sentence = "A process that made templates has ended unexpectedly."
        raise SimregError("worker-ended", sentence, "Run it again, with fewer --jobs; what is done is kept.") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _look(batch: Batch, networks: Networks) -> Done:
    return [(digest, acquire(path, networks)) for digest, path in batch]


_here: list[Networks] = []
"""The networks of a worker process."""


def _begin(opener: OpenNetworks) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process ends the work
    _here.append(opener())


def _work(batch: Batch) -> Done:
    return _look(batch, _here[0])


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
