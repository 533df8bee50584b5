"""Where the rest of the package gets its weights: files of the manifest, verified, and networks made of them."""

import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from simreg.errors import ModelError
from simreg.models.cache import Cache, Failure
from simreg.models.files import cache_folder, local_folder, sha256, sha256_of
from simreg.models.manifest import Artefact, Entry, IndexMember, Manifest, Source, SourceError, Upstream, load_manifest
from simreg.models.package_index import fetch_members
from simreg.models.progress import NullProgress, ProgressSink
from simreg.models.ready import converter_version, make_ready
from simreg.models.upstream import fetch_upstream

PATIENCE_S = 24 * 3600.0
"""For how long a failed attempt to reach upstream is not repeated."""

_REMEDY = (
    "Put the file under this name into a folder and name the folder in SIMREG_MODELS, or make the network reachable; "
    "then run `simreg models install`."
)


class State(StrEnum):
    """Whether a published file is on this machine."""

    HERE = "here"
    ABSENT = "absent"
    DAMAGED = "damaged"


class Network(Protocol):
    """The two ways to files that are not on this machine; each raises SourceError."""

    def members(self, artefact: Artefact, members: Mapping[str, int], progress: ProgressSink) -> dict[str, bytes]:
        """Contents of some members, given with their sizes in bytes, of an artefact of the package index."""
        ...

    def upstream(self, source: Upstream, size: int, progress: ProgressSink) -> bytes:
        """Contents of a file of ``size`` bytes of a repository."""
        ...


class PublicNetwork:
    """pip and https."""

    members = staticmethod(fetch_members)
    upstream = staticmethod(fetch_upstream)


class ModelStore:
    """Finds, fetches and verifies the files of the manifest.

    A file is looked for in the ``local`` folder (default: SIMREG_MODELS), in the ``cache``, and then at its sources in
    order, unless ``offline``. A local file of another digest is refused and nothing is taken in its stead: whoever put
    it there expects it to be used. A cached one that is damaged is fetched again. Every file's digest is checked on
    each call, which takes 0.7 ms for a megabyte.
    """

    def __init__(
        self,
        cache: Path | None = None,
        local: Path | None = None,
        progress: ProgressSink | None = None,
        offline: bool = False,
        manifest: Manifest | None = None,
        network: Network | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.manifest = manifest or load_manifest()
        self._cache = Cache(cache or cache_folder())
        self._local = local or local_folder()
        self._progress = progress or NullProgress()
        self._offline = offline
        self._network: Network = network or PublicNetwork()
        self._clock = clock
        if self._local is not None and not self._local.is_dir():
            raise ModelError(
                "no-models-folder",
                f"There is no folder {self._local} to take weights from.",
                "Name an existing folder in SIMREG_MODELS, or none.",
            )

    def path(self, name: str, *, retry: bool = False) -> Path:
        """The published file, fetched when it is not here; ``retry`` asks upstream even if that failed of late.

        Raises ModelError: ``unknown-weights``, ``weights-altered``, ``weights-unreadable``, ``weights-unavailable``,
        ``cache-unwritable``.
        """
        entry = self.manifest.entry(name)
        return self._in_local(entry) or self._cache.published(entry) or self._fetch(entry, retry)

    def present(self, name: str) -> Path | None:
        """The published file if it is on this machine, without the network; raises as `path` does for a local one."""
        entry = self.manifest.entry(name)
        return self._in_local(entry) or self._cache.published(entry)

    def state(self, name: str) -> State:
        """Whether a file is on this machine, without the network; raises as `path` does for a local one."""
        if self.present(name):
            return State.HERE
        return State.DAMAGED if self._cache.place(self.manifest.entry(name)).exists() else State.ABSENT

    def available(self, name: str) -> bool:
        """Whether the file can be had, fetching it if need be; raises as `path` does, but not when it cannot."""
        try:
            self.path(name)
        except ModelError as error:
            if error.code != "weights-unavailable":
                raise
            return False
        return True

    def origin(self, name: str) -> str:
        """Where a file that is here came from, in words; ``not present`` for one that is not."""
        entry = self.manifest.entry(name)
        if self._local is not None and (self._local / name).exists():
            return "local folder"
        return self._cache.origin(entry) if self._cache.place(entry).is_file() else "not present"

    def ready(self, name: str) -> Path:
        """The network made of a published file, as ONNX that runs fast; made when there is none or it is damaged.

        Raises ModelError as `path` does, and what the conversion raises.
        """
        return self._ready(self.path(name), name, self.manifest.entry(name).sha256)

    def ready_file(self, published: Path, digest: str) -> Path:
        """The same for a file that the manifest does not know but whose digest is known: an operator's recogniser."""
        _check(published, digest)
        return self._ready(published, published.name, digest)

    def _ready(self, published: Path, name: str, digest: str) -> Path:
        key = f"{Path(name).stem}-{digest[:12]}-{converter_version()}"
        if made := self._cache.ready(key):
            return made
        task = f"prepare {name}"
        self._progress.update(task, 0, 1)
        made = self._cache.keep_ready(key, make_ready(name, published.read_bytes()))
        self._progress.update(task, 1, 1)
        return made

    def _in_local(self, entry: Entry) -> Path | None:
        if self._local is None or not (self._local / entry.name).exists():
            return None
        _check(self._local / entry.name, entry.sha256)
        return self._local / entry.name

    def _fetch(self, entry: Entry, retry: bool) -> Path:
        """Try the sources in order; the error tells what was tried and why it failed."""
        tried = ["local folder: none is named" if self._local is None else f"local folder: not in {self._local}"]
        if self._offline:
            tried.append("network: not to be asked")
        for source in () if self._offline else entry.sources:
            try:
                return self._take(entry, source, retry)
            except SourceError as error:
                tried.append(f"{source}: {error.sentence}")
        raise ModelError("weights-unavailable", f"{entry.name} cannot be had. Tried {'; '.join(tried)}.", _REMEDY)

    def _take(self, entry: Entry, source: Source, retry: bool) -> Path:
        if isinstance(source, IndexMember):
            return self._take_from_index(entry, source)
        failure = None if retry else self._cache.failure(entry)
        if failure and 0 <= self._clock() - failure.when < PATIENCE_S:
            raise SourceError(f"{failure.why} (not tried again within a day, except by `simreg models install`)")
        try:
            data = self._network.upstream(source, entry.size, self._progress)
            return self._keep(entry, source, data)
        except SourceError as error:
            self._cache.keep_failure(entry, Failure(self._clock(), error.sentence))
            raise

    def _take_from_index(self, entry: Entry, source: IndexMember) -> Path:
        """Keep the wanted file and, as the artefact is here now, what else of the manifest it holds."""
        holds = self.manifest.siblings(source.artefact)
        wanted = {member: other for member, other in holds.items() if not self._cache.published(other)}
        sizes = {member: other.size for member, other in wanted.items()}
        found = self._network.members(source.artefact, sizes, self._progress)
        for member, other in wanted.items():
            self._keep(other, source, found[member])
        return self._cache.place(entry)

    def _keep(self, entry: Entry, source: Source, data: bytes) -> Path:
        if sha256(data) != entry.sha256:
            raise SourceError(f"gave a file of another SHA-256 ({sha256(data)}), which is refused")
        return self._cache.keep_published(entry, data, str(source))


def _check(path: Path, digest: str) -> None:
    """Raise ModelError unless a file that somebody put on this machine has the digest it must have."""
    try:
        found = sha256_of(path)
    except OSError as error:
        raise ModelError(
            "weights-unreadable", f"{path} cannot be read: {error.strerror or error}.", "Make the file readable."
        ) from error
    if found != digest:
        raise ModelError(
            "weights-altered",
            f"{path} is not the file it should be: its SHA-256 is {found}, not {digest}.",
            "It is not used, and nothing is taken in its stead. Replace it by the published file, or remove it.",
        )
