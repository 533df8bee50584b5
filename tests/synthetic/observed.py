"""Observations for tests of a single rule: most without pixels, some through the observer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simreg.face.eyes import eye_distance, mouth, openness
from simreg.face.observe import Observer, Track, box_of, face_width
from simreg.face.pose import pose
from simreg.face.types import Observation, ObservedFace, Points
from simreg.liveness.challenge import Challenge, Progress, advance
from simreg.liveness.evidence import Evidence, TimedTemplate
from simreg.liveness.neutral import NeutralState, Reading, learn, relate
from synthetic.engine import SyntheticDetector, SyntheticMesh
from synthetic.head import STRAIGHT, HeadState, landmarks
from synthetic.picture import Shot
from synthetic.script import FPS, film


def face_of(points: Points, **native: Any) -> ObservedFace:
    """A well lit, sharp face with these landmarks; ``native`` changes what was measured."""
    face = ObservedFace(
        box=box_of(points),
        points=points,
        presence=0.99,
        pose=pose(points),
        eyes=openness(points),
        mouth=mouth(points),
        width=face_width(points),
        eye_distance=eye_distance(points),
        sharpness=0.6,
        brightness=130.0,
        contrast=40.0,
        clipped=0.0,
        occlusion=0.0,
    )
    return replace(face, **native)


def observed_face(head: HeadState = STRAIGHT, **native: Any) -> ObservedFace:
    """The face of a synthetic head."""
    return face_of(landmarks(head), **native)


def observation(
    index: int, time_s: float, face: ObservedFace | None, *, thumbnail: NDArray[np.uint8] | None = None, **changes: Any
) -> Observation:
    """One frame; without a thumbnail of its own it shows noise of its own."""
    small = np.random.default_rng(index).integers(90, 130, (36, 48), np.uint8) if thumbnail is None else thumbnail
    seen = Observation(index, time_s, 320, 240, int(face is not None), True, index > 0, face, small)
    return replace(seen, **changes)


def observations(heads: Sequence[HeadState | None], fps: float = 15.0, **native: Any) -> list[Observation]:
    """One frame for each head, at an even rate; None where nobody is."""
    faces = [None if head is None else observed_face(head, **native) for head in heads]
    return [observation(index, index / fps, face) for index, face in enumerate(faces)]


def watched(shots: Sequence[Shot], fps: float = FPS, times: Sequence[float] | None = None) -> list[Observation]:
    """What an observer sees in the pictures of these shots."""
    observer, track, seen = Observer(SyntheticDetector(), SyntheticMesh()), Track(), []
    for frame in film(shots, fps, times):
        track, one = observer.observe(track, frame)
        seen.append(one)
    return seen


def walk(seen: Sequence[Observation], challenge: Challenge = (), **settings: Any) -> tuple[NeutralState, Progress]:
    """Neutral state and progress after these frames, as an attempt goes through them."""
    state, progress = NeutralState(), Progress(challenge, **settings)
    for one in seen:
        state = learn(state, one)
        reading = relate(state.neutral, one) if state.neutral is not None else None
        progress = progress if reading is None else advance(progress, reading)
    return state, progress


def evidence(
    seen: Sequence[Observation],
    challenge: Challenge = (),
    templates: Sequence[TimedTemplate] = (),
    pad_scores: Sequence[float] | None = (0.97, 0.98, 0.99),
) -> Evidence:
    """What the checks look at after these frames."""
    state, progress = walk(seen, challenge)
    return Evidence(seen, progress, state.neutral, templates, 0.4, pad_scores)


def reading(time_s: float, **values: float) -> Reading:
    """One frame relative to the neutral state: calm but for ``values``; ``head`` follows yaw unless it is given."""
    calm = Reading(time_s, yaw=0.0, pitch=0.0, eyes=1.0, mouth=0.0, size=1.0, head=values.get("yaw", 0.0))
    return replace(calm, **values)
