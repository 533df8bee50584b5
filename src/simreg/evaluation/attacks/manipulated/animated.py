"""animated-photograph: one photograph made a head that turns, nods, blinks and opens its mouth."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.demo.motion import Move, Sway, at, duration
from simreg.demo.scenarios import PERFORMED, REST, SETTLE_S
from simreg.evaluation.attacks.manipulated.footage import OWN_FRAME, frames_of, interval, numbered, photograph
from simreg.evaluation.attacks.manipulated.grain import Grain, level
from simreg.evaluation.attacks.manipulated.puppet import Puppet
from simreg.evaluation.attacks.types import Kind, Take
from simreg.face.types import Points

PAUSE_S = (0.6, 1.2)
"""Seconds of rest after each movement, from and to."""


class AnimatedPhotograph:
    """A photograph with depth, doing the challenge."""

    name = "animated-photograph"
    kind = Kind.MANIPULATED
    imitates = (
        "One photograph of the holder gets the depth of its landmarks; a program turns and nods the head, draws lids "
        "over the eyes, opens the mouth and comes nearer, smoothly and for each prompt, while hair, neck and room "
        "bend along; the head sways as people do, and a camera's noise is laid anew over each picture."
    )
    leaves_out = (
        "No neural reenactment, which would look more real: light does not change with the turn, the far side of the "
        "head is bent and not uncovered, and the face has no expression of its own. " + OWN_FRAME
    )

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """None where no face is seen in the take or nothing is asked."""
        found = photograph(take)
        if found is None or not take.challenge:
            return None
        return numbered(_filmed(take, *found, chance), take)


def _filmed(take: Take, photo: Image, points: Points, chance: np.random.Generator) -> Iterator[Image]:
    puppet, sway = Puppet(photo, points), Sway(int(chance.integers(2**31)))
    noise, step = Grain(photo.shape, level(take), chance), interval(take)
    moves = [Move(REST, 0.0, SETTLE_S)]
    for action in take.challenge:
        state, takes, stays = PERFORMED[action]
        moves += [Move(state, takes, stays), Move(REST, takes, float(chance.uniform(*PAUSE_S)))]
    for index in range(frames_of(take, duration(moves))):
        state = sway.added(at(moves, index * step), index * step)
        image = puppet.shown(replace(state, scale=1.0))
        yield noise.add(enlarged(image, points, state.scale))


def enlarged(image: Image, points: Points, scale: float) -> Image:
    """The whole picture as from nearer, its edge never in sight."""
    x, y = (float(value) for value in points[:, :2].mean(axis=0))
    affine = cv2.getRotationMatrix2D((x, y), 0.0, scale)
    moved = cv2.warpAffine(image, affine, image.shape[1::-1], flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(moved, np.uint8) if scale != 1 else image
