"""person-swapped: attacker and holder change places within one capture."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Frame, Image
from simreg.evaluation.attacks.manipulated.footage import (
    LEAST_SIZE,
    actor,
    at_rest,
    eyes_of,
    frames_of,
    interval,
    nearest,
    numbered,
    performance,
    runs,
    size,
)
from simreg.evaluation.attacks.manipulated.morph import Picture, morph
from simreg.evaluation.attacks.types import Kind, Take

STAY_S = 1.6
"""Seconds at most that whoever does not do the movements is shown before and after."""

LEAST_STAY_S = 0.4
BEFORE_S, AFTER_S = 0.7, 0.5
FADE_S = 0.4
"""Seconds of a cross-fade."""


class PersonSwapped:
    """One of two does the movements, the other is shown before and after, at the same place and size."""

    kind = Kind.MANIPULATED
    leaves_out = (
        "The whole picture changes with the person, as two recordings made elsewhere do; an attacker before the same "
        "wall in the same light, or one who exchanges the head alone, would be seen less."
    )

    def __init__(self, *, attacker_acts: bool, fade: bool) -> None:
        self._attacker_acts = attacker_acts
        self._fade = fade
        self.name = f"person-swapped-{'attacker' if attacker_acts else 'holder'}-acts{'-faded' if fade else ''}"
        who = ("The attacker", "the holder") if attacker_acts else ("The holder", "the attacker")
        joint = "morphed along their landmarks" if fade else "cut hard"
        self.imitates = (
            f"{who[0]} does the movements, and {who[1]} is shown before and after, brought to the same place and "
            f"size; the two are {joint}."
        )

    def make(self, take: Take, others: Sequence[Take], chance: np.random.Generator) -> Iterator[Frame] | None:
        """None where nobody else can do the challenge, or one of the two is not at rest long enough."""
        cast = _attacker_acts(take, others, chance) if self._attacker_acts else _holder_acts(take, others, chance)
        if cast is None:
            return None
        acting, acted, still, stays = cast
        strips = [Strip(still, stays[0], take), Strip(acting, acted, take), Strip(still, stays[-1], take)]
        return numbered(_joined(strips, frames_of(take, FADE_S) if self._fade else 0), take)


Cast = tuple[Take, range, Take, list[range]]
"""Who acts and when, who is shown at rest and when."""


def _attacker_acts(take: Take, others: Sequence[Take], chance: np.random.Generator) -> Cast | None:
    acting, stays = actor(others, take, chance, BEFORE_S, AFTER_S), _stays(take)
    return (*acting, take, stays) if acting is not None and stays else None


def _holder_acts(take: Take, others: Sequence[Take], chance: np.random.Generator) -> Cast | None:
    acted = performance(take, take.challenge, BEFORE_S, AFTER_S)
    for index in chance.permutation(len(others)).tolist():
        other: Take = others[index]
        stays = _stays(other)
        if acted is not None and stays and size(other) > LEAST_SIZE * size(take):
            return take, acted, other, stays
    return None


class Strip:
    """A stretch of a take as it looks in another's frame: its face brought to that one's place, at that one's rate."""

    def __init__(self, take: Take, part: range, like: Take) -> None:
        self._take, self._like = take, like
        start, end = take.frames[part.start].time_s, take.frames[part.stop - 1].time_s
        self._times = np.arange(start, end + 1e-6, interval(like)).tolist()
        self._shown = [nearest(take, time_s) for time_s in self._times]
        self._map = None if take is like else _onto(take, part, like)

    def __len__(self) -> int:
        return len(self._times)

    def image(self, index: int) -> Image:
        """The picture of this number; before the first and after the last one the recording goes on."""
        return self.picture(index).image

    def picture(self, index: int) -> Picture:
        """The same with its landmarks."""
        inside = 0 <= index < len(self._shown)
        number = self._shown[index] if inside else nearest(self._take, self._times[0] + index * interval(self._like))
        image, points = self._take.frames[number].image, self._take.points[number]
        if self._map is None:
            return Picture(image, points)
        height, width = self._like.frames[0].image.shape[:2]
        moved = cv2.warpAffine(image, self._map, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        there = None if points is None else (points[:, :2] @ self._map[:, :2].T + self._map[:, 2]).astype(np.float32)
        return Picture(np.asarray(moved, np.uint8), there)


def _stays(take: Take) -> list[range]:
    """The stretches at rest, each no longer than is shown."""
    most = frames_of(take, STAY_S)
    found = sorted(runs(at_rest(take), frames_of(take, LEAST_STAY_S)), key=len)[-2:]
    return [run[-most:] for run in sorted(found, key=lambda run: run.start)]


def _onto(take: Take, part: range, like: Take) -> NDArray[np.float64] | None:
    """The similarity, shape (2, 3), that brings the eyes of these frames to the other subject's."""
    source, target = eyes_of(take, part), eyes_of(like, range(len(like.frames)))
    if source is None or target is None:
        return None
    across, onto = source[1] - source[0], target[1] - target[0]
    factor = np.linalg.norm(onto) / max(float(np.linalg.norm(across)), 1e-6)
    middle = target.mean(axis=0) - factor * source.mean(axis=0)
    return np.array([[factor, 0, middle[0]], [0, factor, middle[1]]])


def _joined(strips: Sequence[Strip], fade: int) -> Iterator[Image]:
    half = fade // 2
    for number, strip in enumerate(strips):
        head = half if number > 0 else 0
        tail = half if number + 1 < len(strips) else 0
        for index in range(head, len(strip) - tail):
            yield strip.image(index)
        for step in range(2 * tail):
            leaving, coming = strip.picture(len(strip) - tail + step), strips[number + 1].picture(step - tail)
            yield morph(leaving, coming, (step + 1) / (2 * tail + 1))
