"""Verification over files: one call, a loop over `Attempt`."""

import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from simreg.capture.ahead import ahead
from simreg.capture.frame import Frame
from simreg.capture.limits import DEFAULT_LIMITS, CaptureLimits
from simreg.capture.picture import read_picture
from simreg.capture.video import VideoInfo, open_video
from simreg.documents.portrait import Portrait, find_portrait
from simreg.engine import Engine
from simreg.liveness.challenge import Challenge
from simreg.loading import load_engine
from simreg.models.progress import NullProgress, ProgressSink
from simreg.result import CaptureSummary, VerificationResult
from simreg.verification import Attempt, Settings

DEFAULT_SETTINGS = Settings()


def verify(
    reference: Path,
    capture: Path,
    challenge: Challenge = (),
    *,
    mirrored: bool = False,
    settings: Settings = DEFAULT_SETTINGS,
    engine: Engine | None = None,
    recogniser: Path | None = None,
    threshold: Path | None = None,
    with_images: bool = False,
    limits: CaptureLimits = DEFAULT_LIMITS,
    progress: ProgressSink | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> VerificationResult:
    """Judge a recording against a document's portrait.

    ``reference`` is a picture of a portrait or of a whole document, ``capture`` a recording, ``challenge`` the actions
    that were asked for in their order. ``engine`` keeps the networks loaded over many calls; without it they are loaded,
    with the operator's own ``recogniser`` and ``threshold`` if given. Raises `InputError` for files that cannot be used
    and `ModelError` for weights that cannot; an attack, bad quality or a missing face is a result.
    """
    progress = progress or NullProgress()
    start = clock()
    picture = read_picture(reference, limits)
    with open_video(capture, limits, mirrored=mirrored) as source:
        opened = clock()
        engine = engine or load_engine(recogniser, threshold, progress)
        loaded = clock()
        portrait = find_portrait(picture.image, engine.detector, engine.mesh)
        found = clock()
        with _beside() as executor:
            attempt = Attempt(engine, challenge, settings, executor)
            _watch(source if executor is None else ahead(source), attempt, progress, source.info.frames or 0)
            watched = clock()
            result = attempt.finish(portrait, _summary(attempt, source.info), with_images=with_images)
    ended = clock()
    timing = {
        "load": loaded - opened,
        "reference": found - loaded,
        "capture": watched - found,
        "finish": ended - watched,
        "total": ended - start - (loaded - opened),
    }
    return result.timed({name: 1000 * value for name, value in timing.items()})


def verify_recording(
    engine: Engine, portrait: Portrait, capture: Path, challenge: Challenge, settings: Settings, limits: CaptureLimits
) -> VerificationResult:
    """Judge a recording against a portrait that was found already, on this thread alone. Raises `InputError`."""
    with open_video(capture, limits) as source:
        attempt = Attempt(engine, challenge, settings)
        _watch(source, attempt, NullProgress(), 0)
        return attempt.finish(portrait, _summary(attempt, source.info))


@contextmanager
def _beside() -> Iterator[Executor | None]:
    """Where templates are made beside the frames; None on a single core, where threads only get in each other's way."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2:
        yield None
        return
    with ThreadPoolExecutor(1, "templates") as executor:
        yield executor


def _watch(frames: Iterable[Frame], attempt: Attempt, progress: ProgressSink, expected: int) -> None:
    """Give every frame to the attempt; a generator of frames is closed at the end, whatever happens."""
    try:
        for frame in frames:
            attempt.step(frame)
            progress.update("looking at the recording", frame.index + 1, max(frame.index + 1, expected))
    finally:
        if isinstance(frames, Generator):
            frames.close()


def _summary(attempt: Attempt, info: VideoInfo) -> CaptureSummary:
    told = attempt.capture_summary(info.container, info.codec)
    return replace(told, rotation=info.rotation, mirrored=info.mirrored)
