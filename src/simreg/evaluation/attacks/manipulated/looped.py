"""looped-video: the holder at rest, again and again, between the movements."""

from collections.abc import Iterator, Sequence

import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.evaluation.attacks.manipulated.footage import at_rest, frames_of, numbered, performance, runs
from simreg.evaluation.attacks.manipulated.grain import Grain, level
from simreg.evaluation.attacks.manipulated.joints import Piece, fitted
from simreg.evaluation.attacks.types import Kind, Take

LOOP_S = 1.6
"""Seconds of a loop at most."""

LEAST_S = 0.3
ROUNDS = (2, 4)
"""How often a loop is played before the recording goes on, from and to."""

BEFORE_S, AFTER_S = 1.8, 0.8


class LoopedVideo:
    """The challenge out of the take, with the longest stretches at rest played several times."""

    kind = Kind.MANIPULATED
    leaves_out = "The loop is one stretch of the same recording; a patient attacker would vary it from round to round."

    def __init__(self, *, ping_pong: bool) -> None:
        self._ping_pong = ping_pong
        self.name = "looped-video-ping-pong" if ping_pong else "looped-video"
        way = "backwards and forwards, so that there is no seam" if ping_pong else "from where its ends are most alike"
        self.imitates = (
            "While the attacker waits for a prompt, a short stretch of the holder at rest is played again and "
            f"again, {way}; a camera's noise is laid anew over every picture."
        )

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """None where the take does not show its challenge with rest before a movement."""
        part = performance(take, take.challenge, BEFORE_S, AFTER_S)
        if part is None:
            return None
        inside = at_rest(take) & np.isin(np.arange(len(take.frames)), part)
        loops = sorted(runs(inside, frames_of(take, LEAST_S)), key=len)[-len(take.challenge) :]
        if not loops:
            return None
        order = list(part)
        for run in sorted(loops, key=lambda run: -run.start):
            longest = run[-min(len(run), frames_of(take, LOOP_S)) :]
            place = order.index(longest.stop - 1)
            rounds = int(chance.integers(*ROUNDS, endpoint=True))
            order[place - len(longest) + 1 : place + 1] = self._rounds(take, longest, rounds)
        noise = Grain(take.frames[0].image.shape, level(take), chance)
        return numbered(_pictures(take, order, noise), take)

    def _rounds(self, take: Take, run: range, rounds: int) -> list[int]:
        if self._ping_pong:
            return [*run, *([*reversed(run[:-1]), *run[1:]] * rounds)]
        third = max(1, len(run) // 3)
        piece = Piece(range(run.start, run.start + third), range(run.stop - third, run.stop))
        first, last = fitted(take, [piece, piece])
        again = range(last.start, first.stop)
        return [*run[: first.stop - run.start], *([*again] * (rounds - 1)), *range(last.start, run.stop)]


def _pictures(take: Take, order: Sequence[int], noise: Grain) -> Iterator[Image]:
    for index in order:
        yield noise.add(take.frames[index].image)
