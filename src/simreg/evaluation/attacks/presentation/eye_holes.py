"""A print with holes where the eyes are, and somebody else's eyes behind them."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.demo.head import HeadState
from simreg.evaluation.attacks.presentation.camera import FPS, HEIGHT, WIDTH, Camera
from simreg.evaluation.attacks.presentation.paper import Card, print_out
from simreg.evaluation.attacks.presentation.performer import Performance, perform
from simreg.evaluation.attacks.presentation.prints import LEAVES_OUT
from simreg.evaluation.attacks.presentation.scene import room
from simreg.evaluation.attacks.presentation.sheet import FLAT, Floats, project, view
from simreg.evaluation.attacks.presentation.stage import Hand, actions_due, lay, times, tried
from simreg.evaluation.attacks.presentation.subject import best_frame
from simreg.evaluation.attacks.types import Kind, Take
from simreg.face.eyes import eye_centres
from simreg.face.mesh_refinement import LEFT_EYE, LID_EDGE, RIGHT_EYE
from simreg.face.types import Points
from simreg.liveness.types import Action

GESTURES = {
    Action.TURN_LEFT: HeadState(yaw=36, x=0.1),
    Action.TURN_RIGHT: HeadState(yaw=-36, x=-0.1),
    Action.LOOK_UP: HeadState(pitch=24),
    Action.LOOK_DOWN: HeadState(pitch=-24),
    Action.APPROACH: HeadState(scale=1.45),
}
"""How the paper goes along with the head behind it."""

BEHIND = 0.08
"""How far the eyes lie behind the paper, in face widths."""


class EyeHoles:
    """Live eyes behind a print."""

    name = "print-eye-holes"
    kind = Kind.PRESENTATION
    imitates = (
        "A photograph with holes cut for the eyes, held before the attacker's own face: their live eyes blink and shut "
        "behind it when asked, a little deeper than the paper, with the paper's cut edge and shadow around them."
    )
    leaves_out = LEAVES_OUT + (
        " The attacker's eyes do not turn with the paper as a head behind it would; the mouth stays the photograph's."
    )

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:
        """The paper follows the attacker's head, whose eyes do what is asked."""
        best, moves = best_frame(take), tried(take, GESTURES)
        hand = Hand(moves, chance, 1.3)
        acted = perform(others, actions_due(moves, take.challenge), times(moves)[-1])
        if best is None or acted is None:
            return None
        card, behind = print_out(*best, chance), room(chance)
        cut = card.without(eye_mask(card, chance.uniform(1.05, 1.6)))
        return Camera(chance).film(_lights(cut, hand, behind, acted))


def eye_mask(card: Card, wider: float) -> Image:
    """255 where holes for the eyes are cut, ``wider`` than the lids: uint8, of the texture's size."""
    mask = np.zeros(card.texture.shape[:2], np.uint8)
    for eye in (RIGHT_EYE, LEFT_EYE):
        edge = card.pixel(card.points[eye[:LID_EDGE]])
        middle = edge.mean(axis=0)
        hull = cv2.convexHull(middle + (edge - middle) * np.array([1.0, 1.35], np.float32) * wider)
        cv2.fillConvexPoly(mask, hull.astype(np.int32), 255, cv2.LINE_AA)
    return mask


def place_eyes(points: Points, target: Floats) -> Floats:
    """The similarity, shape (2, 3), that takes the eyes of a face to two places in the picture."""
    (x1, y1), (x2, y2) = eye_centres(points)[:, :2].astype(float)
    (u1, v1), (u2, v2) = target.astype(float)
    turn = complex(u2 - u1, v2 - v1) / complex(x2 - x1, y2 - y1)
    a, b = turn.real, turn.imag
    return np.array([[a, -b, u1 - a * x1 + b * y1], [b, a, v1 - b * x1 - a * y1]], np.float32)


def _lights(card: Card, hand: Hand, behind: Floats, acted: Performance) -> Iterator[Floats]:
    holes = np.column_stack([eye_centres(card.points)[:, :2], np.full(2, BEHIND)]).astype(np.float64)
    steady = acted.rest
    for number, index in enumerate(acted.frames):
        state = hand(number / FPS)
        points = acted.take.points[index]
        if points is not None:
            steady = steady + np.float32(0.5) * (points - steady)
        picture = behind.copy()
        target = project(state, holes, WIDTH, HEIGHT).astype(np.float32)
        _look_through(picture, acted.take.frames[index].image, place_eyes(steady, target), target)
        lay(picture, card, view(state, FLAT, WIDTH, HEIGHT))
        yield picture


def _look_through(picture: Floats, image: Image, place: Floats, eyes: Floats) -> None:
    """Paint the attacker's eyes and what is around them, darkened by the paper before them."""
    apart = float(np.linalg.norm(eyes[1] - eyes[0]))
    left, top = np.floor(eyes.min(axis=0) - 0.6 * apart).astype(int).clip(0, (WIDTH - 2, HEIGHT - 2))
    right, bottom = np.ceil(eyes.max(axis=0) + 0.6 * apart).astype(int).clip(2, (WIDTH, HEIGHT))
    if right <= left or bottom <= top:
        return
    moved = place - np.array([[0, 0, left], [0, 0, top]], np.float32)
    seen = cv2.warpAffine(image, moved, (int(right - left), int(bottom - top)), borderMode=cv2.BORDER_REPLICATE)
    x, y = np.meshgrid(np.arange(left, right), np.arange(top, bottom))
    near = [np.hypot(x - u, 1.5 * (y - v - 0.03 * apart)) / (0.3 * apart) for u, v in eyes]
    lit = 1 - 0.35 * np.clip(np.minimum(*near), 0, 1.2) ** 2
    picture[top:bottom, left:right] = seen * lit[..., None].astype(np.float32)
