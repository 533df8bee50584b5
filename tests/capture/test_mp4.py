"""Small MP4 files whose tables claim more than they hold."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capture.clips import TABLES, box, edit_box, make_clip, read, refusal
from simreg.capture.limits import DEFAULT_LIMITS, CaptureLimits
from simreg.capture.mp4 import check_mp4
from simreg.errors import InputError

BILLION = 1_000_000_000
EDITS = (b"moov", b"trak", b"edts", b"elst")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_clip(tmp_path_factory.mktemp("mp4") / "a.mp4").read_bytes()


def code_of(data: bytes, limits: CaptureLimits = DEFAULT_LIMITS) -> str:
    with pytest.raises(InputError) as caught:
        check_mp4(io.BytesIO(data), limits)
    return caught.value.code


def test_an_honest_file(clip: bytes) -> None:
    check_mp4(io.BytesIO(clip), DEFAULT_LIMITS)
    check_mp4(io.BytesIO(clip), CaptureLimits(samples=15))
    assert code_of(clip, CaptureLimits(samples=14)) == "capture-header-too-large"


def table(kind: bytes, *numbers: int) -> bytes:
    return box(kind, struct.pack(f">{len(numbers) + 1}I", 0, *numbers))


@pytest.mark.parametrize(
    ("kind", "claim"),
    [
        (b"stsz", table(b"stsz", 1, BILLION)),
        (b"stsz", table(b"stz2", 8, BILLION)),
        (b"stts", table(b"stts", 1, BILLION, 1)),
        (b"stts", table(b"stts", 2, 3_000_000, 1, 3_000_000, 1)),
        (b"stsc", table(b"ctts", 1, BILLION, 1)),
    ],
)
def test_tables_that_claim_a_billion_samples(tmp_path: Path, clip: bytes, kind: bytes, claim: bytes) -> None:
    data = edit_box(clip, (*TABLES, kind), lambda _: claim)
    assert code_of(data) == "capture-header-too-large"
    (tmp_path / "a.mp4").write_bytes(data)
    assert refusal(tmp_path / "a.mp4").code == "capture-header-too-large"


def test_a_fragment_that_claims_a_billion_samples(clip: bytes) -> None:
    assert code_of(clip + box(b"moof", box(b"traf", table(b"trun", BILLION)))) == "capture-header-too-large"


def test_an_edit_list_that_repeats_the_samples(clip: bytes) -> None:
    def edited(times: int) -> bytes:
        entries = struct.pack(">IIHH", 1000, 0, 1, 0) * times
        return edit_box(clip, EDITS, lambda _: box(b"elst", struct.pack(">II", 0, times), entries))

    check_mp4(io.BytesIO(edited(3)), DEFAULT_LIMITS)
    assert code_of(edited(300_000)) == "capture-header-too-large"


@pytest.mark.parametrize("kind", [b"cmov", b"iinf", b"iloc"])
def test_headers_that_cannot_be_counted(clip: bytes, kind: bytes) -> None:
    assert code_of(clip + box(b"meta", box(kind, bytes(8)))) == "capture-header-too-large"


def test_a_claim_hidden_in_an_unused_box(clip: bytes) -> None:
    assert code_of(clip + box(b"free", table(b"stsz", 1, BILLION))) == "capture-header-too-large"


def test_film_data_are_not_looked_through(clip: bytes) -> None:
    check_mp4(io.BytesIO(clip + box(b"mdat", table(b"stsz", 1, BILLION))), DEFAULT_LIMITS)


def test_very_many_boxes_tables_or_bytes(clip: bytes) -> None:
    assert code_of(clip + box(b"free") * 60_000) == "capture-header-too-large"
    assert code_of(clip + box(b"moov", table(b"stts", 0) * 2000)) == "capture-header-too-large"
    assert code_of(clip + box(b"free", bytes(17_000_000))) == "capture-header-too-large"


@pytest.mark.parametrize("kind", [b"moov", b"moof", b"mdat"])
def test_a_box_that_reaches_beyond_the_end(clip: bytes, kind: bytes) -> None:
    assert code_of(clip + box(kind, bytes(100))[:-1]) == "capture-incomplete"


def test_lengths_of_64_bits_and_to_the_end(clip: bytes) -> None:
    check_mp4(io.BytesIO(clip + struct.pack(">I4sQ", 1, b"mdat", 20) + bytes(4)), DEFAULT_LIMITS)
    assert code_of(clip + struct.pack(">I4sQ", 1, b"mdat", 2**63)) == "capture-incomplete"
    check_mp4(io.BytesIO(clip + struct.pack(">I4s", 0, b"mdat") + bytes(100)), DEFAULT_LIMITS)


def test_bytes_behind_the_last_box_are_borne(tmp_path: Path, clip: bytes) -> None:
    (tmp_path / "a.mp4").write_bytes(clip + bytes(1000))
    assert len(read(tmp_path / "a.mp4")) == 15


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_pass_or_are_refused(clip: bytes, data: bytes, behind: bool) -> None:
    try:
        check_mp4(io.BytesIO(clip + data if behind else data), DEFAULT_LIMITS)
    except InputError as error:
        assert error.code in ("capture-header-too-large", "capture-incomplete")  # noqa: PT017  (either may be)
