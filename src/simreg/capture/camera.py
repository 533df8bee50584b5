"""A camera of this machine to frames."""

import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Protocol, Self

import cv2
import numpy as np

from simreg.capture.frame import Frame
from simreg.capture.limits import DEFAULT_LIMITS, CaptureLimits
from simreg.errors import InputError

_WIDTH, _HEIGHT, _FPS = 640, 480, 30
_SILENT = 0
_logging: Any = getattr(cv2.utils, "logging", cv2)  # OpenCV 5 moved it


class Device(Protocol):
    """What is needed of `cv2.VideoCapture`."""

    def isOpened(self) -> bool:  # noqa: N802
        """Whether there is a camera."""
        ...

    def read(self) -> tuple[bool, Any]:
        """Whether a picture came, and the picture: uint8 BGR, shape (height, width, 3)."""
        ...

    def release(self) -> None:
        """Give the camera back."""
        ...


class CameraSource:
    """An open camera; its frames end when the time is over. A context manager that gives the camera back."""

    def __init__(
        self, device: Device, seconds: float, limits: CaptureLimits, mirrored: bool, clock: Callable[[], float]
    ) -> None:
        self._device = device
        self._seconds = min(seconds, limits.duration_s)
        self._limits = limits
        self._mirrored = mirrored
        self._clock = clock

    def __iter__(self) -> Iterator[Frame]:
        """Frames as they come, upright RGB; times are the clock's when a picture has come, from the first one's.

        Raises `InputError` when the camera gives none, or stops before the time is over.
        """
        start = 0.0
        for index in range(self._limits.frames):
            came, picture = self._device.read()
            now = self._clock()
            if not came or picture is None:
                raise _gone() if index else _unavailable()
            start = start if index else now
            if now - start > self._seconds:
                return
            image = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), np.uint8)
            yield Frame(index, now - start, np.asarray(cv2.flip(image, 1), np.uint8) if self._mirrored else image)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the camera back."""
        self._device.release()


def open_camera(
    index: int = 0,
    *,
    seconds: float,
    limits: CaptureLimits = DEFAULT_LIMITS,
    mirrored: bool = False,
    clock: Callable[[], float] = time.monotonic,
    device: Callable[[int], Device] | None = None,
) -> CameraSource:
    """Open a camera by its number, for at most ``seconds`` (and no longer than the limits allow).

    ``mirrored`` says that the camera gives a mirror image, and turns it back; ``clock`` gives seconds; ``device`` opens
    another camera than this machine's. Raises `InputError` where there is no camera.
    """
    opened = (device or _this_machines)(index)
    if not opened.isOpened():
        opened.release()
        raise _unavailable()
    return CameraSource(opened, seconds, limits, mirrored, clock)


def _this_machines(index: int) -> Device:
    level = _logging.getLogLevel()
    _logging.setLogLevel(_SILENT)
    try:
        camera = cv2.VideoCapture(index)
        camera.set(cv2.CAP_PROP_FRAME_WIDTH, _WIDTH)
        camera.set(cv2.CAP_PROP_FRAME_HEIGHT, _HEIGHT)
        camera.set(cv2.CAP_PROP_FPS, _FPS)
        return camera
    finally:
        _logging.setLogLevel(level)


def _unavailable() -> InputError:
    sentence = "There is no camera that can be used."
    remedy = "Plug one in, close other programs that use it, or allow its use; or give a recorded file."
    return InputError("camera-unavailable", sentence, remedy)


def _gone() -> InputError:
    return InputError("camera-lost", "The camera stopped giving pictures.", "Check its cable and begin again.")
