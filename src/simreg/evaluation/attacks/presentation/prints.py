"""What all prints share: the best frame of the take on paper, in hands, in a room."""

from collections.abc import Iterator, Mapping

import numpy as np

from simreg.capture.frame import Frame
from simreg.demo.head import HeadState
from simreg.evaluation.attacks.presentation.camera import Camera
from simreg.evaluation.attacks.presentation.paper import print_out
from simreg.evaluation.attacks.presentation.scene import room
from simreg.evaluation.attacks.presentation.sheet import FLAT
from simreg.evaluation.attacks.presentation.stage import Bends, Hand, lights, tried
from simreg.evaluation.attacks.presentation.subject import best_frame
from simreg.evaluation.attacks.types import Take
from simreg.liveness.types import Action

LEAVES_OUT = (
    "The print is as sharp as the clip's best frame, not as a good photograph; ink, paper, gloss and lamp are simple "
    "models, the room is a blur of boxes, the hands are smooth shapes."
)


def film_print(
    take: Take,
    gestures: Mapping[Action, HeadState],
    chance: np.random.Generator,
    bends: Bends | None = None,
    sway: float = 1.0,
) -> Iterator[Frame] | None:
    """A print that makes a gesture for each action of the challenge; None where the take shows no face."""
    best = best_frame(take)
    if best is None:
        return None
    card, behind, hand = print_out(*best, chance), room(chance), Hand(tried(take, gestures), chance, sway)
    bend = bends or (lambda _: FLAT)
    return Camera(chance).film(lights(card, hand, behind, bend))
