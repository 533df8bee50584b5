"""Files of the cache: where it is, digests, and writing so that no reader ever sees half a file."""

import hashlib
import os
import secrets
import sys
from pathlib import Path

from simreg.errors import ModelError


def cache_folder() -> Path:
    """Folder of the user's cache: SIMREG_CACHE, or ``simreg`` in the place that the platform keeps for caches.

    Raises ModelError ``cache-unknown`` where there is neither that nor a home folder.
    """
    try:
        if own := os.environ.get("SIMREG_CACHE"):
            return Path(own).expanduser()
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "simreg" / "Cache"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "simreg"
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "simreg"
    except RuntimeError as error:
        raise ModelError(
            "cache-unknown", "This user has no home folder to keep weights in.", "Name a folder in SIMREG_CACHE."
        ) from error


def local_folder() -> Path | None:
    """Folder named by SIMREG_MODELS, or None."""
    named = os.environ.get("SIMREG_MODELS")
    return Path(named).expanduser() if named else None


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_atomically(path: Path, data: bytes) -> None:
    """Put a file in its place at once; of two processes that write the same file, either may win.

    Raises ModelError ``cache-unwritable``.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _put(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ModelError(
            "cache-unwritable",
            f"The cache cannot be written: {path}: {error.strerror or error}.",
            "Make room or give write permission there, or name another folder in SIMREG_CACHE.",
        ) from error


def _put(part: Path, path: Path) -> None:
    """Rename over the old file; Windows refuses while another process reads it, which is fine if it is the same."""
    try:
        part.replace(path)
    except PermissionError:
        if not path.is_file() or path.read_bytes() != part.read_bytes():
            raise
