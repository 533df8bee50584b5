"""The bona fide clips that attacks are made of, and who is in them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import overload

import numpy as np

from simreg.capture.files import open_regular
from simreg.capture.limits import DEFAULT_LIMITS
from simreg.capture.picture import read_picture
from simreg.comparison.templates import Template
from simreg.documents.portrait import find_portrait
from simreg.engine import Engine
from simreg.errors import InputError
from simreg.evaluation.attacks.manifest import file_digest
from simreg.evaluation.attacks.takes import read_take
from simreg.evaluation.attacks.types import Take
from simreg.evaluation.pad.clips import read_clips
from simreg.evaluation.pad.types import Label
from simreg.liveness.challenge import Challenge
from simreg.models.progress import ProgressSink

OTHERS = 3
"""Clips of other subjects that an attack may use."""


@dataclass(frozen=True, slots=True)
class Source:
    """One bona fide clip: its files with their SHA-256, the challenge that it shows, and its subject.

    ``name`` is unique in the list; ``template`` is the reference's, by which other subjects are told apart.
    """

    name: str
    file: Path
    digest: str
    challenge: Challenge
    reference: Path
    reference_digest: str
    subject: str
    template: Template


def read_sources(path: Path, engine: Engine, progress: ProgressSink) -> list[Source]:
    """The bona fide clips of a list; each needs a challenge and a reference with a face.

    Raises `InputError` for a list, a file or a reference that cannot be used.
    """
    rows = [row for row in read_clips([path]) if row.label is Label.BONA_FIDE]
    if not rows:
        raise InputError("clips-no-bona-fide", "The list has no bona fide clip.", "Attacks are made out of those.")
    stems = [row.file.stem for row in rows]
    found: list[Source] = []
    for row, stem in zip(rows, stems, strict=True):
        if row.reference is None or not row.challenge:
            sentence = f"{row.list_name}: row {row.row} has no {'challenge' if row.reference else 'reference'}."
            raise InputError("clips-bad-row", sentence, "An attack needs both: what it tries to pass, and as whom.")
        with open_regular(row.file, DEFAULT_LIMITS.video_bytes):
            digest = file_digest(row.file)
        template = _template(row.reference, engine)
        name = stem if stems.count(stem) == 1 else f"{stem}-{row.row}"
        reference_digest = file_digest(row.reference)
        found.append(
            Source(name, row.file, digest, row.challenge, row.reference, reference_digest, row.subject, template)
        )
        progress.update("looking at the references", len(found), len(rows))
    return found


def others_of(source: Source, sources: Sequence[Source], same_person: float) -> list[Source]:
    """The next clips of the list, round its end, that show other subjects; one clip of each."""
    start = next(i for i, one in enumerate(sources) if one is source)
    found: list[Source] = []
    for one in (*sources[start + 1 :], *sources[:start]):
        if len(found) < OTHERS and not any(_same(one, known, same_person) for known in (source, *found)):
            found.append(one)
    return found


def _same(one: Source, other: Source, same_person: float) -> bool:
    if one.subject and other.subject:
        return one.subject == other.subject
    return float(np.dot(one.template, other.template)) >= same_person


def _template(reference: Path, engine: Engine) -> Template:
    portrait = find_portrait(read_picture(reference).image, engine.detector, engine.mesh)
    if portrait.points is None:
        sentence = f"The reference {reference.name} shows no face that can be compared ({portrait.summary.problem})."
        raise InputError("reference-unusable", sentence, "Give a picture of the clip's subject.")
    return engine.recogniser.template(engine.recogniser.chip(portrait.image, portrait.points))


@dataclass(slots=True)
class Takes:
    """Reads takes when they are asked for, and keeps the last few, as one takes some 100 MB."""

    engine: Engine
    seconds: float
    fps: float
    _kept: dict[str, Take] = field(default_factory=dict)

    def __call__(self, source: Source) -> Take:
        """The take of a clip."""
        take = self._kept.pop(source.name, None)
        if take is None:
            take = read_take(source.file, source.challenge, source.reference, self.engine, self.seconds, self.fps)
        while len(self._kept) > OTHERS:
            del self._kept[next(iter(self._kept))]
        self._kept[source.name] = take
        return take


class Lazy(Sequence[Take]):
    """Takes that are read when they are looked at."""

    def __init__(self, sources: Sequence[Source], read: Callable[[Source], Take]) -> None:
        self._sources, self._read = sources, read

    def __len__(self) -> int:
        return len(self._sources)

    @overload
    def __getitem__(self, index: int) -> Take: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Take]: ...
    def __getitem__(self, index: int | slice) -> Take | Sequence[Take]:
        if isinstance(index, slice):
            return Lazy(self._sources[index], self._read)
        return self._read(self._sources[index])

    def __iter__(self) -> Iterator[Take]:
        return (self._read(source) for source in self._sources)
