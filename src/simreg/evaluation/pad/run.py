"""Judges a list of presentations on all cores; what is done is kept, and a run that was stopped goes on."""

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

from simreg.engine import Engine
from simreg.evaluation.pad.judge import judge
from simreg.evaluation.pad.kept import Kept, engine_digest, key_of
from simreg.evaluation.pad.types import Attempt, Judged, Presentation
from simreg.loading import load_engine
from simreg.models.progress import NullProgress, ProgressSink

TASK = "judging recordings"
Work = dict[str, Presentation]
"""Presentations of one recording by the key of their result."""


def attempts(
    presentations: Sequence[Presentation],
    engine: Engine,
    kept: Path,
    *,
    recogniser: Path | None = None,
    threshold: Path | None = None,
    workers: int | None = None,
    progress: ProgressSink | None = None,
) -> list[Attempt]:
    """What came of each presentation, in their order; results already in the file ``kept`` are taken from it.

    Several ``workers`` (by default one for each core) load an engine of their own, with ``recogniser`` and
    ``threshold`` as ``engine`` was loaded; with one, ``engine`` itself judges.
    """
    progress = progress or NullProgress()
    digest = engine_digest(engine)
    keys = [key_of(one, digest) for one in presentations]
    with Kept(kept) as store:
        open_work = _by_recording(presentations, keys, store.results)
        done = len(presentations) - sum(key not in store.results for key in keys)
        progress.update(TASK, done, len(presentations))
        with _judging(list(open_work), engine, (recogniser, threshold), workers or cores()) as results:
            for work, judged in results:
                for key, result in zip(work, judged, strict=True):
                    store.add(key, result)
                done = sum(key in store.results for key in keys)
                progress.update(TASK, done, len(presentations))
        return [Attempt(one, store.results[key]) for one, key in zip(presentations, keys, strict=True)]


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _by_recording(presentations: Sequence[Presentation], keys: Sequence[str], results: dict[str, Judged]) -> list[Work]:
    """What is still to do; those of one recording together, as it is decoded once."""
    work: dict[Path, Work] = {}
    for one, key in zip(presentations, keys, strict=True):
        if key not in results:
            work.setdefault(one.file, {})[key] = one
    return list(work.values())


@contextmanager
def _judging(
    work: Sequence[Work], engine: Engine, files: tuple[Path | None, Path | None], workers: int
) -> Iterator[Iterator[tuple[Work, list[Judged]]]]:
    """Results as they come; on the way out work that has not begun is dropped."""
    workers = min(workers, len(work))
    if workers < 2:
        yield ((one, judge(list(one.values()), engine)) for one in work)
        return
    spawn = multiprocessing.get_context("spawn")  # a fork would share the networks' threads
    with ProcessPoolExecutor(workers, spawn, _start, files) as pool:
        try:
            begun = {pool.submit(_judge, list(one.values())): one for one in work}
            yield ((begun[future], future.result()) for future in as_completed(begun))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


_engine: list[Engine] = []


def _start(recogniser: Path | None, threshold: Path | None) -> None:
    """In a worker: load the networks once, and leave an interruption to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _engine.append(load_engine(recogniser, threshold))


def _judge(presentations: Sequence[Presentation]) -> list[Judged]:
    return judge(presentations, _engine[0])
