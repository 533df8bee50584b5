"""Packets to frames, and what was lost on the way."""

from collections.abc import Generator, Iterator

from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from simreg.capture.frame import Frame
from simreg.capture.limits import CaptureLimits
from simreg.capture.recording import COPY_AGAIN, RECORD_AGAIN, Recording, too_long, too_many_frames
from simreg.capture.upright import Upright
from simreg.errors import InputError

_NEEDED_SHARE = 0.9


class Decoder:
    """Decodes a recording once, from its first frame to its last.

    Frames that are damaged or cannot be decoded are left out and counted. When more than a tenth of the frames or of
    the declared time is missing, `frames` raises at the end: an incomplete recording is not judged silently.
    """

    def __init__(self, recording: Recording, upright: Upright, limits: CaptureLimits, threads: int) -> None:
        self._recording = recording
        self._upright = upright
        self._limits = limits
        self._lost = self._announced = 0
        context = recording.stream.codec_context
        context.thread_count = threads
        context.options = {"max_pixels": str(limits.video_pixels)}

    def frames(self) -> Generator[Frame]:
        """All frames, with their times as they are in the file, which need not rise.

        Raises `InputError` for too many or too long, without times, of changing shape, damaged, incomplete.
        """
        index, first, end = 0, 0.0, 0.0
        for decoded in self._decoded():
            time, length = self._time(decoded)
            first = time if index == 0 else first
            if index >= self._limits.frames:
                raise too_many_frames(self._limits)
            if abs(time - first) > self._limits.duration_s:
                raise too_long(self._limits)
            end = max(end, time + length)
            yield Frame(index, time - first, self._upright.image(decoded))
            index += 1
        self._check_complete(index, max(end, end - first))

    def _decoded(self) -> Iterator[VideoFrame]:
        for packet in self._packets():
            if self._lost > self._limits.frames:
                return
            try:
                frames = self._recording.stream.decode(packet)
            except Exception:  # damaged packets raise more than the bindings' own errors
                self._lost += 1
                continue
            for frame in frames:
                if frame.is_corrupt:
                    self._lost += 1
                else:
                    yield frame

    def _packets(self) -> "Iterator[Packet[VideoStream] | None]":
        """The packets of the video, then None, which makes the decoder give what it holds back."""
        try:
            for packet in self._recording.handle.demux(self._recording.stream):
                if packet.size:
                    self._announced += not packet.is_discard
                    yield packet
        except Exception:
            self._lost += 1
        yield None

    def _time(self, frame: VideoFrame) -> tuple[float, float]:
        """When a frame is shown and for how long, seconds on the file's own clock."""
        stamp, base = frame.pts if frame.pts is not None else frame.dts, self._recording.stream.time_base
        if stamp is None or base is None:
            sentence = "The recording does not say when its frames were taken."
            raise InputError("capture-without-times", sentence, RECORD_AGAIN)
        return float(stamp * base), float((frame.duration or 0) * base)

    def _check_complete(self, count: int, end: float) -> None:
        """``end`` is when the last frame ends; a file's duration may count from zero or from its first frame."""
        one_each = self._recording.container == "mov"  # elsewhere a packet may hold no frame to show
        announced = max(self._announced if one_each else 0, count + self._lost)
        if not count:
            raise InputError("capture-damaged", "No frame of the recording can be decoded.", RECORD_AGAIN)
        if count < _NEEDED_SHARE * announced:
            sentence = f"The recording is damaged: of {announced} frames {count} can be seen."
            raise InputError("capture-damaged", sentence, RECORD_AGAIN)
        duration = self._recording.duration_s
        if duration is not None and end < _NEEDED_SHARE * duration:
            sentence = f"The recording breaks off: of {duration:.1f} seconds {end:.1f} can be seen."
            raise InputError("capture-incomplete", sentence, COPY_AGAIN)
