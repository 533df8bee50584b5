"""A print that is bent round a cylinder, and turned and tipped at once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from simreg.capture.frame import Frame
from simreg.evaluation.attacks.presentation.print_turned import GESTURES
from simreg.evaluation.attacks.presentation.prints import LEAVES_OUT, film_print
from simreg.evaluation.attacks.presentation.sheet import cylinder
from simreg.evaluation.attacks.types import Kind, Take


class PrintBent:
    """A bent print, turned as the head should; ``degrees`` as in `Bend`."""

    kind = Kind.PRESENTATION
    leaves_out = LEAVES_OUT

    def __init__(self, name: str, degrees: float, round_: str) -> None:
        self.name = name
        self.imitates = (
            f"A photograph bent round {round_} as strongly as a head is or less, turned and tipped at once for each "
            "movement that is asked for."
        )
        self._degrees = degrees

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """A turn and a tip of the bent paper for each action; radius and a slant of the bend come from chance."""
        bend = cylinder(chance.uniform(0.55, 1.3), self._degrees + chance.uniform(-12, 12))
        far = chance.uniform(0.6, 1.1)
        gestures = {
            action: replace(state, yaw=state.yaw * far, pitch=state.pitch * far + chance.uniform(-12, 12))
            for action, state in GESTURES.items()
        }
        return film_print(take, gestures, chance, lambda _: bend, sway=1.6)


UPRIGHT = PrintBent("print-bent-upright", 0.0, "an upright cylinder")
LEVEL = PrintBent("print-bent-level", 90.0, "a level cylinder")
