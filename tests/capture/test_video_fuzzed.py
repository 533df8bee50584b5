"""Damaged recordings give frames or an `InputError`, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capture.clips import make_clip
from simreg.capture.limits import CaptureLimits
from simreg.capture.video import open_video
from simreg.errors import InputError

KINDS = {
    "h264.mp4": ("libx264", {}),
    "fragmented.mp4": ("libx264", {"container_options": {"movflags": "frag_keyframe+empty_moov"}}),
    "hevc.mov": ("libx265", {}),
    "vp8.webm": ("libvpx", {}),
    "vp9.webm": ("libvpx-vp9", {}),
    "mpeg4.avi": ("mpeg4", {}),
    "mjpeg.avi": ("mjpeg", {"pixels": "yuvj420p"}),
    "a.gif": ("gif", {"pixels": "rgb8"}),
}
BEGINNINGS = [b"", b"\0\0\0\x14ftypisom\0\0\0\0isom", b"\x1a\x45\xdf\xa3", b"RIFF\xff\xff\0\0AVI LIST", b"GIF89a"]
ABSURD = [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff"]
LIMITS = CaptureLimits(video_pixels=200_000, frames=100, duration_s=10)
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("clips")
    return {
        name: make_clip(folder / name, codec, frames=6, **how).read_bytes()  # type: ignore[arg-type]
        for name, (codec, how) in KINDS.items()
    }


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("victim") / "victim"


@settings(PATIENT, max_examples=100)
@given(st.sampled_from(BEGINNINGS), st.binary(min_size=1, max_size=400))
def test_random_bytes(victim: Path, start: bytes, data: bytes) -> None:
    victim.write_bytes(start + data)
    read_or_refuse(victim)


@settings(PATIENT, max_examples=200)
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)), max_size=6),
    st.one_of(st.just(1.0), st.floats(0.02, 1)),
)
def test_damaged_bytes(
    clips: dict[str, bytes], victim: Path, name: str, damage: list[tuple[float, bytes]], share: float
) -> None:
    data = bytearray(clips[name])
    for place, value in damage:
        at = int(place * len(data))
        data[at : at + len(value)] = value
    victim.write_bytes(data[: max(1, int(share * len(data)))])
    read_or_refuse(victim)


@settings(PATIENT, max_examples=100)
@given(
    st.sampled_from(sorted(KINDS)), st.integers(0, 699), st.sampled_from([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff"])
)
def test_headers_of_absurd_numbers(clips: dict[str, bytes], victim: Path, name: str, place: int, value: bytes) -> None:
    data = bytearray(clips[name])
    header = data.find(b"moov") if name.endswith(("mp4", "mov")) else 0
    at = (max(0, header) + place) % len(data)
    data[at : at + len(value)] = value
    victim.write_bytes(data)
    read_or_refuse(victim)


def read_or_refuse(path: Path) -> None:
    try:
        with open_video(path, LIMITS) as source:
            shapes = {frame.image.shape for frame in source}
    except InputError as error:
        assert error.code.startswith(("capture-", "file-"))  # noqa: PT017  (either may be)
    else:
        assert shapes == {(source.info.height, source.info.width, 3)}
