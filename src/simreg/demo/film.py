"""Frames to a recording, as a camera would have saved it."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import av
from av.video.stream import VideoStream

from simreg.capture.frame import Frame, Image
from simreg.demo.folder import unwritable

STILLS = 8
"""Pictures of a film that are shown side by side."""


class Frames(Protocol):
    """Frames whose number is known."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Frame]: ...


def record(frames: Frames, path: Path, fps: int, filmed: Callable[[int], None]) -> list[Image]:
    """Write the frames as MP4 and give some of their pictures, evenly spread.

    ``filmed`` is told after each frame how many there are. Raises `InputError` ``output-unwritable``.
    """
    stills, wanted = [], {round(i * (len(frames) - 1) / (STILLS - 1)) for i in range(STILLS)}
    try:
        with av.open(str(path), "w", format="mp4") as container:
            stream = _stream(container, fps)
            for frame in frames:
                if frame.index in wanted:
                    stills.append(frame.image)
                if not frame.index:
                    stream.height, stream.width = frame.image.shape[:2]
                picture = av.VideoFrame.from_ndarray(frame.image, format="rgb24")
                picture.pts, picture.time_base = frame.index, Fraction(1, fps)
                container.mux(stream.encode(picture))
                filmed(frame.index + 1)
            container.mux(stream.encode(None))
    except OSError as error:
        raise unwritable(path, error) from error
    return stills


def _stream(container: "av.container.OutputContainer", fps: int) -> VideoStream:
    """H.264 where FFmpeg was built with it, else MPEG-4."""
    if "libx264" in av.codecs_available:
        stream = container.add_stream("libx264", rate=fps, options={"crf": "18", "preset": "veryfast"})
    else:
        stream = container.add_stream("mpeg4", rate=fps, options={"qscale": "3"})
    stream.pix_fmt = "yuv420p"
    return stream
