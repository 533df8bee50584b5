from collections.abc import Callable, Iterable, Iterator
from itertools import count

import numpy as np
import pytest

from capture.clips import corners, quadrants
from simreg.capture.camera import CameraSource, open_camera
from simreg.capture.limits import CaptureLimits
from simreg.errors import InputError


class SyntheticCamera:
    """Gives the same picture so many times."""

    def __init__(self, pictures: int | None, there: bool = True) -> None:
        self._left: Iterator[int] = iter(count() if pictures is None else range(pictures))
        self._there = there
        self.released = False

    def isOpened(self) -> bool:  # noqa: N802
        return self._there

    def read(self) -> tuple[bool, object]:
        came = next(self._left, None) is not None
        return came, np.ascontiguousarray(quadrants()[..., ::-1]) if came else None

    def release(self) -> None:
        self.released = True


def ticking(times: Iterable[float]) -> Callable[[], float]:
    return iter(times).__next__


def opened(camera: SyntheticCamera, seconds: float = 1.0, step: float = 0.1, **arguments: object) -> CameraSource:
    clock = ticking(100 + step * index for index in count())
    return open_camera(seconds=seconds, device=lambda _: camera, clock=clock, **arguments)  # type: ignore[arg-type]


def test_frames_until_the_time_is_over() -> None:
    camera = SyntheticCamera(None)
    with opened(camera) as source:
        frames = list(source)
        assert not camera.released
    assert camera.released
    assert [frame.index for frame in frames] == list(range(11))
    assert [frame.time_s for frame in frames] == pytest.approx([index / 10 for index in range(11)])
    assert all(corners(frame.image) == ["red", "green", "blue", "white"] for frame in frames)


def test_mirrored_is_turned_back() -> None:
    with opened(SyntheticCamera(None), mirrored=True) as source:
        assert corners(next(iter(source)).image) == ["green", "red", "white", "blue"]


def test_the_number_is_handed_on() -> None:
    asked: list[int] = []

    def device(index: int) -> SyntheticCamera:
        asked.append(index)
        return SyntheticCamera(None)

    open_camera(3, seconds=1, device=device).close()
    assert asked == [3]


def test_no_camera() -> None:
    camera = SyntheticCamera(None, there=False)
    with pytest.raises(InputError) as caught:
        opened(camera)
    assert caught.value.code == "camera-unavailable"
    assert camera.released


def test_a_camera_of_this_machine_that_does_not_exist(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError) as caught:
        open_camera(97, seconds=1)
    assert caught.value.code == "camera-unavailable"
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(("pictures", "code"), [(0, "camera-unavailable"), (3, "camera-lost")])
def test_a_camera_that_gives_no_more(pictures: int, code: str) -> None:
    with opened(SyntheticCamera(pictures)) as source, pytest.raises(InputError) as caught:
        list(source)
    assert caught.value.code == code


def test_limits_hold() -> None:
    with opened(SyntheticCamera(None), seconds=1e9, limits=CaptureLimits(duration_s=2)) as source:
        assert len(list(source)) == 21
    with opened(SyntheticCamera(None), step=0, limits=CaptureLimits(frames=7)) as source:
        assert len(list(source)) == 7
