"""Recordings to frames."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Self

from simreg.capture.decoder import Decoder
from simreg.capture.frame import Frame
from simreg.capture.limits import DEFAULT_LIMITS, CaptureLimits
from simreg.capture.recording import Recording, open_recording
from simreg.capture.upright import Upright
from simreg.errors import InputError


@dataclass(frozen=True, slots=True)
class VideoInfo:
    """What is known of a recording before its end.

    ``width`` and ``height`` are those of the frames given; ``codec`` and ``container`` are FFmpeg's names; ``fps``,
    ``duration_s`` and ``frames`` (an estimate for a progress bar) are what the file declares, None where it does not;
    ``rotation`` is by how many degrees clockwise the frames were turned; ``mirrored`` whether they were then mirrored
    because the caller said so; ``reduced`` whether they are smaller than in the file.
    """

    width: int
    height: int
    codec: str
    container: str
    fps: float | None
    duration_s: float | None
    frames: int | None
    rotation: int
    mirrored: bool
    reduced: bool


class VideoSource:
    """An open recording: `info`, and its frames, once. A context manager that closes the file."""

    def __init__(self, info: VideoInfo, frames: Iterator[Frame], resources: ExitStack) -> None:
        self.info = info
        self._frames: Iterator[Frame] | None = frames
        self._resources = resources

    def __iter__(self) -> Iterator[Frame]:
        """The frames, as `open_video` says. A second time is a fault of the program: `RuntimeError`."""
        if self._frames is None:
            raise RuntimeError("a recording is read once; open it again")
        frames, self._frames = self._frames, None
        return self._held(frames)

    def _held(self, frames: Iterator[Frame]) -> Iterator[Frame]:
        """The frames; whoever reads them holds the source, whose file must not go before its decoder does."""
        try:
            yield from frames
        finally:
            self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; iterations that are under way end."""
        self._resources.close()


def open_video(
    path: Path, limits: CaptureLimits = DEFAULT_LIMITS, *, mirrored: bool = False, threads: int = 1
) -> VideoSource:
    """Open a recording (MP4, MOV, WebM, MKV, AVI, GIF) whose frames come upright in RGB, with their times in seconds.

    Times are the file's presentation times from the first frame on; they are not mended, so they may repeat or fall.
    The first two frames are decoded here. ``mirrored`` says that the recording shows a mirror image, and turns it back.

    Raises `InputError`, here for what the file declares and for a recording of one frame, and from the iteration for
    what shows only there: more frames or time than the limits, or, at the end, more than a tenth of the frames or of
    the declared time missing. A single damaged frame is left out. A WebM that declares no duration, as browsers write
    them, may end early unnoticed.
    """
    with ExitStack() as resources:
        recording = resources.enter_context(open_recording(path, limits))
        upright = Upright(float(recording.stream.sample_aspect_ratio or 1), limits, mirrored)
        frames = Decoder(recording, upright, limits, threads).frames()
        resources.callback(frames.close)
        first = list(islice(frames, 2))
        if len(first) < 2:
            sentence = "The recording has only one frame."
            raise InputError("capture-one-frame", sentence, "Record a video of a few seconds.")
        return VideoSource(_info(recording, upright, first[0], mirrored), chain(first, frames), resources.pop_all())


def _info(recording: Recording, upright: Upright, first: Frame, mirrored: bool) -> VideoInfo:
    height, width = first.image.shape[:2]
    return VideoInfo(
        width=width,
        height=height,
        codec=recording.codec,
        container=recording.container,
        fps=recording.fps,
        duration_s=recording.duration_s,
        frames=recording.frames,
        rotation=upright.orientation.degrees,
        mirrored=mirrored,
        reduced=upright.reduction > 1,
    )
