"""Everything the checks look at, gathered in one pass over the capture."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simreg.face.types import Observation, ObservedFace
from simreg.liveness.challenge import Progress
from simreg.liveness.neutral import Neutral


@dataclass(frozen=True, slots=True)
class TimedTemplate:
    """A template of the subject at one moment, with the head's yaw then (degrees): shape (d,), length at most 1."""

    time_s: float
    yaw: float
    template: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One capture as the checks see it.

    ``templates`` are in order of time; ``same_person`` is the similarity below which two of them are taken for two
    persons; ``pad_scores`` are 0 (attack) .. 1 (bona fide), or None when no passive PAD network is there.
    """

    observations: Sequence[Observation]
    progress: Progress
    neutral: Neutral | None
    templates: Sequence[TimedTemplate]
    same_person: float
    pad_scores: Sequence[float] | None

    @property
    def faces(self) -> list[ObservedFace]:
        """The subject's face in each frame that shows it."""
        return [seen.face for seen in self.observations if seen.face is not None]

    @property
    def times(self) -> NDArray[np.float64]:
        """Times of all frames in seconds: shape (n,)."""
        return np.array([seen.time_s for seen in self.observations])
