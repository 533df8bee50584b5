"""two-faces: the attacker does the movements, and a still of the holder is in the same picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.demo.head import HeadState
from simreg.demo.motion import Sway
from simreg.evaluation.attacks.manipulated.footage import (
    OWN_FRAME,
    actor,
    interval,
    numbered,
    photograph,
)
from simreg.evaluation.attacks.manipulated.grain import Grain, level
from simreg.evaluation.attacks.manipulated.layers import Floats, coloured, feathered, head_onto, laid, oval, placed, sheet
from simreg.evaluation.attacks.types import Kind, Take
from simreg.face.eyes import eye_centres, eye_distance
from simreg.face.types import Points

BEFORE_S, AFTER_S = 1.5, 0.8

PAPER = 238
"""Grey level of a print's white edge."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the two are: the attacker's picture is shown at ``scale``, the holder's eye distance is ``size`` times the
    attacker's then; ``printed`` says that the holder is on paper and not cut out.
    """

    scale: float
    size: float
    printed: bool


BESIDE, LARGER = Layout(0.85, 0.8, printed=True), Layout(0.6, 1.4, printed=False)


class TwoFaces:
    """An attacker beside a still of the holder."""

    kind = Kind.MANIPULATED

    def __init__(self, *, larger: bool) -> None:
        self._layout = LARGER if larger else BESIDE
        self.name = "two-faces-holder-larger" if larger else "two-faces-print-beside"
        if larger:
            self.imitates = (
                "A program shows the attacker, who does the movements, small, and beside them the holder's head out "
                "of a photograph, larger, in the scene's colours, softly cut out and drifting a little: one face "
                "moves, the other is to be compared."
            )
            self.leaves_out = (
                "The holder's face does not move by itself; a moving one would be a second live person. " + OWN_FRAME
            )
        else:
            self.imitates = (
                "The attacker does the movements and holds a printed photograph of the holder beside the own face, a "
                "little smaller than it and swaying with the hand."
            )
            self.leaves_out = "The hand is not seen, and no shadow or glare falls on the paper. " + OWN_FRAME

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:
        """None where no face is seen in the take or nobody else can do the challenge."""
        found = photograph(take)
        acting = actor(others, take, chance, BEFORE_S, AFTER_S)
        if found is None or acting is None:
            return None
        other, part = acting
        return numbered(_filmed(self._layout, other, part, *found, chance), other)


def _filmed(
    layout: Layout, other: Take, part: range, photo: Image, points: Points, chance: np.random.Generator
) -> Iterator[Image]:
    first = other.frames[part.start].image
    height, width = first.shape[:2]
    faces = [seen for i in part if (seen := other.points[i]) is not None]
    eyes = np.median([eye_centres(face)[:, :2].mean(axis=0) for face in faces], axis=0)
    aside = -1.0 if eyes[0] > width / 2 else 1.0
    shift = width * (0.5 - 0.24 * aside) - layout.scale * eyes[0], height * (1 - layout.scale)
    onto = np.array([[layout.scale, 0, shift[0]], [0, layout.scale, shift[1]]])
    size = layout.size * layout.scale * float(np.median([eye_distance(face) for face in faces]))
    middle = width * (0.5 + 0.25 * aside), height * 0.45
    cut_out, share = _cut_out(layout, photo, points)
    if not layout.printed:
        cut_out = coloured(cut_out, oval(photo.shape, points) > 0.9, first, oval(first.shape, faces[0]) > 0.9)
    behind, edge = _blurred(first), _soft_edge(first.shape)
    noise = Grain(first.shape, level(other), chance)
    sway = Sway(int(chance.integers(2**31)), size=1.2)
    for index in part:
        scene = laid(behind, *placed(other.frames[index].image, edge, onto, first.shape))
        state = sway.added(HeadState(), index * interval(other))
        place = middle[0] + 2 * state.x * size, middle[1] + 2 * state.y * size
        over, there = placed(cut_out, share, head_onto(points, place, size, state.roll), scene.shape)
        yield laid(scene, noise.add(over), there)


def _cut_out(layout: Layout, photo: Image, points: Points) -> tuple[Image, Floats]:
    """The photograph and which share of its pixels is shown."""
    if not layout.printed:
        return photo, oval(photo.shape, points)
    shown = sheet(photo.shape, points)
    paper = photo.copy()
    edge = max(2, round(0.06 * float(np.ptp(points[:, 0]))))
    paper[~cv2.erode(shown.astype(np.uint8), np.ones((edge, edge), np.uint8)).astype(bool)] = PAPER
    return paper, shown.astype(np.float32)


def _blurred(image: Image) -> Image:
    """The picture's colours with nothing to be recognised, as programs put behind a face."""
    width, height = image.shape[1], image.shape[0]
    small = cv2.GaussianBlur(cv2.resize(image, (16, 12), interpolation=cv2.INTER_AREA), (0, 0), 2)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def _soft_edge(shape: tuple[int, ...]) -> Floats:
    """1 within a picture of this shape, 0 at its left, right and upper edge."""
    inside = np.ones((shape[0] + 1, shape[1]), bool)
    inside[0] = inside[:, 0] = inside[:, -1] = False
    return feathered(inside, 0.1 * shape[1])[: shape[0]]
