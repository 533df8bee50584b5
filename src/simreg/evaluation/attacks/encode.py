"""Frames to a recording whose bytes depend on nothing but the frames."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.stream import VideoStream

from simreg.capture.frame import Frame
from simreg.demo.folder import unwritable

CLOCK = 60_000
"""Ticks a second in which frame times are written; MPEG-4 takes no more than 65,535."""

X264 = {"crf": "18", "preset": "veryfast", "x264-params": "mbtree=0:cpu-independent=1"}
"""Without mbtree, whose decisions differ from run to run, and with the same ones on every processor.

One thread besides, as several would make other bytes.
"""


def write_video(frames: Iterable[Frame], path: Path) -> int:
    """Write the frames at their own times as MP4 and give their number; nothing is left where that fails.

    All frames have the first one's size; an odd row or column is cut off, as H.264 with halved colour needs it. Raises
    `InputError` ``output-unwritable``.
    """
    part = path.with_name(f".{path.name}.part")
    count = 0
    try:
        with av.open(str(part), "w", format="mp4") as container:
            stream = _stream(container)
            for frame in frames:
                height, width = (side - side % 2 for side in frame.image.shape[:2])
                if not count:
                    stream.height, stream.width = height, width
                image = np.ascontiguousarray(frame.image[:height, :width])
                picture = av.VideoFrame.from_ndarray(image, format="rgb24")
                picture.pts, picture.time_base = round(frame.time_s * CLOCK), Fraction(1, CLOCK)
                container.mux(stream.encode(picture))
                count += 1
            container.mux(stream.encode(None))
        part.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _stream(container: "av.container.OutputContainer") -> VideoStream:
    """H.264 where FFmpeg was built with it, else MPEG-4."""
    if "libx264" in av.codecs_available:
        stream = container.add_stream("libx264", rate=30, options=X264)
    else:
        stream = container.add_stream("mpeg4", rate=30, options={"qscale": "3"})
    stream.pix_fmt = "yuv420p"
    stream.codec_context.time_base = Fraction(1, CLOCK)
    stream.codec_context.thread_count = 1
    return stream
