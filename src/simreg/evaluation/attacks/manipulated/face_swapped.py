"""face-swap-overlay: the holder's photographed face laid over the attacker's moving one."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.demo.surface import Floats
from simreg.evaluation.attacks.manipulated.footage import OWN_FRAME, actor, numbered, photograph
from simreg.evaluation.attacks.manipulated.grain import Grain, level
from simreg.evaluation.attacks.manipulated.landmarks import face_net
from simreg.evaluation.attacks.manipulated.layers import coloured, feathered, filled, laid
from simreg.evaluation.attacks.manipulated.piecewise import SKIN, bend
from simreg.evaluation.attacks.types import Kind, Take
from simreg.face.types import Points

BEFORE_S, AFTER_S = 1.5, 0.8
FEATHER = 0.09
"""Width of the soft edge over the face's width."""


class FaceSwapOverlay:
    """A still of the holder bent onto the attacker's landmarks in every frame, in the attacker's colours."""

    name = "face-swap-overlay"
    kind = Kind.MANIPULATED
    imitates = (
        "A cheap face exchange: the attacker does the movements, and in every frame a photograph of the holder's "
        "face is bent onto the attacker's landmarks, given their colours, and laid over with a soft edge; lids "
        "move with the attacker's, whose teeth are seen between the lips."
    )
    leaves_out = (
        "No neural network: light and shadow of the attacker's face are not carried over, the eyes look where "
        "the photograph does, and hair, ears and the shape of the head stay the attacker's. A trained exchange would "
        "look more real. " + OWN_FRAME
    )

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:
        """None where the take shows no face or nobody else can do the challenge."""
        found = photograph(take)
        acting = actor(others, take, chance, BEFORE_S, AFTER_S)
        if found is None or acting is None:
            return None
        other, part = acting
        overlay = Overlay(*found)
        noise = Grain(other.frames[0].image.shape, level(other), chance)
        pictures = (overlay.lay(other.frames[i].image, other.points[i], noise) for i in part)
        return numbered(pictures, other)


class Overlay:
    """A photographed face that can be laid over others."""

    def __init__(self, photo: Image, points: Points) -> None:
        self._photo = photo
        self._places: Floats = np.ascontiguousarray(points[:SKIN, :2])
        self._triangles = face_net(self._places)

    def lay(self, image: Image, points: Points | None, noise: Grain) -> Image:
        """The frame with the photographed face in the place of the one with these landmarks."""
        if points is None:
            return image
        face, covered, part = bend(self._photo, self._places, points[:SKIN], self._triangles, image.shape)
        under, inside = image[part], covered > 0.5
        matched = noise.add(coloured(face, inside, under, inside))
        outline = filled(inside.shape, points[:SKIN, :2] - (part[1].start, part[0].start))
        share = feathered(outline, max(1.0, FEATHER * float(np.ptp(points[:SKIN, 0])))) * cv2.blur(covered, (3, 3))
        result = image.copy()
        result[part] = laid(under, matched, share)
        return result
