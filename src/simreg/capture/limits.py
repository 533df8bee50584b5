"""How much of a file or camera is read at most."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class CaptureLimits:
    """Limits that are held before decoding, from what a file declares, and again while decoding, as files lie.

    Bytes of a file, pixels of a picture or frame, sides in pixels, seconds, counts. The defaults leave room for what
    people have and refuse the rest:

    - 120 s and 4,000 frames are 2 minutes at 30 frames a second; a challenge takes 5 to 20 s. 300 MB is what a phone
      writes in that time at 20 Mbit/s.
    - 4096 pixels a side and 4096 x 2304 in all is 4K film; 17 such frames, which H.264 may keep (H.264, A.3.1), are
      240 MB. Frames with a long side above 1,920 are reduced by a whole factor: a face needs far less.
    - 50 megapixels is what a phone's camera gives, and more than an A4 page scanned at 600 dpi (35); WebP and AVIF, whose
      decoders keep copies, are held to half: 150 to 400 MB while decoding. Above 4,000 a side pictures are reduced: the
      portrait on a card that fills half of the width is then still 500 pixels wide.
    - ``samples`` bounds what an MP4's tables may claim: FFmpeg keeps 60 bytes for each, whether it exists or not.
    """

    video_bytes: int = 300 * MEGABYTE
    video_side: int = 4096
    video_pixels: int = 4096 * 2304
    video_reduced_side: int = 1920
    duration_s: float = 120.0
    frames: int = 4000
    samples: int = 4_000_000
    picture_bytes: int = 40 * MEGABYTE
    picture_side: int = 20_000
    picture_pixels: int = 50_000_000
    picture_reduced_side: int = 4000


DEFAULT_LIMITS = CaptureLimits()
