"""A print that hands bend to and fro while they move it."""

from collections.abc import Iterator, Sequence

import numpy as np

from simreg.capture.frame import Frame
from simreg.demo.head import HeadState
from simreg.demo.motion import at
from simreg.evaluation.attacks.presentation.prints import LEAVES_OUT, film_print
from simreg.evaluation.attacks.presentation.sheet import PLACES, Bend
from simreg.evaluation.attacks.presentation.stage import tried
from simreg.evaluation.attacks.types import Kind, Take
from simreg.liveness.types import Action

GESTURES = {
    Action.TURN_LEFT: HeadState(yaw=32, x=0.12),
    Action.TURN_RIGHT: HeadState(yaw=-32, x=-0.12),
    Action.LOOK_UP: HeadState(pitch=24),
    Action.LOOK_DOWN: HeadState(pitch=-24),
    Action.BLINK: HeadState(pitch=-20),
    Action.CLOSE_EYES: HeadState(pitch=-24),
    Action.OPEN_MOUTH: HeadState(pitch=18),
    Action.APPROACH: HeadState(scale=1.4, pitch=4),
}
"""What is tried for each action besides bending."""

FULL = 20.0
"""Degrees from which the paper is bent as far as it goes."""


ARCH = np.where(np.abs(PLACES) < 1, PLACES**2, 2 * np.abs(PLACES) - 1)
"""An arch that goes on straight beyond a face width."""


class PrintWarped:
    """A print, bent by hands while it moves."""

    name = "print-warped"
    kind = Kind.PRESENTATION
    imitates = (
        "A photograph whose sides are pressed together and let go, so that it arches and dents as if the face moved: "
        "from side to side for a turn, from top to bottom for eyes, mouth and nods."
    )
    leaves_out = LEAVES_OUT + " It bends about one direction at a time and has no creases."

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """The paper bends as far as it is turned, and trembles at that."""
        moves = tried(take, GESTURES)
        arch, dent, rate = chance.uniform(0.25, 0.6), chance.uniform(-0.12, 0.12), chance.uniform(1, 2.5)
        dented = chance.uniform(-0.3, 0.3)

        def bend(time_s: float) -> Bend:
            state = at(moves, time_s)
            effort = 0.1 + 0.9 * min(1.0, max(abs(state.yaw), abs(state.pitch)) / FULL)
            effort *= 0.85 + 0.15 * np.sin(2 * np.pi * rate * time_s)
            heights = effort * (arch * ARCH + dent * np.exp(-(((PLACES - dented) / 0.22) ** 2)))
            return Bend(heights, 90.0 if abs(state.pitch) > abs(state.yaw) else 0.0)

        return film_print(take, GESTURES, chance, bend, sway=1.6)
