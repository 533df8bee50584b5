"""Films a card that is moved before the camera."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import cv2
import numpy as np

from simreg.demo.head import HeadState
from simreg.demo.motion import Move, Sway, at, duration
from simreg.evaluation.attacks.presentation.camera import FPS, HEIGHT, WIDTH
from simreg.evaluation.attacks.presentation.paper import Card
from simreg.evaluation.attacks.presentation.sheet import FLAT, Bend, Floats, View, view
from simreg.evaluation.attacks.types import Take
from simreg.liveness.types import Action

SETTLE_S = 2.0
"""Seconds for which a thing is held still first."""

REST = HeadState()

States = Callable[[float], HeadState]
Bends = Callable[[float], Bend]


def tried(take: Take, gestures: Mapping[Action, HeadState], takes_s: float = 0.8, stays_s: float = 0.6) -> list[Move]:
    """Still at first, then the gesture for each action of the challenge and back."""
    moves = [Move(REST, 0.0, SETTLE_S)]
    for action in take.challenge:
        moves += [Move(gestures.get(action, REST), takes_s, stays_s), Move(REST, takes_s, 1.0)]
    return moves


def actions_due(moves: Sequence[Move], challenge: Sequence[Action]) -> list[tuple[float, Action]]:
    """When each action of the challenge begins in the moves that `tried` gave."""
    return [(duration(moves[: 1 + 2 * i]), action) for i, action in enumerate(challenge)]


class Hand:
    """States over time of a thing in a hand: its moves, a slow sway and a quick tremor.

    It is held somewhere in a range of scales ``near``, and up to ``aside`` face widths from the middle.
    """

    def __init__(
        self,
        moves: Sequence[Move],
        chance: np.random.Generator,
        size: float = 1.0,
        near: tuple[float, float] = (0.85, 1.1),
        aside: float = 0.12,
    ) -> None:
        self.moves = moves
        self._sway = Sway(int(chance.integers(1 << 31)), size)
        self._rates = chance.uniform(5, 9, 3)
        self._phases = chance.uniform(0, 2 * np.pi, 3)
        self._sizes = size * np.array([0.003, 0.003, 0.15])
        self._place = chance.uniform((near[0], -aside, -aside / 2), (near[1], aside, aside / 2))

    def __call__(self, time_s: float) -> HeadState:
        """The state at a time."""
        state = self._sway.added(at(self.moves, time_s), time_s)
        x, y, roll = np.sin(2 * np.pi * self._rates * time_s + self._phases) * self._sizes
        near, right, low = self._place
        return HeadState(
            state.yaw, state.pitch, state.roll + roll, state.scale * near, state.x + x + right, state.y + y + low
        )


def times(moves: Sequence[Move]) -> list[float]:
    """When frames are taken."""
    return [index / FPS for index in range(round(duration(moves) * FPS) + 1)]


def lights(card: Card, hand: Hand, behind: Floats, bends: Bends = lambda _: FLAT) -> Iterator[Floats]:
    """The light that reaches the camera, frame by frame: the card before what is behind it."""
    for time_s in times(hand.moves):
        seen = view(hand(time_s), bends(time_s), WIDTH, HEIGHT)
        picture = behind.copy()
        lay(picture, card, seen)
        yield picture


def lay(picture: Floats, card: Card, seen: View) -> Floats:
    """Paint the card as it is seen into the picture; gives how far it covers each pixel, float32 0..1."""
    maps = texture_pixels(card, seen)
    pixels = np.asarray(cv2.remap(card.texture, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT), np.uint8)
    cover = pixels[..., 3] * np.float32(1 / 255)
    if seen.there is not None:
        cover = cover * seen.there
    shade = np.ones_like(seen.shade) if card.glows else seen.shade
    colour = cv2.multiply(pixels[..., :3], cv2.merge([shade] * 3), dtype=cv2.CV_32F)
    if card.gloss:
        colour = cv2.add(colour, cv2.merge([seen.shine * np.float32(255 * card.gloss)] * 3))
    cv2.blendLinear(colour, picture, cover, 1 - cover, picture)
    return np.asarray(cover, np.float32)


def texture_pixels(card: Card, seen: View) -> tuple[Floats, Floats]:
    """Column and row of the card's texture that each pixel sees."""
    x, y = card.middle
    density = np.float32(card.density)
    return seen.u * density + np.float32(x), seen.v * density + np.float32(y)
