import os
from pathlib import Path

import pytest

from simreg.capture.files import open_regular, shown
from simreg.errors import InputError


def code_of(path: Path, limit: int = 10) -> str:
    with pytest.raises(InputError) as caught:
        open_regular(path, limit).close()
    assert str(path.parent) == "." or str(path.parent) not in str(caught.value)
    return caught.value.code


def test_an_ordinary_file_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"0123456789")
    with open_regular(path, 10) as file:
        assert file.read() == b"0123456789"


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with open_regular(tmp_path / "b", 10) as file:
        assert file.read() == b"x"


def test_missing(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none") == "file-missing"


def test_a_link_to_nowhere_is_missing(tmp_path: Path) -> None:
    (tmp_path / "b").symlink_to(tmp_path / "none")
    assert code_of(tmp_path / "b") == "file-missing"


def test_empty(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert code_of(tmp_path / "a") == "file-empty"


def test_too_big_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(1 << 40)
    assert code_of(tmp_path / "a", 300_000_000) == "file-too-big"


def test_a_folder(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "file-not-ordinary"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    assert code_of(tmp_path / "a") == "file-not-ordinary"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/stdin"])
def test_a_device(device: str) -> None:
    if not Path(device).exists() or Path(device).is_file():
        pytest.skip(f"{device} is no device here")
    with pytest.raises(InputError) as caught:
        open_regular(Path(device), 10).close()
    assert caught.value.code == "file-not-ordinary"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_have(name: str) -> None:
    assert code_of(Path(name)) == "file-unreadable"


@pytest.mark.parametrize("error", [PermissionError(13, "no"), OSError(5, "disk")])
def test_what_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    (tmp_path / "a").write_bytes(b"x")

    def refuse(*arguments: object) -> int:
        raise error

    monkeypatch.setattr(os, "open", refuse)
    assert code_of(tmp_path / "a") == "file-unreadable"


def test_names_are_shown_without_folder_and_unprintable_letters() -> None:
    assert shown(Path("/secret/a\x1b[31m\nb\udcff.mp4")) == "a?[31m?b?.mp4"
    assert len(shown(Path("x" * 200))) == 80
