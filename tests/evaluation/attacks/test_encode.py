"""Recordings that depend on nothing but the frames."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from capture.clips import read
from simreg.capture.frame import Frame
from simreg.errors import InputError
from simreg.evaluation.attacks.encode import write_video


def frames(count: int = 8, times: list[float] | None = None, size: tuple[int, int] = (64, 48)) -> list[Frame]:
    rough = np.random.default_rng(3).integers(0, 255, (count, *size[::-1], 3), np.uint8)
    return [Frame(i, times[i] if times else i / 15, image) for i, image in enumerate(rough)]


def test_the_same_frames_make_the_same_bytes(tmp_path: Path) -> None:
    one, two, other = tmp_path / "one.mp4", tmp_path / "two.mp4", tmp_path / "other.mp4"
    assert write_video(frames(), one) == 8
    write_video(frames(), two)
    write_video(frames(7), other)
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes() != other.read_bytes()


def test_frames_keep_their_own_times(tmp_path: Path) -> None:
    times = [0.0, 0.04, 0.12, 0.16, 0.5, 0.533]
    write_video(frames(6, times), tmp_path / "v.mp4")
    assert [frame.time_s for frame in read(tmp_path / "v.mp4")] == pytest.approx(times, abs=1e-4)


def test_an_odd_row_or_column_is_cut_off(tmp_path: Path) -> None:
    write_video(frames(size=(65, 49)), tmp_path / "v.mp4")
    assert read(tmp_path / "v.mp4")[0].image.shape == (48, 64, 3)


def test_without_h264_it_is_mpeg4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("av.codecs_available", {"mpeg4"})
    write_video(frames(5, [0.0, 0.04, 0.12, 0.16, 0.5]), tmp_path / "v.mp4")
    assert [frame.time_s for frame in read(tmp_path / "v.mp4")] == pytest.approx([0, 0.04, 0.12, 0.16, 0.5], abs=1e-3)


@pytest.mark.parametrize("size", [(360, 640), (410, 412)])
def test_what_memory_holds_by_chance_makes_no_difference(tmp_path: Path, size: tuple[int, int]) -> None:
    made, rough = [], np.random.default_rng(1)
    images = [cv2.GaussianBlur(rough.integers(0, 255, (*size[::-1], 3), np.uint8), (0, 0), 5) for _ in range(20)]
    for fill in range(8):
        junk = [np.full(142_858 * (fill + 1) + 4096 * fill, 37 * fill % 256, np.uint8) for _ in range(5)]
        del junk
        write_video((Frame(i, i / 15, np.asarray(image)) for i, image in enumerate(images)), tmp_path / "v.mp4")
        made.append((tmp_path / "v.mp4").read_bytes())
    assert len(set(made)) == 1


def test_nothing_is_left_where_it_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_video(frames(), tmp_path / "no" / "v.mp4")
    assert caught.value.code == "output-unwritable"


def test_nothing_is_left_of_an_attack_that_breaks_off(tmp_path: Path) -> None:
    def broken() -> Iterator[Frame]:
        yield from frames(3)
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        write_video(broken(), tmp_path / "v.mp4")
    assert list(tmp_path.iterdir()) == []
