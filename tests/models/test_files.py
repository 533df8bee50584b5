import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from simreg.errors import ModelError
from simreg.models import files


def test_own_variable_names_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SIMREG_CACHE", str(tmp_path))
    assert files.cache_folder() == tmp_path


@pytest.mark.parametrize(
    ("platform", "variable", "expected"),
    [
        ("linux", "XDG_CACHE_HOME", "base/simreg"),
        ("linux", None, "home/.cache/simreg"),
        ("darwin", None, "home/Library/Caches/simreg"),
        ("win32", "LOCALAPPDATA", "base/simreg/Cache"),
        ("win32", None, "home/AppData/Local/simreg/Cache"),
    ],
)
def test_else_the_platform_says_where(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, variable: str | None, expected: str
) -> None:
    for name in ("SIMREG_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / "base"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(sys, "platform", platform)
    assert files.cache_folder() == tmp_path / expected


def test_a_user_without_a_home_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    for name in ("SIMREG_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(ModelError, match="SIMREG_CACHE"):
        files.cache_folder()


def test_writing_replaces_and_leaves_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "new" / "file"
    files.write_atomically(place, b"old")
    files.write_atomically(place, b"new")
    assert place.read_bytes() == b"new"
    assert list(place.parent.iterdir()) == [place]


def test_a_write_that_fails_leaves_the_old_file_whole(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    place = tmp_path / "file"
    files.write_atomically(place, b"old")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ModelError, match="No space left") as caught:
        files.write_atomically(place, b"new")
    assert caught.value.code == "cache-unwritable"
    assert place.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [place]


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"")
    with pytest.raises(ModelError, match="SIMREG_CACHE"):
        files.write_atomically(tmp_path / "cache" / "file", b"data")


def test_many_writers_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    place = tmp_path / "file"
    contents = [bytes([number]) * 100_000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda data: files.write_atomically(place, data), contents))
    assert place.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [place]


def test_a_file_that_another_process_holds_open_is_fine_only_if_it_is_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def held(self: Path, target: Path) -> None:
        raise PermissionError(13, "held open")

    place = tmp_path / "file"
    place.write_bytes(b"same")
    monkeypatch.setattr(Path, "replace", held)
    files.write_atomically(place, b"same")
    with pytest.raises(ModelError, match="held open"):
        files.write_atomically(place, b"other")


def test_digests_agree(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert files.sha256(b"abc") == files.sha256_of(tmp_path / "file") == known
