"""Recordings that no encoder writes in one go: streams joined, added, or of the wrong kind."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from capture.clips import SIZE, quadrants


def vp8_packets(size: tuple[int, int], frames: int, start_ms: int) -> list[Any]:
    """VP8 packets of still quadrants, 67 ms apart."""
    encoder: Any = av.CodecContext.create("libvpx", "w")
    encoder.width, encoder.height = size
    encoder.pix_fmt, encoder.time_base = "yuv420p", Fraction(1, 1000)
    encoder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    frame = av.VideoFrame.from_ndarray(quadrants(size), format="rgb24").reformat(format="yuv420p")
    packets = []
    for index in range(frames):
        frame.pts, frame.time_base = start_ms + 67 * index, Fraction(1, 1000)
        packets += encoder.encode(frame)
    return packets + list(encoder.encode())


def splice(folder: Path, first: tuple[int, int], second: tuple[int, int], frames: int = 4) -> Path:
    """A WebM whose pictures have another size from the middle on, as a browser's recorder may write it."""
    path = folder / "spliced.webm"
    with av.open(str(path), "w") as output:
        stream: Any = output.add_stream("libvpx", rate=15)
        stream.width, stream.height = first
        stream.pix_fmt = "yuv420p"
        for packet in vp8_packets(first, frames, 0) + vp8_packets(second, frames, 67 * frames):
            packet.stream = stream
            output.mux(packet)
    return path


def with_other_streams(path: Path, *, video: bool, cover: bool = False, tone: bool = False) -> Path:
    """A recording with moving pictures or none, and sound or a still cover beside them."""
    with av.open(str(path), "w") as output:
        streams: dict[str, Any] = {}
        if cover:
            streams["cover"] = output.add_stream("mjpeg")
            streams["cover"].width, streams["cover"].height = 320, 240
            streams["cover"].pix_fmt = "yuvj420p"
            streams["cover"].disposition = av.stream.Disposition.attached_pic
        if video:
            streams["video"] = output.add_stream("libx264", rate=15)
            streams["video"].width, streams["video"].height = SIZE
            streams["video"].pix_fmt = "yuv420p"
        if tone:
            streams["tone"] = output.add_stream("aac", rate=8000)
        output.start_encoding()
        if cover:
            still = av.VideoFrame.from_ndarray(np.zeros((240, 320, 3), np.uint8), format="rgb24")
            output.mux(streams["cover"].encode(still.reformat(format="yuvj420p")))
        for _ in range(15 if video else 0):
            frame = av.VideoFrame.from_ndarray(quadrants(), format="rgb24").reformat(format="yuv420p")
            output.mux(streams["video"].encode(frame))
        if tone:
            sound = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.float32), format="fltp", layout="mono")
            sound.sample_rate = 8000
            output.mux(streams["tone"].encode(sound))
        for stream in streams.values():
            output.mux(stream.encode())
    return path


def two_videos(path: Path, codecs: tuple[str, str]) -> Path:
    """A recording with two streams of moving pictures, the second half as wide."""
    with av.open(str(path), "w") as output:
        streams: list[Any] = []
        for number, codec in enumerate(codecs):
            streams.append(output.add_stream(codec, rate=15))
            streams[-1].width, streams[-1].height = SIZE[0] >> number, SIZE[1]
            streams[-1].pix_fmt = "yuv420p"
        for _ in range(15):
            for stream in streams:
                picture = av.VideoFrame.from_ndarray(quadrants((stream.width, stream.height)), format="rgb24")
                output.mux(stream.encode(picture.reformat(format="yuv420p")))
        for stream in streams:
            output.mux(stream.encode())
    return path
