"""A flat print that is shifted, tilted and shaken in its own plane."""

from collections.abc import Iterator, Sequence

import numpy as np

from simreg.capture.frame import Frame
from simreg.demo.head import HeadState
from simreg.evaluation.attacks.presentation.prints import LEAVES_OUT, film_print
from simreg.evaluation.attacks.types import Kind, Take
from simreg.liveness.types import Action

GESTURES = {
    Action.TURN_LEFT: HeadState(x=0.45, roll=-6),
    Action.TURN_RIGHT: HeadState(x=-0.45, roll=6),
    Action.LOOK_UP: HeadState(y=-0.3, scale=0.95),
    Action.LOOK_DOWN: HeadState(y=0.3, scale=1.05),
    Action.BLINK: HeadState(y=0.08, roll=5),
    Action.CLOSE_EYES: HeadState(y=0.1, roll=-5),
    Action.OPEN_MOUTH: HeadState(y=-0.08, roll=4),
    Action.APPROACH: HeadState(scale=1.55),
}
"""What is tried for each action."""


class PrintMoved:
    """A flat print, moved but not turned."""

    name = "print-moved"
    kind = Kind.PRESENTATION
    imitates = "A flat photograph that is shifted, tilted, brought nearer and shaken whenever a movement is asked for."
    leaves_out = LEAVES_OUT

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """A movement in the picture's plane for each action."""
        return film_print(take, GESTURES, chance, sway=chance.uniform(2, 4))
