"""warped-still: one photograph whose eyes and mouth are bent shut and open."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.demo.head import HeadState
from simreg.demo.motion import Move, Sway, at, duration
from simreg.demo.scenarios import PERFORMED, REST, SETTLE_S
from simreg.demo.surface import Floats
from simreg.evaluation.attacks.manipulated.footage import OWN_FRAME, frames_of, interval, numbered, photograph, size
from simreg.evaluation.attacks.manipulated.grain import Grain, level
from simreg.evaluation.attacks.manipulated.landmarks import INNER_LIPS, open_mouth, shut_eyes
from simreg.evaluation.attacks.manipulated.piecewise import SKIN, bend, net
from simreg.evaluation.attacks.types import Kind, Take
from simreg.face.types import Points
from simreg.liveness.types import Action

POSSIBLE = frozenset({Action.BLINK, Action.CLOSE_EYES, Action.OPEN_MOUTH, Action.APPROACH})
"""What a flat picture can be bent to show."""

BORDER_ZOOM = 1.05
"""The picture is a little enlarged, so that its edge is never seen."""

MOUTH_COLOUR = np.array([58, 26, 26], np.float32)
"""RGB inside an open mouth."""


class WarpedStill:
    """A photograph that drifts as if held by hand, bent around eyes and mouth for each prompt."""

    name = "warped-still"
    kind = Kind.MANIPULATED
    imitates = (
        "One photograph of the holder is sent as the camera's picture; it drifts and zooms a little as a hand-held "
        "camera's does, lids and lips are bent along the landmarks for blinks and an open mouth, the picture is "
        "enlarged for an approach, and a camera's noise is laid anew over each."
    )
    leaves_out = (
        "The head cannot turn or nod. A neural network would draw lids, teeth and shadows more truly. " + OWN_FRAME
    )

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """None where the challenge asks for a turn or a nod, or no face is seen."""
        found = photograph(take)
        if found is None or not take.challenge or not set(take.challenge) <= POSSIBLE:
            return None
        return numbered(_filmed(take, *found, chance), take)


def _filmed(take: Take, photo: Image, points: Points, chance: np.random.Generator) -> Iterator[Image]:
    moves = [Move(REST, 0.0, SETTLE_S)]
    for action in take.challenge:
        state, takes, stays = PERFORMED[action]
        moves += [Move(state, takes, stays), Move(REST, takes, 0.9)]
    sway = Sway(int(chance.integers(2**31)), size=0.8)
    noise = Grain(photo.shape, level(take), chance)
    still, step, unit = Still(photo, points), interval(take), 2.3 * size(take)
    for index in range(frames_of(take, duration(moves))):
        state = sway.added(at(moves, index * step), index * step)
        yield noise.add(drifted(still.bent(state.eyes, state.mouth), points, state, unit))


class Still:
    """A photograph whose lids and lips can be bent."""

    def __init__(self, photo: Image, points: Points) -> None:
        self._photo = photo
        self._places: Floats = np.ascontiguousarray(points[:SKIN, :2])
        self._triangles = net(self._places)

    def bent(self, eyes: float, mouth: float) -> Image:
        """The photograph with eyes 1 open .. 0 shut, and mouth 0 as it is .. 1 wide open."""
        if eyes >= 1 and mouth <= 0:
            return self._photo
        target = self._places.copy()
        shut_eyes(target, 1 - eyes)
        open_mouth(target, mouth)
        face, _, part = bend(self._photo, self._places, target, self._triangles, self._photo.shape)
        result = self._photo.copy()
        result[part] = face
        return _darkened(result, target[INNER_LIPS], mouth) if mouth > 0 else result


def _darkened(image: Image, ring: Floats, share: float) -> Image:
    """The picture with a dark hollow between the lips, softly edged."""
    inside = np.zeros(image.shape[:2], np.uint8)
    cv2.fillPoly(inside, [ring.round().astype(np.int32)], 255)
    x, y, width, height = cv2.boundingRect(inside)
    part = slice(max(0, y - 4), y + height + 4), slice(max(0, x - 4), x + width + 4)
    soft = cv2.GaussianBlur(inside[part], (0, 0), 1.2).astype(np.float32)[..., None] / 255 * min(1.0, 4 * share)
    image[part] = image[part] + (MOUTH_COLOUR - image[part]) * soft
    return image


def drifted(image: Image, points: Points, state: HeadState, unit: float) -> Image:
    """The whole picture shifted, tilted and enlarged as the state says; ``unit`` is a face width in pixels."""
    x, y = (float(v) for v in points[:SKIN, :2].mean(axis=0))
    affine = cv2.getRotationMatrix2D((x, y), -state.roll, BORDER_ZOOM * state.scale)
    affine[:, 2] = affine[:, 2] + (state.x * unit, state.y * unit)
    height, width = image.shape[:2]
    moved = cv2.warpAffine(image, affine, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(moved, np.uint8)
