"""Decoded frames to upright RGB of one size."""

from typing import cast

import cv2
import numpy as np
from av.buffer import Buffer
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from simreg.capture.frame import Image
from simreg.capture.limits import CaptureLimits
from simreg.capture.orientation import Orientation, orientation_of_matrix, turn_upright
from simreg.errors import InputError

_SAME_SHAPE = 0.02
_MOST_ASPECT = 4.0


class Upright:
    """Gives every frame the size, shape and orientation that the first one is to have.

    FFmpeg's own converter makes RGB of planes of any matrix, range and depth: on one thread it is the fastest of the
    ways measured, and it scales odd pixel shapes in the same pass. Frames above the limit are then reduced by a whole
    factor, as an average over squares.
    """

    def __init__(self, aspect: float, limits: CaptureLimits, mirrored: bool) -> None:
        """``aspect`` is a pixel's width over its height; absurd values count as 1."""
        self._aspect = aspect if 1 / _MOST_ASPECT <= aspect <= _MOST_ASPECT else 1.0
        self._limits = limits
        self._mirrored = mirrored
        self._converter = VideoReformatter()
        self._shape: tuple[int, int] | None = None
        self.orientation = Orientation.UPRIGHT
        self.reduction = 1

    def image(self, frame: VideoFrame) -> Image:
        """The frame's pixels as they are to be seen. Raises `InputError` when its shape differs from the first one's."""
        width, height = self._shown(frame)
        try:
            converted = self._converter.reformat(frame, width, height, "rgb24", threads=1)
            pixels = np.asarray(converted.to_ndarray(), np.uint8)
        except Exception:
            sentence = "The recording's pixels are of a kind that is not read here."
            raise InputError("capture-pixels", sentence, "Convert it to MP4 with H.264.") from None
        if self.reduction > 1:
            size = (max(1, width // self.reduction), max(1, height // self.reduction))
            pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        image = turn_upright(pixels, self.orientation)
        return turn_upright(image, Orientation.MIRROR) if self._mirrored else image

    def _shown(self, frame: VideoFrame) -> tuple[int, int]:
        """Width and height that the first frame has with square pixels; learns them from it."""
        if self._shape is None:
            self._shape = max(1, round(frame.width * self._aspect)), frame.height
            self.reduction = -(-max(self._shape) // self._limits.video_reduced_side)
            matrix = cast("Buffer | None", frame.side_data.get("DISPLAYMATRIX"))
            self.orientation = orientation_of_matrix(bytes(matrix)) if matrix else Orientation.UPRIGHT
        width, height = self._shape
        if abs(frame.width * self._aspect * height / (width * frame.height) - 1) > _SAME_SHAPE:
            sentence = "The recording's picture changes its shape in the middle."
            raise InputError("capture-shape-changes", sentence, "Record again without turning the device.")
        return width, height
