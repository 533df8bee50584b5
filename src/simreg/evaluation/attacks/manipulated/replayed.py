"""replayed-recording: a whole genuine recording, sent again."""

from collections.abc import Iterator, Sequence

import numpy as np

from simreg.capture.frame import Frame
from simreg.evaluation.attacks.types import Kind, Take


class ReplayedRecording:
    """A recording of the holder is sent as it is; only the challenge, drawn anew, can tell."""

    name = "replayed-recording"
    kind = Kind.MANIPULATED
    imitates = (
        "A genuine recording of the holder, taken from an earlier attempt, is sent unaltered in the place of the "
        "camera's pictures; whatever challenge is drawn, the old movements are shown."
    )
    leaves_out = "The attacker does not wait for the prompts and does not choose among several recordings."

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """All frames of the take."""
        return iter(take.frames) if take.frames else None
