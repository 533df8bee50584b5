"""frozen-video: the holder's recording stands still between the movements."""

from collections.abc import Iterator, Sequence

import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.evaluation.attacks.manipulated.footage import at_rest, frames_of, numbered, performance
from simreg.evaluation.attacks.manipulated.grain import Grain, level
from simreg.evaluation.attacks.types import Kind, Take

FROZEN_S = (0.8, 1.8)
"""Seconds that a picture stands still, from and to."""

BEFORE_S, AFTER_S = 1.5, 0.8


class FrozenVideo:
    """The challenge out of the take, with a standing picture before each movement and at the end."""

    kind = Kind.MANIPULATED
    leaves_out = (
        "The freezes are placed by machine; a live attacker would let the picture stand for uneven, longer times."
    )

    def __init__(self, *, grain: bool) -> None:
        self._grain = grain
        self.name = "frozen-video-grain" if grain else "frozen-video"
        care = "; a camera's noise is laid anew over every picture, so that no two are equal" if grain else ""
        self.imitates = (
            "A recording of the holder is paused while the attacker waits for the next prompt, and goes on from the "
            f"very same picture{care}."
        )

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """None where the take does not show its challenge with rest before a movement."""
        part = performance(take, take.challenge, BEFORE_S, AFTER_S)
        stops = pauses(take, part) if part is not None else []
        if part is None or not stops:
            return None
        held = {stop: frames_of(take, float(chance.uniform(*FROZEN_S))) for stop in stops}
        noise = Grain(take.frames[0].image.shape, level(take), chance) if self._grain else None
        return numbered(_played(take, part, held, noise), take)


def pauses(take: Take, part: range) -> list[int]:
    """The last frame at rest before each movement of this stretch, and the last one of all."""
    rest = at_rest(take)
    starts = [s.start_s for s in take.seen if s.action in take.challenge]
    times = np.array([frame.time_s for frame in take.frames])
    inside = np.isin(np.arange(len(times)), part)
    found = {int(before[-1]) for start in starts if (before := np.flatnonzero(rest & inside & (times < start))).size}
    last = np.flatnonzero(rest & inside)
    return sorted(found | ({int(last[-1])} if last.size else set()))


def _played(take: Take, part: range, held: dict[int, int], noise: Grain | None) -> Iterator[Image]:
    for index in part:
        for _ in range(1 + held.get(index, 0)):
            image = take.frames[index].image
            yield noise.add(image) if noise else image
