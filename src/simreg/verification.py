"""The whole walk for one attempt: frames in, guidance at any moment, one result at the end.

A recording and a live capture go through the same `Attempt`: a recording is a loop over it.
"""

from concurrent.futures import Executor
from dataclasses import dataclass

from simreg import __version__
from simreg.beside import begin
from simreg.capture.frame import Frame
from simreg.comparison.score import assess
from simreg.comparison.templates import Template, compare, live_template
from simreg.comparison.types import ComparisonScore
from simreg.decision.policy import Facts, decide
from simreg.documents.portrait import Portrait
from simreg.engine import Engine
from simreg.face.observe import Observer, Track
from simreg.face.types import Observation
from simreg.liveness.challenge import WINDOW_S, Challenge, Progress, advance
from simreg.liveness.checks import passive_pad
from simreg.liveness.evidence import Evidence
from simreg.liveness.guidance import Guidance, guide
from simreg.liveness.neutral import NeutralState, Reading, learn, relate
from simreg.liveness.pad import detect, required
from simreg.liveness.types import PadResult, Sample, State
from simreg.result import CaptureSummary, Pictures, VerificationResult
from simreg.sampling import FaceSample, Sampler

MOST_PROBES = 3
"""Live frames in the live template."""

LEAST_PROBE = 0.25
"""Probe quality (0..1) from which a frame is compared."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How an attempt is judged: ``window_s`` seconds for each action; whether passive PAD must have been assessed."""

    window_s: float = WINDOW_S
    passive_pad_required: bool = True


class Attempt:
    """One run of a challenge, frame by frame.

    Give it each frame in the order of time; ask `guidance` for what to show the person; `finish` gives the result. After
    that it takes no more frames. With an ``executor`` templates are made there while the next frames are looked at.
    """

    def __init__(
        self,
        engine: Engine,
        challenge: Challenge = (),
        settings: Settings = Settings(),
        executor: Executor | None = None,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._observer = Observer(engine.detector, engine.mesh)
        self._executor = executor
        self._sampler = Sampler(engine, executor)
        self._track = Track()
        self._neutral = NeutralState()
        self._progress = Progress(challenge, settings.window_s)
        self._observations: list[Observation] = []
        self._readings: list[Reading | None] = []

    def step(self, frame: Frame) -> Guidance:
        """Look at one frame and say what to show the person now."""
        self._track, seen = self._observer.observe(self._track, frame)
        self._observations.append(seen)
        self._neutral = learn(self._neutral, seen)
        reading = relate(self._neutral.neutral, seen) if self._neutral.neutral is not None else None
        self._readings.append(reading)
        done = len(self._progress.results)
        if reading is not None:
            self._progress = advance(self._progress, reading)
        self._sampler.see(frame, seen)
        if len(self._progress.results) > done:
            self._sampler.take(frame, seen)
        return self.guidance

    @property
    def guidance(self) -> Guidance:
        """What to show the person now."""
        return guide(self.last, self._progress, self._neutral.neutral is not None)

    @property
    def last(self) -> Observation | None:
        """What was seen in the last frame; None before the first."""
        return self._observations[-1] if self._observations else None

    def capture_summary(self, container: str, codec: str = "raw") -> CaptureSummary:
        """The capture as far as it can be told from its frames; ``container`` and ``codec`` say how they came."""
        seen = self._observations
        last = seen[-1].time_s if seen else 0.0
        rate = (len(seen) - 1) / last if last > 0 else 0.0
        width, height = (seen[0].width, seen[0].height) if seen else (0, 0)
        return CaptureSummary(len(seen), last, rate, width, height, codec, container, rotation=0, mirrored=False)

    def finish(
        self,
        reference: Portrait,
        capture: CaptureSummary,
        *,
        with_images: bool = False,
    ) -> VerificationResult:
        """The result over all frames so far, against the document's portrait."""
        self._sampler.flush()
        template = self._template(reference)  # before the samples are waited for
        probes = _best(self._sampler.samples)
        live = begin(self._executor, lambda: self._live(probes))
        evidence = self._evidence()
        optional = frozenset() if self._settings.passive_pad_required else frozenset({passive_pad.NAME})
        liveness = detect(evidence, self._curves(), optional)
        comparison = self._compare(template, live(), len(probes))
        facts = Facts(
            liveness=liveness,
            comparison=comparison,
            reference_problem=reference.summary.problem,
            faces=len(evidence.faces),
            neutral=evidence.neutral is not None,
            passive_pad=self._engine.passive_pad is not None,
            open_checks=_open(liveness, optional),
        )
        return VerificationResult(
            decision=decide(facts),
            liveness=liveness,
            comparison=comparison,
            reference=reference.summary,
            capture=capture,
            models=self._engine.models,
            timing_ms={},
            version=__version__,
            pictures=self._pictures(reference, probes) if with_images else None,
        )

    def _evidence(self) -> Evidence:
        samples = self._sampler.samples
        scores = [s.pad_score for s in samples if s.pad_score is not None]
        return Evidence(
            observations=self._observations,
            progress=self._progress,
            neutral=self._neutral.neutral,
            templates=[s.timed for s in samples],
            same_person=self._engine.same_person,
            pad_scores=scores if self._engine.passive_pad is not None else None,
        )

    def _curves(self) -> list[Sample]:
        return [_sample(seen, reading) for seen, reading in zip(self._observations, self._readings, strict=True)]

    def _template(self, reference: Portrait) -> Template | None:
        recogniser = self._engine.recogniser
        return (
            None if reference.points is None else recogniser.template(recogniser.chip(reference.image, reference.points))
        )

    def _live(self, probes: list[FaceSample]) -> Template | None:
        recogniser = self._engine.recogniser
        templates = [recogniser.template(p.chip, quick=p.timed.template) for p in probes]
        return live_template(templates, [p.quality for p in probes]) if probes else None

    def _compare(self, reference: Template | None, live: Template | None, probes: int) -> ComparisonScore:
        similarity = None if reference is None or live is None else compare(reference, live)
        return assess(similarity, probes, self._engine.threshold)

    def _pictures(self, reference: Portrait, probes: list[FaceSample]) -> Pictures:
        points = reference.points
        chip = None if points is None else self._engine.recogniser.chip(reference.image, points)
        return Pictures(chip, tuple(p.chip for p in probes))


def _best(samples: list[FaceSample]) -> list[FaceSample]:
    good = sorted((s for s in samples if s.quality >= LEAST_PROBE), key=lambda s: -s.quality)
    return good[:MOST_PROBES]


def _open(liveness: PadResult, optional: frozenset[str]) -> tuple[str, ...]:
    """Required checks that could not be made."""
    unassessed = (check for check in liveness.checks if check.state is State.NOT_ASSESSED)
    return tuple(check.name for check in unassessed if required(liveness.challenge, check, optional))


def _sample(seen: Observation, reading: Reading | None) -> Sample:
    face = seen.face
    if reading is not None:
        return Sample(seen.time_s, reading.yaw, reading.pitch, reading.eyes, reading.mouth, reading.size)
    if face is not None:
        return Sample(seen.time_s, face.pose.yaw, face.pose.pitch, None, None, None)
    return Sample(seen.time_s, None, None, None, None, None)
