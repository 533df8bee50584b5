"""Takes the best frame of each short stretch of the capture for the costly networks: template and passive PAD."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from simreg.beside import begin
from simreg.capture.frame import Frame, Image
from simreg.comparison.probes import probe_quality
from simreg.engine import Engine
from simreg.face.types import Observation, ObservedFace
from simreg.liveness.evidence import TimedTemplate

STRETCH_S, EARLY_STRETCH_S = 1.2, 0.6
"""Seconds of which one frame is taken; the second for the first `EARLY` frames, so that a short capture has enough."""

EARLY = 4

MOST_YAW = 45.0
"""Degrees beyond which a face is not made a template of."""

PAD_YAW = 25.0
"""Degrees up to which passive PAD looks at a face."""


@dataclass(frozen=True, slots=True)
class FaceSample:
    """One frame's quick template, aligned face, probe quality (0..1) and passive PAD score (0..1, None if not scored)."""

    timed: TimedTemplate
    chip: Image
    quality: float
    pad_score: float | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """The best frame of the current stretch so far, which began at ``since_s``."""

    since_s: float
    frame: Frame
    face: ObservedFace
    quality: float


class Sampler:
    """Keeps at most one frame, and the samples of the stretches that have passed.

    With an ``executor`` they are made there while the next frames are looked at.
    """

    def __init__(self, engine: Engine, executor: Executor | None = None) -> None:
        self._engine = engine
        self._executor = executor
        self._candidate: Candidate | None = None
        self._made: list[Callable[[], FaceSample]] = []

    @property
    def samples(self) -> list[FaceSample]:
        """All samples in the order of time; waits for those that are still being made."""
        return [sample() for sample in self._made]

    def see(self, frame: Frame, observation: Observation) -> None:
        """Consider one frame; the sample of a stretch is made when the next one begins."""
        stretch = EARLY_STRETCH_S if len(self._made) < EARLY else STRETCH_S
        if self._candidate is not None and observation.time_s - self._candidate.since_s >= stretch:
            self.flush()
        face = observation.face
        if face is None or abs(face.pose.yaw) > MOST_YAW:
            return
        quality = probe_quality(face)
        before = self._candidate
        if before is None:
            self._candidate = Candidate(observation.time_s, frame, face, quality)
        elif quality > before.quality:
            self._candidate = Candidate(before.since_s, frame, face, quality)

    def take(self, frame: Frame, observation: Observation) -> None:
        """Make a sample of this very frame, as an action was done in it: whoever did it is seen."""
        face = observation.face
        if face is not None and abs(face.pose.yaw) <= MOST_YAW:
            self.flush()
            self._candidate = Candidate(observation.time_s, frame, face, probe_quality(face))
            self.flush()

    def flush(self) -> None:
        """Make the sample of the current stretch."""
        best, self._candidate = self._candidate, None
        if best is not None:
            self._made.append(begin(self._executor, lambda: self._make(best)))

    def _make(self, best: Candidate) -> FaceSample:
        recogniser, pad = self._engine.recogniser, self._engine.passive_pad
        chip = recogniser.chip(best.frame.image, best.face.points)
        timed = TimedTemplate(best.frame.time_s, best.face.pose.yaw, recogniser.quick_template(chip))
        frontal = abs(best.face.pose.yaw) <= PAD_YAW
        score = pad.score(best.frame.image, best.face.box) if pad is not None and frontal else None
        return FaceSample(timed, chip, best.quality, score)
