"""The manifest: which files of weights there are, their digests and licences, and where each can be had."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simreg.errors import ModelError


@dataclass(frozen=True, slots=True)
class Artefact:
    """One pinned file of the package index: a wheel or an sdist.

    ``size`` is in bytes; ``pip`` holds the options with which ``pip download`` chooses this file on any machine.
    """

    project: str
    version: str
    filename: str
    sha256: str
    size: int
    pip: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexMember:
    """A member of an artefact of the package index."""

    artefact: Artefact
    member: str

    def __str__(self) -> str:
        return f"package index: {self.artefact.project} {self.artefact.version}"


@dataclass(frozen=True, slots=True)
class Upstream:
    """A file of a GitHub repository at a commit."""

    repository: str
    commit: str
    path: str

    @property
    def url(self) -> str:
        """Address of the raw file."""
        return f"https://raw.githubusercontent.com/{self.repository}/{self.commit}/{self.path}"

    def __str__(self) -> str:
        return f"https: {self.repository}@{self.commit[:7]}"


Source = IndexMember | Upstream


class SourceError(ModelError):
    """A source did not give its file; the sentence says why, and the next source may be tried."""

    def __init__(self, why: str) -> None:
        super().__init__("source-failed", why, "Check the network and pip's settings.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One published file: ``size`` in bytes, ``role`` what it does in the whole, ``sources`` in the order of trying.

    ``purpose`` says what it is for and ``without`` what follows when it is missing. A ``required`` file has no
    stand-in; of the role ``recogniser`` at least one is required.
    """

    name: str
    sha256: str
    size: int
    licence: str
    role: str
    purpose: str
    without: str
    required: bool
    sources: tuple[Source, ...]

    @property
    def is_network(self) -> bool:
        """Whether a network is made of it."""
        return self.role != "demo-portrait"


@dataclass(frozen=True, slots=True)
class Manifest:
    """All published files."""

    entries: tuple[Entry, ...]

    def entry(self, name: str) -> Entry:
        """The entry of this name; raises ModelError ``unknown-weights``."""
        for entry in self.entries:
            if entry.name == name:
                return entry
        names = ", ".join(entry.name for entry in self.entries)
        raise ModelError("unknown-weights", f"There is no file of weights named {name!r}.", f"The names are: {names}.")

    def lacking(self, here: Collection[str]) -> tuple[str, ...]:
        """What the files that are here lack to be enough for a verification; empty when they suffice."""
        lacking = [entry.name for entry in self.entries if entry.required and entry.name not in here]
        recognisers = [entry.name for entry in self.entries if entry.role == "recogniser"]
        if not any(name in here for name in recognisers):
            lacking.append(f"a recogniser ({' or '.join(recognisers)})")
        return tuple(lacking)

    def siblings(self, artefact: Artefact) -> dict[str, Entry]:
        """The entries that are members of an artefact, by member."""
        return {
            source.member: entry
            for entry in self.entries
            for source in entry.sources
            if isinstance(source, IndexMember) and source.artefact == artefact
        }


def _source(table: dict[str, Any], artefacts: dict[str, Artefact]) -> Source:
    if "artefact" in table:
        return IndexMember(artefacts[table["artefact"]], table["member"])
    return Upstream(**table)


def load_manifest(path: Path | None = None) -> Manifest:
    """Read the package's own manifest, or the one at ``path``."""
    path = path or Path(__file__).with_name("manifest.toml")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    artefacts = {key: Artefact(**{**value, "pip": tuple(value["pip"])}) for key, value in tables["artefacts"].items()}
    return Manifest(
        tuple(
            Entry(**{**file, "sources": tuple(_source(source, artefacts) for source in file["sources"])})
            for file in tables["files"]
        )
    )
