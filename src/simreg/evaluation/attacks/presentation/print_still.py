"""A flat print that is only held up."""

from collections.abc import Iterator, Sequence

import numpy as np

from simreg.capture.frame import Frame
from simreg.evaluation.attacks.presentation.prints import LEAVES_OUT, film_print
from simreg.evaluation.attacks.types import Kind, Take


class PrintStill:
    """A flat print, held still."""

    name = "print-still"
    kind = Kind.PRESENTATION
    imitates = "A photograph of the subject on plain or glossy paper, held still before the camera by two hands."
    leaves_out = LEAVES_OUT

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """The print for as long as the challenge takes."""
        return film_print(take, {}, chance)
