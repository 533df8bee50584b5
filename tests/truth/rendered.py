"""Rendered heads of exact state, and the networks that look at them."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from simreg.capture.frame import Frame, Image
from simreg.demo.expression import LASHES_DOWN
from simreg.demo.head import FACE_SHARE, Head, HeadState, Lamp
from simreg.demo.portrait import head_surface
from simreg.face.observe import Observer, Track
from simreg.face.types import Observation, ObservedFace

WIDTH, HEIGHT = 640, 480
REST = HeadState()
YAWS, PITCHES = tuple(range(-60, 61, 10)), (-30, -15, 0, 15, 30)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of a face, relative to the same head looking straight: degrees, and shares of the open eyes."""

    yaw: float
    pitch: float
    roll: float
    left_eye: float
    right_eye: float
    face: ObservedFace

    @property
    def eyes(self) -> float:
        """The wider open eye, as blinks are judged."""
        return max(self.left_eye, self.right_eye)


class Onlooker:
    """Looks with the networks at a head made of a portrait; with ``mirror`` at one made of its mirror image."""

    def __init__(self, observer: Observer, portrait: Image, *, mirror: bool = False) -> None:
        self._observer = observer
        picture = np.ascontiguousarray(portrait[:, ::-1]) if mirror else portrait
        self.surface = head_surface(picture, self.look(picture).points)
        self.head = Head(self.surface)
        self.rest = self.look(self.head.render(REST))

    def lit(self, lamp: Lamp) -> Head:
        """The same head under a lamp."""
        return Head(self.surface, lamp=lamp)

    def find(self, image: Image) -> ObservedFace | None:
        """The face in one picture, searched anew."""
        return self._observer.observe(Track(), Frame(0, 0.0, image))[1].face

    def look(self, image: Image) -> ObservedFace:
        """The same where a face must be found."""
        face = self.find(image)
        assert face is not None, "no face is found"
        return face

    def relate(self, face: ObservedFace, rest: ObservedFace | None = None) -> Reading:
        """A face relative to the head at rest."""
        zero, pose, eyes = rest or self.rest, face.pose, face.eyes
        return Reading(
            pose.yaw - zero.pose.yaw,
            pose.pitch - zero.pose.pitch,
            pose.roll - zero.pose.roll,
            eyes.left / zero.eyes.left,
            eyes.right / zero.eyes.right,
            face,
        )

    def read(self, state: HeadState, head: Head | None = None, rest: ObservedFace | None = None) -> Reading:
        """What is read of a state in a single picture."""
        return self.relate(self.look((head or self.head).render(state, WIDTH, HEIGHT)), rest)

    def follow(
        self, states: Sequence[HeadState], times: Sequence[float], width: int = WIDTH, height: int = HEIGHT
    ) -> list[Observation]:
        """What is seen of the head while it goes through these states, in pictures of this size."""
        track, seen = Track(), []
        for index, (now, state) in enumerate(zip(times, states, strict=True)):
            track, one = self._observer.observe(track, Frame(index, now, self.head.render(state, width, height, index)))
            seen.append(one)
        return seen

    def sweep(self, pitch: float, side: int) -> dict[int, Reading | None]:
        """Readings by true yaw, while the raised head turns to one side as fast as heads do; None where it is lost."""
        yaws = [side * yaw for yaw in YAWS if yaw >= 0]
        states = [REST, HeadState(pitch=pitch / 2), *(HeadState(yaw=yaw, pitch=pitch) for yaw in yaws)]
        seen = self.follow(states, [index / 15 for index in range(len(states))])
        return {yaw: None if one.face is None else self.relate(one.face) for yaw, one in zip(yaws, seen[2:], strict=True)}

    def of_width(self, width: float, state: HeadState = REST) -> Reading:
        """What is read where the face is about so many pixels wide, in 640 x 480, the head as far away as ever."""
        high = round(width / FACE_SHARE)
        small = self.head.render(state, round(high * WIDTH / HEIGHT), high)
        return self.relate(self.look(placed(small)))


def placed(picture: Image) -> Image:
    """The picture in the middle of a grey one of 640 x 480 pixels, or its middle where it is larger."""
    high, across = picture.shape[:2]
    aside, up = max(0, WIDTH - across + 1) // 2, max(0, HEIGHT - high + 1) // 2
    grey = cv2.copyMakeBorder(picture, up, up, aside, aside, cv2.BORDER_CONSTANT, value=(110, 110, 110))
    top, left = (grey.shape[0] - HEIGHT) // 2, (grey.shape[1] - WIDTH) // 2
    return np.ascontiguousarray(grey[top : top + HEIGHT, left : left + WIDTH])


def gap(is_open: float) -> float:
    """True gap of the lids over that of the open eye, 1 .. 0: a shut lid's lashes hang a little over the lower lid."""
    return max(0.0, 1 - LASHES_DOWN * (1 - is_open))
