"""The user's cache of weights: published files, networks made of them, and attempts that failed.

    weights/<digest>-<name>                the published file, and beside it .origin, where it came from
    ready/<stem>-<digest>-<version>.onnx   the network made of it, and beside it .sha256, its own digest
    attempts/<digest>-<name>               when upstream could not be reached, and why

A file that is damaged counts as absent and is made or fetched again. Processes may share the cache without a lock:
every file is put in its place at once, and two that write the same file write the same bytes.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from simreg.errors import ModelError
from simreg.models.files import sha256, sha256_of, write_atomically
from simreg.models.manifest import Entry


@dataclass(frozen=True, slots=True)
class Failure:
    """An attempt that failed: ``when`` in seconds since 1970, and why."""

    when: float
    why: str


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of weights that simreg itself keeps."""

    folder: Path

    def place(self, entry: Entry) -> Path:
        """Where the published file is kept."""
        return self.folder / "weights" / f"{entry.sha256[:12]}-{entry.name}"

    def published(self, entry: Entry) -> Path | None:
        """The published file if it is there with the right digest."""
        place = self.place(entry)
        return place if _has_digest(place, entry.sha256) else None

    def keep_published(self, entry: Entry, data: bytes, origin: str) -> Path:
        """Keep a published file; raises ModelError ``cache-unwritable``."""
        place = self.place(entry)
        write_atomically(_beside(place, ".origin"), origin.encode())
        write_atomically(place, data)
        with suppress(OSError):
            self._attempt(entry).unlink(missing_ok=True)
        return place

    def origin(self, entry: Entry) -> str:
        """Where the published file came from, in words."""
        return _text(_beside(self.place(entry), ".origin")) or "cache"

    def ready(self, key: str) -> Path | None:
        """The network made for this key if it is there undamaged."""
        place = self.folder / "ready" / f"{key}.onnx"
        return place if _has_digest(place, _text(_beside(place, ".sha256"))) else None

    def keep_ready(self, key: str, data: bytes) -> Path:
        """Keep the network made for a key; raises ModelError ``cache-unwritable``."""
        place = self.folder / "ready" / f"{key}.onnx"
        write_atomically(place, data)
        write_atomically(_beside(place, ".sha256"), sha256(data).encode())
        return place

    def failure(self, entry: Entry) -> Failure | None:
        """The last failed attempt to reach upstream since the file was last fetched."""
        try:
            noted = json.loads(_text(self._attempt(entry)))
            return Failure(float(noted["when"]), str(noted["why"]))
        except (ValueError, TypeError, KeyError):
            return None

    def keep_failure(self, entry: Entry, failure: Failure) -> None:
        """Remember a failed attempt, if the cache can be written: without it upstream is only asked more often."""
        note = json.dumps({"when": failure.when, "why": failure.why})
        with suppress(ModelError):
            write_atomically(self._attempt(entry), note.encode())

    def _attempt(self, entry: Entry) -> Path:
        return self.folder / "attempts" / f"{entry.sha256[:12]}-{entry.name}"


def _beside(place: Path, suffix: str) -> Path:
    return place.with_name(place.name + suffix)


def _text(path: Path) -> str:
    """Contents of a small file, empty when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _has_digest(path: Path, digest: str) -> bool:
    try:
        return sha256_of(path) == digest
    except OSError:
        return False
