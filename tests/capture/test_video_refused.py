"""Recordings that cannot be used: each is refused with its code, and before it is decoded where its header shows it."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from capture.clips import make_clip, put, read, refusal
from capture.pictures import encoded, sample
from capture.splice import splice, two_videos, with_other_streams
from simreg.capture import decoder, files, recording
from simreg.capture.frame import Image
from simreg.capture.limits import CaptureLimits
from simreg.capture.video import open_video
from simreg.errors import InputError

FASTSTART = {"movflags": "faststart"}
HOUR_MS = 3_600_000


def noise(index: int) -> Image:
    return np.random.default_rng(index).integers(0, 255, (48, 64, 3), np.uint8)


@pytest.fixture
def undecoded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails the test when a frame is decoded."""

    def fail(*arguments: Any) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(decoder.Decoder, "_decoded", fail)


def test_missing(tmp_path: Path) -> None:
    error = refusal(tmp_path / "none.mp4")
    assert error.code == "file-missing"
    assert "none.mp4" in error.sentence


def test_empty(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").touch()
    assert refusal(tmp_path / "a.mp4").code == "file-empty"


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "file-not-ordinary"


@pytest.mark.parametrize(
    "text",
    [
        "hello, I am a text\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1/a.ts\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile 'other.mp4'\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
        "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'/>",
    ],
)
def test_texts_that_name_other_files_are_not_followed(tmp_path: Path, text: str) -> None:
    make_clip(tmp_path / "other.mp4")
    for name in ("a.mp4", "a.m3u8", "a.ffconcat", "a.sdp", "a.mpd"):
        (tmp_path / name).write_text(text)
        assert refusal(tmp_path / name).code == "capture-unknown"


def test_a_name_that_ffmpeg_would_take_for_a_sequence_or_protocol(tmp_path: Path) -> None:
    for name in ("frame%03d.jpg", "concat:other.mp4|other.mp4", "http:", "pipe:0"):
        clip = make_clip(tmp_path / "other.mp4").rename(tmp_path / name)
        assert len(read(clip)) == 15


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "AVIF"])
def test_a_picture(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.mp4").write_bytes(encoded(sample(), form))
    assert refusal(tmp_path / "a.mp4").code == "capture-is-picture"


def test_one_frame(tmp_path: Path) -> None:
    assert refusal(make_clip(tmp_path / "a.mp4", frames=1)).code == "capture-one-frame"
    (tmp_path / "a.gif").write_bytes(encoded(sample(), "GIF"))
    assert refusal(tmp_path / "a.gif").code == "capture-one-frame"


def test_sound_alone(tmp_path: Path) -> None:
    for name in ("a.mp4", "a.m4a", "a.mkv"):
        assert refusal(with_other_streams(tmp_path / name, video=False, tone=True)).code == "capture-no-video"


def test_a_cover_is_no_video(tmp_path: Path) -> None:
    clip = with_other_streams(tmp_path / "a.mp4", video=False, cover=True, tone=True)
    assert refusal(clip).code == "capture-no-video"


def test_the_video_beside_cover_and_sound_is_taken(tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        clip = with_other_streams(tmp_path / name, video=True, cover=name == "a.mp4", tone=True)
        frames = read(clip)
        assert len(frames) == 15
        assert frames[0].image.shape == (48, 64, 3)


def test_a_codec_that_is_not_read(tmp_path: Path) -> None:
    error = refusal(make_clip(tmp_path / "a.mkv", "ffv1"))
    assert error.code == "capture-codec"
    assert "ffv1" in error.sentence


@pytest.mark.parametrize(("codecs", "width"), [(("libx264", "libx264"), 64), (("ffv1", "libx264"), 32)])
def test_of_two_videos_the_first_readable_one_is_taken(tmp_path: Path, codecs: tuple[str, str], width: int) -> None:
    frames = read(two_videos(tmp_path / "a.mkv", codecs))
    assert len(frames) == 15
    assert {frame.image.shape for frame in frames} == {(48, width, 3)}


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
@pytest.mark.parametrize(
    ("name", "codec", "how"),
    [
        ("a.mp4", "libx264", {}),
        ("a.mp4", "libx264", {"container_options": FASTSTART}),
        ("a.mp4", "libx264", {"container_options": {"movflags": "frag_keyframe+empty_moov"}, "options": {"g": "5"}}),
        ("a.webm", "libvpx", {}),
        ("a.avi", "mjpeg", {"pixels": "yuvj420p"}),
        ("a.gif", "gif", {"pixels": "rgb8"}),
    ],
)
def test_truncated(tmp_path: Path, name: str, codec: str, how: dict[str, Any], share: float) -> None:
    clip = make_clip(tmp_path / name, codec, frames=30, picture=noise, **how)
    assert len(read(clip)) == 30
    data = clip.read_bytes()
    clip.write_bytes(data[: int(share * len(data))])
    expected = {"capture-incomplete", "capture-damaged"}
    if name in ("a.webm", "a.avi") and share == 0.95:
        assert len(read(clip)) >= 27
    else:
        assert refusal(clip).code in expected


def test_the_last_frames_missing_are_borne_up_to_a_tenth(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.webm", "libvpx", frames=30, times_ms=[*range(0, 2900, 100), 9000])
    assert len(read(clip)) == 30
    data = clip.read_bytes()
    clip.write_bytes(data[: data.index(b"\x1f\x43\xb6\x75", data.index(b"\x1f\x43\xb6\x75") + 4)])
    error = refusal(clip)
    assert error.code == "capture-incomplete"
    assert "9." in error.sentence


@pytest.mark.parametrize(("damaged", "usable"), [(2, True), (6, False)])
def test_damaged_frames_are_borne_up_to_a_tenth(tmp_path: Path, damaged: int, usable: bool) -> None:
    clip = make_clip(tmp_path / "a.avi", "mjpeg", frames=30, pixels="yuvj420p")
    data = clip.read_bytes()
    at = data.index(b"movi")
    for _ in range(damaged):
        at = data.index(b"00dc", at) + 8
        data = put(data, at, bytes(int.from_bytes(data[at - 4 : at], "little")))
    clip.write_bytes(data)
    if usable:
        frames = read(clip)
        assert [frame.index for frame in frames] == list(range(28))
        assert frames[-1].time_s == pytest.approx(27 / 15)
    else:
        assert refusal(clip).code == "capture-damaged"


def test_nothing_that_can_be_decoded(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", container_options=FASTSTART)
    data = clip.read_bytes()
    start = data.index(b"mdat") + 4
    clip.write_bytes(data[:start] + bytes(len(data) - start))
    assert refusal(clip).code == "capture-damaged"


def test_a_shape_that_changes(tmp_path: Path) -> None:
    assert refusal(splice(tmp_path, (64, 48), (48, 64))).code == "capture-shape-changes"


def test_frames_without_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Timeless:
        pts = dts = None
        is_corrupt = False

    monkeypatch.setattr(decoder.Decoder, "_decoded", lambda _: iter([Timeless()]))
    assert refusal(make_clip(tmp_path / "a.mp4")).code == "capture-without-times"


@pytest.mark.usefixtures("undecoded")
class TestBeforeDecoding:
    """What the header shows is refused before a frame is decoded."""

    def test_three_hours(self, tmp_path: Path) -> None:
        for name in ("a.mp4", "a.mkv"):
            clip = make_clip(tmp_path / name, frames=4, times_ms=[hour * HOUR_MS for hour in range(4)])
            assert refusal(clip).code == "capture-too-long"

    def test_too_many_frames(self, tmp_path: Path) -> None:
        clip = make_clip(tmp_path / "a.mp4", frames=30)
        assert refusal(clip, limits=CaptureLimits(frames=29)).code == "capture-too-many-frames"

    def test_50000_by_50000(self, tmp_path: Path) -> None:
        clip = make_clip(tmp_path / "a.gif", "gif", pixels="rgb8")
        clip.write_bytes(put(clip.read_bytes(), 6, struct.pack("<HH", 50_000, 50_000)))
        assert refusal(clip).code == "capture-too-large"

    def test_a_long_side(self, tmp_path: Path) -> None:
        error = refusal(make_clip(tmp_path / "a.mp4", frames=2, size=(4352, 32)))
        assert error.code == "capture-too-large"
        assert "4352 x 32" in error.sentence

    def test_more_bytes_than_the_limit(self, tmp_path: Path) -> None:
        clip = make_clip(tmp_path / "a.mp4")
        assert refusal(clip, limits=CaptureLimits(video_bytes=100)).code == "file-too-big"


class TestWhatHeadersHide:
    """Limits hold while decoding, too, as headers lie."""

    def test_three_hours_that_declare_ten_seconds(self, tmp_path: Path) -> None:
        clip = make_clip(tmp_path / "a.mkv", frames=4, times_ms=[hour * HOUR_MS for hour in range(4)])
        data = clip.read_bytes()
        clip.write_bytes(put(data, data.index(b"\x44\x89\x88") + 3, struct.pack(">d", 10_000.0)))
        assert refusal(clip).code == "capture-too-long"

    def test_three_hours_that_declare_nothing(self, tmp_path: Path) -> None:
        times = [hour * HOUR_MS for hour in range(4)]
        clip = make_clip(tmp_path / "a.webm", "libvpx", frames=4, times_ms=times, container_options={"live": "1"})
        assert refusal(clip).code == "capture-too-long"

    def test_more_frames_than_the_limit(self, tmp_path: Path) -> None:
        clip = make_clip(tmp_path / "a.webm", "libvpx", frames=30)
        assert len(read(clip, limits=CaptureLimits(frames=30))) == 30
        assert refusal(clip, limits=CaptureLimits(frames=29)).code == "capture-too-many-frames"

    def test_a_gif_of_100000_frames(self, tmp_path: Path) -> None:
        clip = make_clip(tmp_path / "a.gif", "gif", frames=2, size=(16, 16), pixels="rgb8")
        data = clip.read_bytes()
        last = data.index(b"\x21\xf9", data.index(b"\x21\xf9") + 2)
        clip.write_bytes(data[:last] + put(data[last:-1], 4, b"\0\0") * 100_000 + data[-1:])
        assert refusal(clip).code in ("capture-too-many-frames", "capture-too-long")

    def test_frames_that_grow_beyond_the_limit_are_not_decoded(self, tmp_path: Path) -> None:
        clip = splice(tmp_path, (64, 48), (640, 480))
        assert refusal(clip, limits=CaptureLimits(video_pixels=100_000)).code == "capture-damaged"
        assert len(read(clip)) == 8


def test_a_file_is_closed_when_it_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    original = files.open_regular

    def watch(path: Path, limit: int) -> Any:
        opened.append(original(path, limit))
        return opened[-1]

    monkeypatch.setattr(recording, "open_regular", watch)
    for clip in (make_clip(tmp_path / "a.mp4", frames=1), make_clip(tmp_path / "a.mkv", "ffv1")):
        with pytest.raises(InputError):
            open_video(clip)
    open_video(make_clip(tmp_path / "b.mp4")).close()
    assert [file.closed for file in opened] == [True, True, True]
