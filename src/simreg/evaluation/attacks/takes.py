"""Bona fide clips as attacks are made of them: small, resampled, cut to the part that shows the challenge."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from simreg.capture.frame import Frame
from simreg.capture.video import open_video
from simreg.engine import Engine
from simreg.evaluation.attacks.types import Take
from simreg.face.observe import Observer, Track
from simreg.face.types import Observation
from simreg.liveness.challenge import Challenge, Progress, advance
from simreg.liveness.neutral import NeutralState, learn, relate
from simreg.liveness.types import SeenAction

LONG_SIDE = 640
"""Most pixels of a side."""

LEAD_S, TAIL_S = 2.0, 1.0
"""Seconds that are kept before the first action, in which a neutral state can be learnt, and after the last one."""


def read_take(path: Path, challenge: Challenge, reference: Path, engine: Engine, seconds: float, fps: float) -> Take:
    """Cut a clip to ``seconds`` around the actions of its challenge, at most ``fps`` frames a second.

    It is longer only where the actions need it, and begins at the clip's start where they are not seen. Frames keep the
    times of the clip, so their distances vary where its rate is no multiple. Raises `InputError` for a clip that cannot
    be read.
    """
    seen, progress = _watch(path, challenge, engine, seconds, fps)
    first, last = _part(progress, seconds, seen[-1].time_s)
    inside = {o.index: o for o in seen if first <= o.time_s <= last}
    start = next(iter(inside.values())).time_s
    kept = [_small(frame) for frame in resampled(path, fps) if frame.index in inside]
    actions = (s for s in progress.seen if first <= s.start_s and s.end_s <= last)
    return Take(
        name=path.stem,
        frames=[Frame(i, f.time_s - start, f.image) for i, f in enumerate(kept)],
        points=[_scaled(inside[f.index]) for f in kept],
        challenge=challenge,
        seen=tuple(SeenAction(s.action, s.start_s - start, s.end_s - start) for s in actions),
        reference=reference,
    )


def resampled(path: Path, fps: float) -> Iterator[Frame]:
    """The frames of a clip nearest to a clock of ``fps``, none twice, at their own times and numbered anew."""
    index, due = 0, 0.0
    with open_video(path) as source:
        for frame in source:
            if frame.time_s >= due - 0.4 / fps:
                yield Frame(index, frame.time_s, frame.image)
                index += 1
                due = max(due + 1 / fps, frame.time_s + 0.5 / fps)


def _watch(
    path: Path, challenge: Challenge, engine: Engine, seconds: float, fps: float
) -> tuple[list[Observation], Progress]:
    """What is seen in each frame and how the challenge went; ends early once all that is wanted was seen."""
    observer, track = Observer(engine.detector, engine.mesh), Track()
    neutral, progress = NeutralState(), Progress(challenge)
    seen: list[Observation] = []
    for frame in resampled(path, fps):
        track, observation = observer.observe(track, frame)
        seen.append(observation)
        neutral = learn(neutral, observation)
        reading = relate(neutral.neutral, observation) if neutral.neutral is not None else None
        progress = advance(progress, reading) if reading is not None else progress
        if progress.complete and frame.time_s > _part(progress, seconds, frame.time_s + seconds)[1]:
            break
    return seen, progress


def _part(progress: Progress, seconds: float, end: float) -> tuple[float, float]:
    """From when to when a clip that ends at ``end`` is kept."""
    if not progress.complete:
        return 0.0, seconds
    first, last = progress.results[0].start_s, progress.results[-1].end_s
    assert first is not None and last is not None  # noqa: S101, PT018 - done actions have times
    start, stop = max(0.0, first - LEAD_S), min(last + TAIL_S, end)
    spare = max(0.0, seconds - (stop - start))
    stop = min(end, stop + spare / 2)
    start = max(0.0, min(start, stop - seconds))
    return start, max(stop, min(end, start + seconds))


def _small(frame: Frame) -> Frame:
    height, width = frame.image.shape[:2]
    scale = _scale(width, height)
    size = round(width * scale), round(height * scale)
    image = frame.image if scale == 1 else cv2.resize(frame.image, size, interpolation=cv2.INTER_AREA)
    return Frame(frame.index, frame.time_s, np.asarray(image, np.uint8))


def _scale(width: int, height: int) -> float:
    return min(1.0, LONG_SIDE / max(width, height))


def _scaled(seen: Observation) -> np.typing.NDArray[np.float32] | None:
    return None if seen.face is None else seen.face.points * np.float32(_scale(seen.width, seen.height))
