import os
import struct
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from capture.clips import GREEN, RED, SIZE, WHITE, corners, make_clip, put, quadrants, read
from capture.splice import splice
from simreg.capture.frame import Image
from simreg.capture.limits import CaptureLimits
from simreg.capture.video import open_video

AS_SEEN = ["red", "green", "blue", "white"]
ONE = 1 << 16

FORMATS = [
    ("a.mp4", "libx264", {}, "h264", "mov"),
    ("a.mov", "libx264", {}, "h264", "mov"),
    ("a.3gp", "h263", {"size": (352, 288), "sample_aspect_ratio": Fraction(1)}, "h263", "mov"),
    ("a.mp4", "mpeg4", {}, "mpeg4", "mov"),
    ("a.mp4", "libx265", {}, "hevc", "mov"),
    ("a.mov", "libx265", {"pixels": "yuv420p10le"}, "hevc", "mov"),
    ("a.webm", "libvpx", {}, "vp8", "matroska"),
    ("a.webm", "libvpx-vp9", {}, "vp9", "matroska"),
    ("a.mkv", "libx264", {}, "h264", "matroska"),
    ("a.webm", "libsvtav1", {"size": (128, 96), "options": {"preset": "12"}}, "av1", "matroska"),
    ("a.avi", "mpeg4", {}, "mpeg4", "avi"),
    ("a.avi", "mjpeg", {"pixels": "yuvj420p"}, "mjpeg", "avi"),
    ("a.gif", "gif", {"pixels": "rgb8"}, "gif", "gif"),
]


@pytest.mark.parametrize(("name", "codec", "how", "called", "container"), FORMATS)
def test_every_format(tmp_path: Path, name: str, codec: str, how: dict[str, Any], called: str, container: str) -> None:
    size = how.get("size", SIZE)
    with open_video(make_clip(tmp_path / name, codec, **how)) as source:
        info, frames = source.info, list(source)
    assert [frame.index for frame in frames] == list(range(15))
    assert [frame.time_s for frame in frames] == pytest.approx([index / 15 for index in range(15)], abs=0.006)
    assert all(frame.image.dtype == np.uint8 and frame.image.flags.c_contiguous for frame in frames)
    assert all(corners(frame.image) == AS_SEEN for frame in frames)
    assert (info.width, info.height) == size == frames[0].image.shape[1::-1]
    assert (info.codec, info.container) == (called, container)
    assert info.fps == pytest.approx(15, rel=0.15)
    assert info.duration_s == pytest.approx(1, abs=0.02)
    assert info.frames == pytest.approx(15, abs=2)
    assert (info.rotation, info.mirrored, info.reduced) == (0, False, False)


def test_the_name_does_not_matter(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.webm", "libvpx")
    assert len(read(clip.rename(tmp_path / "playlist%03d.m3u8"))) == 15


def test_frames_hold_what_was_recorded(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", options={"crf": "1"})
    for frame in read(clip):
        assert frame.image[SIZE[1] // 2 - 1].sum(1).argmin() == frame.index


def test_a_fragmented_mp4(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", container_options={"movflags": "frag_keyframe+empty_moov"})
    assert [frame.time_s for frame in read(clip)] == pytest.approx([index / 15 for index in range(15)])


def test_a_webm_as_browsers_write_it_declares_no_duration(tmp_path: Path) -> None:
    with open_video(make_clip(tmp_path / "a.webm", "libvpx", container_options={"live": "1"})) as source:
        assert (source.info.duration_s, source.info.frames) == (None, None)
        assert len(list(source)) == 15


def test_variable_frame_times_are_kept(tmp_path: Path) -> None:
    times = [0, 33, 400, 410, 900, 1500]
    for name, codec in (("a.mp4", "libx264"), ("a.webm", "libvpx"), ("a.mkv", "libx264")):
        clip = make_clip(tmp_path / name, codec, frames=6, times_ms=times)
        assert [frame.time_s for frame in read(clip)] == pytest.approx([time / 1000 for time in times], abs=0.001)


def test_times_begin_at_the_first_frame(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mkv", frames=3, times_ms=[5000, 5100, 5200])
    assert [frame.time_s for frame in read(clip)] == pytest.approx([0, 0.1, 0.2], abs=0.001)


def test_times_that_do_not_rise_are_left_to_be_judged(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.webm", "libvpx", frames=5, times_ms=[0, 100, 200, 300, 400])
    data = clip.read_bytes()
    block = data.index(b"\x81" + struct.pack(">h", 300), data.index(b"\x1f\x43\xb6\x75"))
    clip.write_bytes(put(data, block + 1, struct.pack(">h", 50)))
    assert [frame.time_s for frame in read(clip)] == pytest.approx([0, 0.1, 0.2, 0.05, 0.4])


ROTATIONS = [
    ((0, ONE, -ONE, 0), 90, (48, 64), ["blue", "red", "white", "green"]),
    ((-ONE, 0, 0, -ONE), 180, (64, 48), ["white", "blue", "green", "red"]),
    ((0, -ONE, ONE, 0), 270, (48, 64), ["green", "white", "red", "blue"]),
    ((-ONE, 0, 0, ONE), 0, (64, 48), ["green", "red", "white", "blue"]),
]


@pytest.mark.parametrize(("matrix", "rotation", "size", "seen"), ROTATIONS)
def test_the_display_matrix_is_applied(
    tmp_path: Path, matrix: tuple[int, int, int, int], rotation: int, size: tuple[int, int], seen: list[str]
) -> None:
    clip = make_clip(tmp_path / "a.mp4")
    data, (a, b, c, d) = clip.read_bytes(), matrix
    clip.write_bytes(put(data, data.index(b"tkhd") + 44, struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)))
    with open_video(clip) as source:
        assert (source.info.width, source.info.height) == size
        assert source.info.rotation == rotation
        for frame in source:
            assert corners(frame.image) == seen
            assert frame.image.shape == (size[1], size[0], 3)
    assert corners(read(clip, mirrored=True)[0].image) == [seen[1], seen[0], seen[3], seen[2]]


def test_mirrored_is_turned_back(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4")
    with open_video(clip, mirrored=True) as source:
        assert source.info.mirrored
        assert corners(next(iter(source)).image) == ["green", "red", "white", "blue"]


@pytest.mark.parametrize("size", [(64, 48), (63, 47), (65, 49), (33, 64)])
def test_odd_sizes(tmp_path: Path, size: tuple[int, int]) -> None:
    frames = read(make_clip(tmp_path / "a.webm", "libvpx-vp9", size=size))
    assert frames[0].image.shape == (size[1], size[0], 3)
    assert corners(frames[0].image) == AS_SEEN


@pytest.mark.parametrize("colour", [RED, GREEN, WHITE, (235, 235, 235), (16, 16, 16)])
@pytest.mark.parametrize(("matrix", "whole_range"), [(None, None), (1, 1), (5, 1), (1, 2), (5, 2)])
def test_colours_of_every_matrix_and_range(
    tmp_path: Path, colour: tuple[int, int, int], matrix: int | None, whole_range: int | None
) -> None:
    tags: dict[str, Any] = {
        name: value for name, value in (("colorspace", matrix), ("color_range", whole_range)) if value
    }

    def plain(index: int) -> Image:
        return np.full((SIZE[1], SIZE[0], 3), colour, np.uint8)

    clip = make_clip(tmp_path / "a.mp4", frames=2, options={"crf": "1"}, picture=plain, **tags)
    assert np.abs(read(clip)[1].image.astype(int) - colour).max() <= 4


def test_pixels_that_are_not_square_are_made_square(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", sample_aspect_ratio=Fraction(4, 3))
    with open_video(clip) as source:
        assert (source.info.width, source.info.height) == (85, 48)
        assert next(iter(source)).image.shape == (48, 85, 3)


def test_large_frames_are_reduced_by_a_whole_factor(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", frames=2, size=(100, 60))
    with open_video(clip, CaptureLimits(video_reduced_side=50)) as source:
        assert (source.info.width, source.info.height, source.info.reduced) == (50, 30, True)
        assert corners(next(iter(source)).image) == AS_SEEN
    with open_video(clip, CaptureLimits(video_reduced_side=49)) as source:
        assert (source.info.width, source.info.height) == (33, 20)
    with open_video(clip, CaptureLimits(video_reduced_side=100)) as source:
        assert not source.info.reduced


def test_a_resolution_that_adapts_keeps_the_first_size(tmp_path: Path) -> None:
    images = [frame.image for frame in read(splice(tmp_path, (64, 48), (128, 96)))]
    assert {image.shape for image in images} == {(48, 64, 3)}
    assert all(corners(image) == AS_SEEN for image in images)


def test_frames_are_read_once(tmp_path: Path) -> None:
    with open_video(make_clip(tmp_path / "a.mp4")) as source:
        assert len(list(source)) == 15
        with pytest.raises(RuntimeError):
            iter(source)


def test_an_iteration_ends_when_the_file_is_closed(tmp_path: Path) -> None:
    with open_video(make_clip(tmp_path / "a.mp4")) as source:
        frames = iter(source)
        next(frames)
    assert len(list(frames)) <= 1


def test_frames_are_not_changed_by_later_ones(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4")
    kept = read(clip)
    with open_video(clip) as source:
        for frame in source:
            np.testing.assert_array_equal(frame.image, kept[frame.index].image)
    assert not np.array_equal(kept[0].image, kept[14].image)
    assert quadrants().shape == kept[0].image.shape


@pytest.mark.skipif(not hasattr(os, "sched_getscheduler"), reason="this system has no scheduling policies")
def test_an_encoder_does_not_make_the_suite_a_real_time_program(tmp_path: Path) -> None:
    before = os.sched_getscheduler(0)
    make_clip(tmp_path / "a.webm", "libsvtav1", size=(128, 96), options={"preset": "12"})
    assert os.sched_getscheduler(0) == before


@pytest.mark.parametrize("read", [15, 3], ids=["to the end", "in part"])
def test_frames_can_be_read_without_holding_the_source(tmp_path: Path, read: int) -> None:
    """In a process of its own: it once ended with a fault in the decoder's memory."""
    clip = make_clip(tmp_path / "a.mp4")
    program = (
        "import sys, itertools, pathlib; from simreg.capture.video import open_video\n"
        "for _ in range(3): seen = list(itertools.islice(open_video(pathlib.Path(sys.argv[1])), int(sys.argv[2])))\n"
        "print(len(seen))"
    )
    done = subprocess.run([sys.executable, "-c", program, clip, str(read)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{read}\n"), done.stderr
