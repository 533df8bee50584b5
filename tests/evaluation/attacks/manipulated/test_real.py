"""Manipulated captures of real faces, as the networks see them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from conftest import Weights
from simreg.capture.frame import Frame
from simreg.engine import Engine
from simreg.evaluation.attacks.manipulated.animated import AnimatedPhotograph
from simreg.evaluation.attacks.manipulated.face_swapped import FaceSwapOverlay
from simreg.evaluation.attacks.manipulated.two_faces import TwoFaces
from simreg.evaluation.attacks.manipulated.warped_still import WarpedStill
from simreg.evaluation.attacks.takes import read_take
from simreg.evaluation.attacks.types import Species, Take
from simreg.face.observe import Observer, Track
from simreg.face.types import Observation
from simreg.liveness.types import Action
from simreg.loading import load_engine
from simreg.verification import Attempt

pytestmark = [pytest.mark.material, pytest.mark.weights]

NEEDED = ("blazeface-short-range.tflite", "attention-mesh.tflite", "mobilefacenet.onnx")


@pytest.fixture(scope="module")
def engine(weights: Weights) -> Engine:
    for name in NEEDED:
        weights.path(name)
    return load_engine(store=weights.store)


@pytest.fixture(scope="module")
def takes(material: Path, engine: Engine) -> list[Take]:
    clips = [material / "clips" / f"{name}.mp4" for name in ("long-closures-winks", "many-blinks-glasses")]
    return [read_take(clip, (Action.BLINK,), clip, engine, 5.0, 15.0) for clip in clips]


def frames_of(species: Species, takes: Sequence[Take], challenge: tuple[Action, ...] | None = None) -> list[Frame]:
    holder, *others = takes
    if challenge is not None:
        holder = Take(holder.name, holder.frames, holder.points, challenge, holder.seen, holder.reference)
    frames = species.make(holder, others, np.random.default_rng(2))
    assert frames is not None
    return list(frames)


def observed(frames: Sequence[Frame], engine: Engine) -> list[Observation]:
    observer, track, found = Observer(engine.detector, engine.mesh), Track(), []
    for frame in frames:
        track, seen = observer.observe(track, frame)
        found.append(seen)
    return found


def followed(frames: Sequence[Frame], challenge: tuple[Action, ...], engine: Engine) -> list[Action]:
    attempt = Attempt(engine, challenge)
    for frame in frames:
        attempt.step(frame)
    done = [action for action in attempt._progress.results if action.passed]
    return [action.action for action in done]


def test_an_animated_photograph_turns_blinks_and_opens_its_mouth(takes: list[Take], engine: Engine) -> None:
    challenge = (Action.TURN_LEFT, Action.BLINK, Action.OPEN_MOUTH, Action.TURN_RIGHT)
    assert followed(frames_of(AnimatedPhotograph(), takes, challenge), challenge, engine) == list(challenge)


def test_a_warped_still_shuts_its_eyes_and_opens_its_mouth(takes: list[Take], engine: Engine) -> None:
    challenge = (Action.CLOSE_EYES, Action.OPEN_MOUTH, Action.APPROACH)
    assert followed(frames_of(WarpedStill(), takes, challenge), challenge, engine) == list(challenge)


@pytest.mark.parametrize("larger", [False, True])
def test_two_faces_are_seen(larger: bool, takes: list[Take], engine: Engine) -> None:
    counts = [seen.faces for seen in observed(frames_of(TwoFaces(larger=larger), takes), engine) if seen.searched]
    assert np.mean(np.array(counts) >= 2) > 0.8


def test_a_swapped_face_is_the_holders(takes: list[Take], engine: Engine) -> None:
    holder, attacker = (_template(take.frames, engine) for take in takes)
    swapped = _template(frames_of(FaceSwapOverlay(), takes), engine)
    assert swapped @ holder > swapped @ attacker + 0.2


def _template(frames: Sequence[Frame], engine: Engine) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    face = observed(frames[:1], engine)[0].face
    assert face is not None
    return engine.recogniser.template(engine.recogniser.chip(frames[0].image, face.points))
