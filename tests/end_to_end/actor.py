"""A person before the camera: a real clip, of which the fitting part is played when a movement is asked for.

What comes between two parts is morphed, and the camera is held in a hand, so that no picture comes twice. To the server
this is a live person; to whoever owns the face it is an injection attack, which a page's camera cannot rule out.
"""

import math
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

WIDTH, HEIGHT, RATE = 640, 480, 20
"""Pixels, and pictures a second: more than the page takes, and no more work than it must be."""

MARGIN = 30
"""Pixels around the picture, by which the hand that holds the camera may stray."""

CLIP_RATE = 30
"""Pictures a second in the clip."""

BRIDGE = 8
"""Pictures between two parts of the clip."""

PAUSE = 14
"""Pictures before a movement is done again that the server has not seen."""


@dataclass(frozen=True)
class Person:
    """A clip, which part of its picture to show (x, y, width, height), and where in it the person does what.

    ``rest`` are the first and last frame of looking straight ahead; ``actions`` the frames of each movement, there and
    back again.
    """

    clip: str
    part: tuple[int, int, int, int]
    rest: tuple[int, int]
    actions: dict[str, Sequence[int]]

    def cannot(self, asked: Sequence[str]) -> list[str]:
        """Which of the movements that may be asked for this person does not do."""
        return [action for action in asked if action not in self.actions]


def _there_and_back(first: int, last: int, hold: int = 0) -> tuple[int, ...]:
    there = range(first, last + 1)
    held = [last + count for count in range(1, hold + 1)]
    return (*there, *held, *reversed(held), *reversed(there))


ANN = Person(
    "turns-slowly.mp4",
    (562, 12, 875, 656),
    (303, 400),
    {
        "turn-right": _there_and_back(42, 60, 6),
        "look-up": _there_and_back(480, 491),
        "look-down": _there_and_back(402, 430),
        "close-eyes": tuple(range(503, 541)),
    },
)
"""The only clip with large turns; what it shows was looked up frame by frame."""


def load(person: Person, folder: Path) -> dict[int, Picture]:
    """The frames of the clip that are needed, by number, each with a margin."""
    needed = {*range(person.rest[0], person.rest[1] + 1), *(n for frames in person.actions.values() for n in frames)}
    x, y, width, height = person.part
    size = (WIDTH + 2 * MARGIN, (WIDTH + 2 * MARGIN) * height // width)
    film, found = cv2.VideoCapture(str(folder / person.clip)), {}
    for number in range(max(needed) + 1):
        if not film.grab():
            break
        if number in needed:
            _, picture = film.retrieve()
            part = cv2.resize(picture[y : y + height, x : x + width], size, interpolation=cv2.INTER_AREA)
            found[number] = np.asarray(part, np.uint8)
    film.release()
    missing = needed - set(found)
    assert not missing, f"{person.clip} ends before frame {max(missing)}"
    return found


class Actor:
    """Gives one picture after the other; what is `asked` for may change at any time, from any thread.

    `resting` is set while they look straight ahead. With ``wilful`` the person does this movement again and again,
    whatever is asked for; ``light`` is how much of the light there is, 0 to 1.
    """

    def __init__(self, person: Person, film: dict[int, Picture], wilful: str | None = None, light: float = 1) -> None:
        self.asked: str | None = None
        self.resting = threading.Event()
        self._person, self._film, self._wilful, self._light = person, film, wilful, light
        self._pictures = self._play()
        self._count = 0

    def next(self) -> Picture:
        """The next picture, in colours as OpenCV has them, of shape (480, 640, 3)."""
        self._count += 1
        shown = _in_the_hand(next(self._pictures), self._count / RATE)
        return shown if self._light == 1 else np.asarray(cv2.convertScaleAbs(shown, alpha=self._light), np.uint8)

    def _play(self) -> Iterator[Picture]:
        resting = _to_and_fro(*self._person.rest)
        self.resting.set()
        while True:
            now = self._film[next(resting)]
            yield now
            wanted = self._wilful or self.asked
            if wanted in self._person.actions:
                frames = [self._film[number] for number in _at_our_rate(self._person.actions[wanted])]
                self.resting.clear()
                yield from _morph(now, frames[0])
                yield from frames
                yield from _morph(frames[-1], self._film[next(resting)])
                self.resting.set()
                yield from self._pause(wanted, resting)

    def _pause(self, done: str, resting: Iterator[int]) -> Iterator[Picture]:
        """Look straight ahead until something else is asked for, or the same for long."""
        for _ in range(PAUSE):
            yield self._film[next(resting)]
            if self.asked != done and self._wilful is None:
                return


def _at_our_rate(numbers: Sequence[int]) -> Iterator[int]:
    """Those of the clip's frames that are shown, so that a movement takes as long as it did."""
    step = CLIP_RATE / RATE
    return (numbers[round(count * step)] for count in range(int((len(numbers) - 1) / step) + 1))


def _to_and_fro(first: int, last: int) -> Iterator[int]:
    while True:
        yield from range(first, last)
        yield from range(last, first, -1)


def _morph(before: Picture, after: Picture) -> Iterator[Picture]:
    """Pictures between two: each is moved towards the other along the optical flow, and faded over."""
    there, back = _flow(before, after), _flow(after, before)
    for step in range(1, BRIDGE + 1):
        share = step / (BRIDGE + 1)
        parts = _moved(before, there, share), _moved(after, back, 1 - share)
        yield np.asarray(cv2.addWeighted(parts[0], 1 - share, parts[1], share, 0), np.uint8)


def _flow(before: Picture, after: Picture) -> NDArray[np.float32]:
    """Where each pixel of the first picture is in the second, looked at in a quarter of the size."""
    first, second = (_grey_quarter(one) for one in (before, after))
    flow: Any = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    found = flow.calc(first, second, None)
    return np.asarray(cv2.resize(found, before.shape[1::-1]) * 4, np.float32)


def _grey_quarter(picture: Picture) -> Picture:
    small = cv2.resize(picture, None, fx=0.25, fy=0.25)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def _moved(picture: Picture, flow: NDArray[np.float32], share: float) -> Picture:
    height, width = picture.shape[:2]
    across, down = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    across, down = across - share * flow[..., 0], down - share * flow[..., 1]
    return np.asarray(cv2.remap(picture, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _in_the_hand(picture: Picture, seconds: float) -> Picture:
    """The middle of the picture as a camera shows it that a hand holds: it strays, and never the same way twice."""
    aside = 11 * math.sin(1.1 * seconds) + 7 * math.sin(2.3 * seconds + 1)
    down = 9 * math.sin(0.9 * seconds + 2) + 6 * math.sin(2.7 * seconds)
    angle, size = 1.5 * math.sin(0.7 * seconds), 1 + 0.02 * math.sin(1.7 * seconds)
    height, width = picture.shape[:2]
    way = cv2.getRotationMatrix2D((width / 2, height / 2), angle, size)
    way[:, 2] += np.array([aside - MARGIN, down - (height - HEIGHT) / 2])
    return np.asarray(cv2.warpAffine(picture, way, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE), np.uint8)
