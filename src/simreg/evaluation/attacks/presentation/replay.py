"""The subject's own recording, with the right movements, played on a screen before the camera."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.demo.head import FACE_SHARE, HeadState
from simreg.demo.motion import Move
from simreg.evaluation.attacks.presentation.camera import HEIGHT, WIDTH, Camera
from simreg.evaluation.attacks.presentation.paper import Card, hold
from simreg.evaluation.attacks.presentation.scene import room
from simreg.evaluation.attacks.presentation.screen import Screen, monitor, phone
from simreg.evaluation.attacks.presentation.sheet import FLAT, Floats, view
from simreg.evaluation.attacks.presentation.stage import Hand, lay, texture_pixels, times
from simreg.evaluation.attacks.presentation.subject import best_frame, usual_width
from simreg.evaluation.attacks.types import Kind, Take

MARGIN = 0.55
"""Room for the screen's edge and hands around it, in face widths."""

SHOWN = 0.86
"""Share of the picture that a screen takes up whose edge is in sight."""

BEYOND = 1.1
"""How much larger than the picture a screen is whose edge is out of sight."""


@dataclass(frozen=True, slots=True)
class Device:
    """A screen that shows the ``part`` (rows, columns) of a recording; ``glass`` is 255 on the card where it does."""

    card: Card
    part: tuple[slice, slice]
    glass: Image
    place: tuple[slice, slice]

    def show(self, light: Image, first: int, last: int) -> None:
        """Change these rows of what is shown."""
        self.card.texture[self.place][first:last, :, :3] = light[first:last]


class Replay:
    """A recording on a screen."""

    kind = Kind.PRESENTATION
    leaves_out = (
        "The recording is as sharp as the clip; grid, moire, flicker, tone, glare and mirrored room are models of a "
        "plain LCD, with no polariser and no curved glass."
    )

    def __init__(
        self, name: str, what: str, screen: Callable[[np.random.Generator], Screen], bezel: float, *, close: bool
    ) -> None:
        self.name = name
        edge = "so near that its edge is out of sight" if close else "with its edge in sight"
        self.imitates = f"The subject's own recording of the right movements in their order, played on {what}, {edge}."
        self._screen, self._bezel, self._close = screen, bezel, close

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:  # noqa: ARG002
        """The whole take, filmed off the screen."""
        device = self.device(take, chance)
        return None if device is None else Camera(chance).film(self._lights(device, take, chance))

    def device(self, take: Take, chance: np.random.Generator) -> Device | None:
        """The screen, still dark, for the part of the take around the face; None where there is no face."""
        best, face = best_frame(take), usual_width(take)
        if best is None or face is None:
            return None
        part = _part(take, face, 1.9 if self._close else 1.35)
        tall, wide = (one.stop - one.start for one in part)
        pad, edge = round(MARGIN * face), round((MARGIN - self._bezel) * face)
        texture = np.zeros((tall + 2 * pad, wide + 2 * pad, 4), np.uint8)
        texture[edge:-edge, edge:-edge] = (*[int(chance.integers(8, 40))] * 3, 255)
        if self._screen is phone and not self._close:
            hold(texture, edge, chance, face)
        place = slice(pad, pad + tall), slice(pad, pad + wide)
        glass = np.zeros(texture.shape[:2], np.uint8)
        glass[place] = 255
        x, y = _middle(take)
        middle = (x - part[1].start + pad, y - part[0].start + pad)
        return Device(Card(texture, middle, best[1], gloss=0.0, density=face, glows=True), part, glass, place)

    def _lights(self, device: Device, take: Take, chance: np.random.Generator) -> Iterator[Floats]:
        screen, behind, hand = self._screen(chance), 0.6 * room(chance), self.hand(device, take, chance)
        rows = device.part[0].stop - device.part[0].start
        late, index, before = chance.uniform(0, 0.03), 0, 0
        for time_s in times(hand.moves):
            while index + 1 < len(take.frames) and take.frames[index + 1].time_s <= time_s + late:
                index += 1
            light = screen.shown(take.frames[index].image[device.part])
            split = int(chance.integers(0, rows)) if index != before else 0  # above it the last picture still stands
            device.show(light, split, rows)
            state, picture, before = hand(time_s), behind.copy(), index
            seen = view(state, FLAT, WIDTH, HEIGHT)
            lay(picture, device.card, seen)
            maps = texture_pixels(device.card, seen)
            cover = np.asarray(cv2.remap(device.glass, *maps, cv2.INTER_LINEAR), np.float32) * np.float32(1 / 255)
            screen.seen(picture, cover, seen, state, time_s)
            device.show(light, 0, split)
            yield picture

    def hand(self, device: Device, take: Take, chance: np.random.Generator) -> Hand:
        """How the screen is held: as large in the picture as its edge may or may not be seen, and in its middle."""
        tall, wide = (one.stop - one.start for one in device.part)
        size = FACE_SHARE * HEIGHT / device.card.density
        fits = WIDTH / (wide * size), HEIGHT / (tall * size)
        scale = BEYOND * max(fits) if self._close else SHOWN * min(fits)
        x, y = device.card.middle
        aside = (
            (x - device.place[1].start - wide / 2) / device.card.density * scale,
            (y - device.place[0].start - tall / 2) / device.card.density * scale,
        )
        moves = [Move(HeadState(x=aside[0], y=aside[1]), 0.0, take.frames[-1].time_s)]
        return Hand(moves, chance, 0.8, (scale, scale * 1.06), 0.02)


def _middle(take: Take) -> tuple[float, float]:
    """Where the face usually is, in pixels."""
    x, y = np.median([points[:, :2].mean(axis=0) for points in take.points if points is not None], axis=0)
    return float(x), float(y)


def _part(take: Take, face: float, reach: float) -> tuple[slice, slice]:
    """Rows and columns of the recording that are shown: the surroundings of the face."""
    height, width = take.frames[0].image.shape[:2]
    x, y = _middle(take)
    left, right = max(0, round(x - reach * face)), min(width, round(x + reach * face))
    top, bottom = max(0, round(y - reach * face)), min(height, round(y + reach * face))
    return slice(top, bottom), slice(left, right)


REPLAYS = (
    Replay("replay-phone", "a phone that a hand holds up", phone, 0.08, close=False),
    Replay("replay-phone-close", "a phone", phone, 0.08, close=True),
    Replay("replay-monitor", "a monitor or laptop", monitor, 0.25, close=False),
    Replay("replay-monitor-close", "a monitor or laptop", monitor, 0.25, close=True),
)
