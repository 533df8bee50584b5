"""Judges the presentations of one recording: the walk of `simreg verify`, over one decoding."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from simreg.capture.picture import read_picture
from simreg.capture.video import open_video
from simreg.documents.portrait import Portrait, find_portrait
from simreg.engine import Engine
from simreg.errors import InputError
from simreg.evaluation.pad.shared_engine import shared
from simreg.evaluation.pad.types import Judged, Presentation
from simreg.liveness.pad import required
from simreg.liveness.types import State
from simreg.result import ReferenceSummary, VerificationResult
from simreg.verification import Attempt

_NOTHING = "reference-no-face"
_NO_REFERENCE = Portrait(
    ReferenceSummary(_NOTHING, None, None, 0, 0, 0, 0, None, None, None, None), np.zeros((1, 1, 3), np.uint8), None
)
"""What is compared with where only liveness is judged."""


def judge(presentations: Sequence[Presentation], engine: Engine) -> list[Judged]:
    """What comes of these presentations, all of the same recording, which is decoded once.

    A recording or reference that cannot be read is a result with the error's code.
    """
    attempts = []
    try:
        portraits = {one.reference: _portrait(one.reference, engine) for one in presentations}
        with open_video(presentations[0].file) as source:
            looking = shared(engine) if len(presentations) > 1 else engine
            attempts = [Attempt(looking, one.challenge) for one in presentations]
            for frame in source:
                for attempt in attempts:
                    attempt.step(frame)
            container, codec = source.info.container, source.info.codec
    except InputError as error:
        return [Judged(error.code) for _ in presentations]
    results = [
        attempt.finish(portraits[one.reference], attempt.capture_summary(container, codec))
        for one, attempt in zip(presentations, attempts, strict=True)
    ]
    return [_judged(one, result) for one, result in zip(presentations, results, strict=True)]


def _portrait(reference: Path | None, engine: Engine) -> Portrait:
    if reference is None:
        return _NO_REFERENCE
    return find_portrait(read_picture(reference).image, engine.detector, engine.mesh)


def _judged(one: Presentation, result: VerificationResult) -> Judged:
    pad, capture, compared = result.liveness, result.capture, one.reference is not None
    reasons = (reason.code for reason in result.decision.reasons)
    none = frozenset[str]()
    return Judged(
        error=None,
        pad=pad,
        outcome=result.decision.outcome.value if compared else "",
        reasons=tuple(code for code in reasons if compared or code != _NOTHING),
        comparison=result.comparison.decision.value if compared else "",
        similarity=result.comparison.similarity,
        unsettled=tuple(
            check.name
            for check in pad.checks
            if check.state is State.NOT_ASSESSED and required(pad.challenge, check, none)
        ),
        frames=capture.frames,
        seconds=capture.duration_s,
        fps=capture.fps,
        width=capture.width,
        height=capture.height,
    )
