"""Opening a recording safely: few containers and codecs, nothing fetched, what it declares held against the limits.

FFmpeg is told the container and never guesses it, so playlists, image sequences and descriptions of network streams are
not even looked at; and it is handed an open file and no protocol, so that it cannot open another one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from simreg.capture.files import open_regular, shown
from simreg.capture.limits import CaptureLimits
from simreg.capture.mp4 import check_mp4
from simreg.capture.signature import SIGNATURE_BYTES, Kind, kind_of
from simreg.errors import InputError

RECORD_AGAIN = "Record again, or convert it to MP4 with H.264."
COPY_AGAIN = "Copy it again completely, or record again."

_DEMUXERS = {Kind.MP4: "mov", Kind.MATROSKA: "matroska", Kind.AVI: "avi", Kind.GIF: "gif"}
_CODECS = ("h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "h263", "mjpeg", "gif")
_PICTURES = (Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.BMP, Kind.TIFF, Kind.AVIF, Kind.HEIF)
_GIF_TRAILER = b";"


@dataclass(frozen=True, slots=True)
class Recording:
    """An opened container, its one video stream, and what they declare.

    ``codec`` and ``container`` are FFmpeg's names; ``fps``, ``duration_s`` and ``frames`` are None where unknown.
    """

    handle: InputContainer
    stream: VideoStream
    codec: str
    container: str
    fps: float | None
    duration_s: float | None
    frames: int | None


@contextmanager
def open_recording(path: Path, limits: CaptureLimits) -> Iterator[Recording]:
    """Open the recording in a file and close it afterwards. Raises `InputError`."""
    with open_regular(path, limits.video_bytes) as file:
        demuxer = _demuxer(file, path, limits)
        with _open(file, demuxer) as handle:
            stream, codec = _video_stream(handle)
            recording = _declared(handle, stream, codec, demuxer)
            _check_declared(recording, limits)
            yield recording


def _demuxer(file: BinaryIO, path: Path, limits: CaptureLimits) -> str:
    """FFmpeg's name of the container by the file's first bytes; the file is left at its beginning."""
    kind = kind_of(file.read(SIGNATURE_BYTES))
    if kind in _PICTURES:
        sentence = f"{shown(path)} is a picture; a recording is needed."
        raise InputError("capture-is-picture", sentence, "Record a video of a few seconds.")
    if kind not in _DEMUXERS:
        sentence = f"{shown(path)} is not a recording that can be read."
        raise InputError("capture-unknown", sentence, "Give an MP4, MOV, WebM, MKV, AVI or GIF file.")
    if kind is Kind.MP4:
        check_mp4(file, limits)
    if kind is Kind.GIF and not _ends_as_gif(file):
        raise InputError("capture-incomplete", "The recording breaks off.", COPY_AGAIN)
    file.seek(0)
    return _DEMUXERS[kind]


def _ends_as_gif(file: BinaryIO) -> bool:
    """Whether the file has a GIF's last byte; zeros may follow."""
    file.seek(-min(SIGNATURE_BYTES, file.seek(0, 2)), 2)
    return file.read().rstrip(b"\0").endswith(_GIF_TRAILER)


_LENIENT: dict[str, Any] = {"metadata_errors": "replace"} if int(av.__version__.split(".")[0]) < 19 else {}
"""From PyAV 19 on metadata that are no text are always read so."""


def _open(file: BinaryIO, demuxer: str) -> InputContainer:
    """Read what the container declares; no decoder is opened for that, so that dimensions come before pixels."""
    options = {"protocol_whitelist": "none", "format_whitelist": demuxer, "codec_whitelist": "none"}
    try:
        handle: InputContainer = av.open(file, "r", format=demuxer, options=options, **_LENIENT)
        return handle
    except TypeError:
        raise
    except Exception:  # the bindings raise more than their own errors on damaged files
        sentence = "The recording is damaged or incomplete: it cannot be opened."
        raise InputError("capture-damaged", sentence, RECORD_AGAIN) from None


def _video_stream(handle: InputContainer) -> tuple[VideoStream, str]:
    """The first stream of moving pictures that can be read, cover art being none, and its codec's name."""
    codec = None
    for stream in handle.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            codec = stream.codec_context.codec.canonical_name if stream.codec_context else "unknown"
            if codec in _CODECS:
                return stream, codec
    if codec is None:
        raise InputError("capture-no-video", "The recording has no moving pictures.", "Record a video of a few seconds.")
    sentence = f"The recording's video is compressed in a way that is not read here ({codec})."
    raise InputError("capture-codec", sentence, RECORD_AGAIN)


def _declared(handle: InputContainer, stream: VideoStream, codec: str, demuxer: str) -> Recording:
    duration = None
    if stream.duration is not None and stream.time_base is not None:
        duration = float(stream.duration * stream.time_base)
    elif handle.duration is not None:
        duration = handle.duration / av.time_base
    fps = float(stream.average_rate) if stream.average_rate else None
    frames = stream.frames or (round(duration * fps) if duration and fps else None)
    return Recording(handle, stream, codec, demuxer, fps, duration, frames)


def _check_declared(recording: Recording, limits: CaptureLimits) -> None:
    width, height = recording.stream.codec_context.width, recording.stream.codec_context.height
    if max(width, height) > limits.video_side or width * height > limits.video_pixels:
        raise too_large(width, height, limits)
    if recording.duration_s is not None and recording.duration_s > limits.duration_s:
        raise too_long(limits)
    if recording.stream.frames > limits.frames:
        raise too_many_frames(limits)


def too_large(width: int, height: int, limits: CaptureLimits) -> InputError:
    """The error for frames of too many pixels."""
    sentence = f"The recording's pictures have {width} x {height} pixels; at most {limits.video_side} a side are read."
    return InputError("capture-too-large", sentence, "Record at 1920 x 1080 or less.")


def too_long(limits: CaptureLimits) -> InputError:
    """The error for a recording that goes on for too long."""
    sentence = f"The recording is longer than {limits.duration_s:.0f} seconds."
    return InputError("capture-too-long", sentence, "Record only the movements that were asked for.")


def too_many_frames(limits: CaptureLimits) -> InputError:
    """The error for a recording of too many frames."""
    sentence = f"The recording has more than {limits.frames:,} frames."
    return InputError("capture-too-many-frames", sentence, "Record at 30 frames a second, and only what was asked for.")
