"""Real clips as a page's frames, and an actor who plays the part that fits what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Frame, Image
from simreg.capture.video import open_video
from simreg.engine import Engine
from simreg.liveness.types import Action
from simreg.verification import Attempt

FPS, LONG_SIDE, QUALITY = 15, 640, 80

CLIPS: dict[str, tuple[Action, ...]] = {
    "grimaces-blinks.mp4": (Action.BLINK, Action.OPEN_MOUTH),
    "long-closures-winks.mp4": (Action.BLINK, Action.CLOSE_EYES),
    "turns-both-ways-glasses.mp4": (Action.BLINK, Action.OPEN_MOUTH),
}
"""Clips of the material, and the movements of which each shows enough: the subject "cannot" do the others."""

LEAD_S, TAIL_S = 0.5, 0.3
"""Seconds played before a movement, so that it begins at rest, and after it until it counts as not seen."""

_THUMB = (16, 16)


@dataclass(frozen=True, slots=True)
class Film:
    """One clip as JPEGs at `FPS`, where it shows what (first and last frame), and a reference of the same person."""

    name: str
    frames: tuple[bytes, ...]
    thumbs: NDArray[np.float32]
    shown: dict[Action, tuple[tuple[int, int], ...]]
    reference: bytes = field(repr=False)

    @property
    def cannot(self) -> list[str]:
        """Movements that are not to be asked for."""
        return [action.value for action in Action if action not in CLIPS[self.name]]


def load_films(material: Path, engine: Engine, names: Sequence[str] = tuple(CLIPS)) -> list[Film]:
    """The films, decoded and encoded anew; what they show is read by simreg itself, as no error rate hangs on it."""
    return [_film(material / "clips" / name, engine) for name in names]


def _film(path: Path, engine: Engine) -> Film:
    images, attempt = _images(path), Attempt(engine)
    best, reference = -np.inf, images[0]
    for index, image in enumerate(images):
        attempt.step(Frame(index, index / FPS, image))
        face = attempt.last.face if attempt.last is not None else None
        if face is None:
            continue
        worth = 200 * min(face.eyes.left, face.eyes.right) - abs(face.pose.yaw) - abs(face.pose.pitch) / 2
        if worth > best:
            best, reference = worth, image
    seen = attempt._progress.seen
    shown = {
        action: tuple((round(one.start_s * FPS), round(one.end_s * FPS)) for one in seen if one.action is action)
        for action in CLIPS[path.name]
    }
    thumbs = np.stack([cv2.resize(image, _THUMB, interpolation=cv2.INTER_AREA) for image in images]).astype(np.float32)
    jpegs = tuple(_jpeg(image, QUALITY) for image in images)
    return Film(path.name, jpegs, thumbs, shown, _jpeg(reference, 95))


def _images(path: Path) -> list[Image]:
    images: list[Image] = []
    with open_video(path) as video:
        for frame in video:
            if frame.time_s * FPS >= len(images) - 1e-6:
                scale = LONG_SIDE / max(frame.image.shape[:2])
                how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
                images.append(np.asarray(cv2.resize(frame.image, None, fx=scale, fy=scale, interpolation=how), np.uint8))
    return images


def _jpeg(image: Image, quality: int) -> bytes:
    bgr = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    return bytes(cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes())


class Actor:
    """Plays a film forwards; when a movement is asked for, goes on where the film shows it next.

    It goes there where the picture is most like the one it leaves, so that the cut is as small as it can be.
    """

    def __init__(self, film: Film, start: int = 0) -> None:
        self._film = film
        self._at = start % len(film.frames)
        self._playing: tuple[Action, int] | None = None
        self._used: set[int] = set()

    def frame(self) -> bytes:
        """The next frame."""
        self._at = (self._at + 1) % len(self._film.frames)
        return self._film.frames[self._at]

    def asked(self, action: Action | None) -> None:
        """What the server asks for now."""
        if action is None:
            return
        if self._playing is not None and self._playing[0] is action and self._at <= self._playing[1]:
            return  # it is being shown
        places = self._film.shown[action]
        if not places:
            return
        ahead = [one for one in places if one[0] > self._at + 1 and one[0] not in self._used]
        fresh = [one for one in places if one[0] not in self._used]
        first, last = (ahead or fresh or list(places))[0]
        self._used.add(first)
        self._playing = action, min(last + round(TAIL_S * FPS), len(self._film.frames) - 1)
        if not self._at < first <= self._at + 2 * LEAD_S * FPS:
            self._at = self._entrance(first) - 1

    def _entrance(self, first: int) -> int:
        """Where to go on so that the movement begins soon: the frame most like the one that is shown now."""
        places = np.arange(max(0, first - round(2 * LEAD_S * FPS)), max(1, first - round(LEAD_S * FPS / 2)))
        apart = np.abs(self._film.thumbs[places] - self._film.thumbs[self._at]).mean(axis=(1, 2, 3))
        return int(places[int(apart.argmin())])
