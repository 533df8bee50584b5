"""Takes of synthetic subjects."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.evaluation.attacks.types import Species, Take
from simreg.liveness.types import Action
from synthetic.attempt import judge
from synthetic.head import STRAIGHT, landmarks
from synthetic.picture import read_heads
from synthetic.script import Subject, film, without_faces

A = Action
CHALLENGE = (A.TURN_LEFT, A.BLINK)
HOLDER, ATTACKER = 1.0, 4.0


@cache
def take(challenge: tuple[Action, ...] = CHALLENGE, person: float = HOLDER, scene: int = 0) -> Take:
    """A person who does this challenge with rests between."""
    frames = film(Subject(STRAIGHT.but(person=person), scene=scene).follow(challenge, rest=1.0).shots)
    return of_frames(frames, challenge, f"person-{person:g}")


@cache
def nobody() -> Take:
    """A room in which nobody is."""
    return of_frames(film(without_faces(Subject().follow(CHALLENGE).shots)), CHALLENGE, "nobody")


def of_frames(frames: Sequence[Frame], challenge: tuple[Action, ...], name: str) -> Take:
    """What these frames show."""
    heads = [read_heads(frame.image) for frame in frames]
    points = [landmarks(found[0]) if found else None for found in heads]
    return Take(name, frames, points, challenge, judge(frames, challenge).liveness.seen, Path("reference.png"))


def attacker(challenge: tuple[Action, ...] = CHALLENGE) -> Take:
    """Somebody else, elsewhere, who can do the same."""
    return take(challenge, ATTACKER, 3)


def made(
    species: Species, subject: Take | None = None, others: Sequence[Take] | None = None, seed: int = 5
) -> list[Frame]:
    """All frames of one attack, which must be possible."""
    frames = species.make(subject or take(), [attacker()] if others is None else others, np.random.default_rng(seed))
    assert frames is not None, f"{species.name} says that this take is not fit"
    return list(frames)


def sources(frames: Sequence[Frame], subject: Take) -> list[int | None]:
    """Which frame of the take each one is, to the pixel; None for one that is none of them."""
    known = {frame.image.tobytes(): index for index, frame in enumerate(subject.frames)}
    return [known.get(frame.image.tobytes()) for frame in frames]


def likeness(frames: Sequence[Frame], subject: Take) -> list[int]:
    """Which frame of the take each one is most alike."""
    known = np.stack([frame.image[::4, ::4] for frame in subject.frames]).astype(np.float32)
    return [int(np.abs(known - frame.image[::4, ::4]).mean(axis=(1, 2, 3)).argmin()) for frame in frames]


def apart(one: Image, other: Image) -> float:
    """Mean absolute difference in grey levels."""
    return float(np.abs(one.astype(np.int16) - other).mean())
