"""What the networks see in real clips, looked at once for all tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from simreg.capture.video import open_video
from simreg.face.observe import Observer, Track
from simreg.face.types import Observation
from simreg.liveness.types import Action
from synthetic.observed import walk

LAST: dict[str, int] = {"approaches-recedes-talks.mp4": 900, "long-closures-winks.mp4": 230}
"""Frames after which a long clip is not looked at."""


@dataclass
class Clips:
    """Observations by the clip's file name."""

    folder: Path
    observer: Callable[[], Observer]
    _kept: dict[str, list[Observation]] = field(default_factory=dict)

    def observations(self, name: str) -> list[Observation]:
        """What is seen in each frame."""
        if name not in self._kept:
            self._kept[name] = self._observe(name)
        return self._kept[name]

    def seen(self, name: str) -> list[tuple[Action, int, int]]:
        """Actions in the order in which they were done, with their first and last frame."""
        observations = self.observations(name)
        index = {one.time_s: one.index for one in observations}
        _, progress = walk(observations)
        return [(one.action, index[one.start_s], index[one.end_s]) for one in progress.seen]

    def when(self, name: str, action: Action) -> list[tuple[int, int]]:
        """First and last frames of one action."""
        return [(start, end) for seen, start, end in self.seen(name) if seen is action]

    def _observe(self, name: str) -> list[Observation]:
        observer, track, seen = self.observer(), Track(), []
        with open_video(self.folder / name) as source:
            for frame in takewhile(lambda one: one.index < LAST.get(name, 10_000), source):
                track, one = observer.observe(track, frame)
                seen.append(one)
        return seen
