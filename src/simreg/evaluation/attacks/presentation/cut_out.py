"""A face cut out of a print and worn as a mask, with the wearer's own eyes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Frame
from simreg.demo.head import FACE_SHARE, HeadState
from simreg.demo.motion import Move, at
from simreg.evaluation.attacks.presentation.camera import FPS, Camera
from simreg.evaluation.attacks.presentation.eye_holes import GESTURES, eye_mask
from simreg.evaluation.attacks.presentation.paper import Card, print_out
from simreg.evaluation.attacks.presentation.performer import Performance, perform, shown
from simreg.evaluation.attacks.presentation.sheet import Bend, Floats, cylinder, project, view
from simreg.evaluation.attacks.presentation.stage import Hand, actions_due, lay, times, tried
from simreg.evaluation.attacks.presentation.subject import best_frame
from simreg.evaluation.attacks.types import Kind, Take
from simreg.face.eyes import eye_centres, eye_distance
from simreg.face.observe import face_width
from simreg.face.pose import pose
from simreg.face.types import Points
from simreg.liveness.types import Action

FACE = 468
LEAST_ZOOM, LEAST_FACE = 1.06, 0.32
"""How much a picture is enlarged, so that its rim stays out of sight, and share of it that a face is made to take up."""

SLIPS = 0.35
"""Share of a turn or nod that a mask makes when the head behind it does not."""


class CutOut:
    """Somebody else behind a paper face."""

    name = "cut-out-mask"
    kind = Kind.PRESENTATION
    imitates = (
        "The subject's face cut out of a print along its outline, with holes for the eyes, worn by another person: their "
        "live eyes, hair, head, shoulders and room, the mask following their head."
    )
    leaves_out = (
        "The wearer is taken from another clip: movements that it does not show in the order asked are cut in, and for "
        "a turn or nod that it does not show at all the mask slips a third of the way on a head that keeps still. The "
        "mouth is the photograph's; ink and light are simple models."
    )

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:
        """The wearer does what is asked as far as their clip shows it."""
        best, moves = best_frame(take), tried(take, {})
        acted = perform(others, actions_due(moves, take.challenge), times(moves)[-1], tuple(Action))
        if best is None or acted is None:
            return None
        missing = {action: _slipped(state) for action, state in GESTURES.items() if shown(acted.take, action) is None}
        height, width = acted.take.frames[0].image.shape[:2]
        card = _cut(print_out(*best, chance, hands=False), chance)
        card = replace(card, texture=_as_bright(card, acted, chance))
        bend = cylinder(chance.uniform(0.6, 1.0))
        return Camera(chance, width, height).film(
            _lights(card, bend, tried(take, missing), acted, Hand([], chance, 1.2, aside=0.0))
        )


def _slipped(gesture: HeadState) -> HeadState:
    """As far as a mask can go along with a gesture on a head that keeps still."""
    return HeadState(yaw=SLIPS * gesture.yaw, pitch=SLIPS * gesture.pitch)


def _cut(card: Card, chance: np.random.Generator) -> Card:
    """The face alone, along its outline or a little inside or outside of it, without the eyes."""
    outline = card.pixel(card.points[:FACE])
    middle = outline.mean(axis=0)
    hull = cv2.convexHull(middle + (outline - middle) * np.float32(chance.uniform(0.97, 1.1)))
    outside = np.full(card.texture.shape[:2], 255, np.uint8)
    cv2.fillConvexPoly(outside, hull.astype(np.int32), 0, cv2.LINE_AA)
    return card.without(np.maximum(outside, eye_mask(card, chance.uniform(1.05, 1.6))))


def _as_bright(card: Card, acted: Performance, chance: np.random.Generator) -> NDArray[np.uint8]:
    """The card's texture in about the light that is on the wearer."""
    image, texture = acted.take.frames[acted.frames[0]].image, card.texture.copy()
    skin = np.zeros(image.shape[:2], np.uint8)
    cv2.fillConvexPoly(skin, cv2.convexHull(np.ascontiguousarray(acted.rest[:FACE, :2])).astype(np.int32), 255)
    ratio = cv2.mean(image, skin)[1] / max(cv2.mean(texture, texture[..., 3])[1], 1.0)
    texture[..., :3] = (texture[..., :3] * ratio * chance.uniform(0.8, 1.15)).clip(0, 255)
    return texture


def _lights(card: Card, bend: Bend, moves: Sequence[Move], acted: Performance, camera: Hand) -> Iterator[Floats]:
    steady = acted.rest
    for number, index in enumerate(acted.frames):
        time_s = number / FPS
        image, points = acted.take.frames[index].image, acted.take.points[index]
        if points is not None:
            steady = steady + np.float32(0.6) * (points - steady)
        height, width = image.shape[:2]
        aim = _aim(camera(time_s), acted.rest, width, height)
        picture = np.asarray(cv2.warpAffine(image, aim, (width, height), borderMode=cv2.BORDER_REFLECT), np.float32)
        there = np.column_stack([steady[:, :2] @ aim[:, :2].T + aim[:, 2], steady[:, 2] * np.hypot(*aim[0, :2])])
        there = there.astype(np.float32)
        worn = _worn(card, there, at(moves, time_s), width, height)
        cover = lay(picture, card, view(worn, bend, width, height))
        shadow = cv2.GaussianBlur(cover, (0, 0), 0.04 * eye_distance(there)) * (1 - cover)
        picture *= (1 - 0.5 * shadow)[..., None]
        yield picture


def _aim(state: HeadState, points: Points, width: int, height: int) -> NDArray[np.float64]:
    """What a camera in a hand makes of a picture: near enough to the face, a little shifted and turned, shape (2, 3)."""
    nearer = max(LEAST_ZOOM, LEAST_FACE * min(width, height) / face_width(points))
    x, y = points[:, :2].mean(axis=0).tolist() if nearer > LEAST_ZOOM else (width / 2, height / 2)
    turn = np.asarray(cv2.getRotationMatrix2D((x, y), -state.roll, nearer), np.float64)
    turn[:, 2] += np.array([state.x, state.y]) * FACE_SHARE * height
    return turn


def _worn(card: Card, points: Points, gesture: HeadState, width: int, height: int) -> HeadState:
    """The state in which the mask's eyes lie on those of the head with these landmarks."""
    turned, size = pose(points), FACE_SHARE * height
    eyes = eye_centres(card.points)
    scale = eye_distance(points) / (float(np.linalg.norm(eyes[1] - eyes[0])) * size)
    state = HeadState(turned.yaw + gesture.yaw, turned.pitch + gesture.pitch, turned.roll + gesture.roll, scale)
    places = np.column_stack([eyes[:, :2], np.zeros(2)]).astype(np.float64)
    apart = eye_centres(points)[:, :2].mean(axis=0) - project(state, places, width, height).mean(axis=0)
    return replace(state, x=float(apart[0]) / size, y=float(apart[1]) / size)
