"""What attacks are made of, and what a species of attack is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import numpy as np

from simreg.capture.frame import Frame
from simreg.face.types import Points
from simreg.liveness.types import Action, SeenAction


class Kind(StrEnum):
    """Where an attack meets the system (ISO/IEC 30107-1): before the camera, or between camera and server."""

    PRESENTATION = "presentation"
    MANIPULATED = "manipulated"


@dataclass(frozen=True, slots=True)
class Take:
    """A bona fide clip as attacks are made of it.

    ``frames`` are at most 640 pixels wide or high, at their times from 0 on, ``points`` the subject's landmarks in each
    (None where no face was seen); ``challenge`` is what the clip shows in this order, ``seen`` all movements in it with
    their times; ``reference`` is a picture of the subject.
    """

    name: str
    frames: Sequence[Frame]
    points: Sequence[Points | None]
    challenge: tuple[Action, ...]
    seen: tuple[SeenAction, ...]
    reference: Path


class Species(Protocol):
    """One way to attack: what it is called, what it imitates, and what of the real thing it leaves out."""

    name: str
    kind: Kind
    imitates: str
    leaves_out: str

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:
        """The frames of one attack on the subject of ``take``; None where the clips are not fit for this species.

        ``others`` are clips of other subjects. All that is left to chance comes from ``chance``.
        """
        ...
