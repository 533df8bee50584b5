"""A flat print that is turned and tipped in space."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from simreg.capture.frame import Frame
from simreg.demo.head import HeadState
from simreg.demo.scenarios import WITH_PRINT
from simreg.evaluation.attacks.presentation.prints import LEAVES_OUT, film_print
from simreg.evaluation.attacks.types import Kind, Take
from simreg.liveness.types import Action

GESTURES = WITH_PRINT | {
    Action.BLINK: HeadState(pitch=-52, y=0.03),
    Action.CLOSE_EYES: HeadState(pitch=-56, y=0.05),
    Action.OPEN_MOUTH: HeadState(pitch=25, yaw=8),
}
"""What is tried for each action: tipping far narrows the eyes."""


class PrintTurned:
    """A flat print, turned as the head should."""

    name = "print-turned"
    kind = Kind.PRESENTATION
    imitates = "A flat photograph that is turned and tipped by up to some 60 degrees whenever a movement is asked for."
    leaves_out = LEAVES_OUT

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """A turn of the paper for each action, by as much as chance has it."""
        far = chance.uniform(0.75, 1.2)
        gestures = {
            action: replace(state, yaw=state.yaw * far, pitch=state.pitch * far) for action, state in GESTURES.items()
        }
        return film_print(take, gestures, chance, sway=1.6)
