"""Makes attacks out of bona fide clips, with a list of them."""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from simreg import __version__
from simreg.demo.folder import make_folder
from simreg.engine import Engine
from simreg.evaluation.attacks import encode, takes
from simreg.evaluation.attacks.encode import write_video
from simreg.evaluation.attacks.manifest import Row, file_digest, read_manifest, write_manifest
from simreg.evaluation.attacks.registry import all_species
from simreg.evaluation.attacks.sources import Lazy, Source, Takes, others_of, read_sources
from simreg.evaluation.attacks.types import Species
from simreg.evaluation.pad.types import Label
from simreg.models.progress import NullProgress, ProgressSink


@dataclass(frozen=True, slots=True)
class Parameters:
    """How attacks are made: ``seed`` of all chance, ``seconds`` of each clip, frames a second."""

    seed: int = 0
    seconds: float = 10.0
    fps: float = 15.0


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: the list's rows, how many recordings were made and kept, and (clip, species) that do not fit."""

    rows: tuple[Row, ...]
    made: int
    kept: int
    unfit: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """One attack to be made; ``recipe`` stands for all that it depends on."""

    source: Source
    others: tuple[Source, ...]
    species: Species
    recipe: str


def make_attacks(
    clips: Path,
    out: Path,
    species: Sequence[Species],
    engine: Engine,
    parameters: Parameters = Parameters(),
    progress: ProgressSink | None = None,
) -> Made:
    """Make one recording for each clip and species that fits it, in a folder for each species, and the list beside them.

    The same recordings, clips and parameters give the same bytes. What is there already is kept, so a run that was
    stopped goes on; the list is up to date at any moment and names only what was made with these parameters. Raises
    `InputError` for unusable input or a folder that cannot be written.
    """
    progress = progress or NullProgress()
    sources = read_sources(clips, engine, progress)
    make_folder(out)
    rows = _still_good(out, list(_jobs(sources, all_species(), engine, parameters)))
    bona_fide = [_bona_fide(source, out) for source in sources]
    read, unfit, made = Takes(engine, parameters.seconds, parameters.fps), [], 0
    jobs = list(_jobs(sources, species, engine, parameters))
    for done, job in enumerate(jobs):
        progress.update("making attacks", done, len(jobs))
        key = job.species.name, job.source.name
        if key not in rows:
            row = _make(job, read, out, parameters)
            if row is None:
                unfit.append((job.source.name, job.species.name))
                continue
            rows[key], made = row, made + 1
            write_manifest(out, [*bona_fide, *_sorted(rows)])
    progress.update("making attacks", len(jobs), len(jobs))
    listed = [*bona_fide, *_sorted(rows)]
    write_manifest(out, listed)
    return Made(tuple(listed), made, len(jobs) - made - len(unfit), tuple(unfit))


def _jobs(
    sources: Sequence[Source], species: Sequence[Species], engine: Engine, parameters: Parameters
) -> Iterator[_Job]:
    for source in sources:
        others = tuple(others_of(source, sources, engine.same_person))
        for one in species:
            parts = (
                *(__version__, code_digest(one), one.name, parameters, source.name, source.challenge),
                *((s.digest, s.challenge, s.reference_digest) for s in (source, *others)),
            )
            yield _Job(source, others, one, hashlib.sha256(repr(parts).encode()).hexdigest())


def code_digest(species: Species) -> str:
    """Digest of the code that a species is made by: its package, and how takes are read and written."""
    own = sys.modules[type(species).__module__].__file__
    files = sorted(Path(str(own)).parent.glob("*.py")) + [Path(str(module.__file__)) for module in (takes, encode)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def chance_for(seed: int, source: Source, species: Species) -> np.random.Generator:
    """All chance of one attack, whatever else is made in the same run."""
    digest = hashlib.sha256(f"{source.digest} {source.name} {species.name}".encode()).digest()
    return np.random.default_rng([seed, *np.frombuffer(digest, np.uint32).tolist()])


def _make(job: _Job, read: Takes, out: Path, parameters: Parameters) -> Row | None:
    chance = chance_for(parameters.seed, job.source, job.species)
    frames = job.species.make(read(job.source), Lazy(job.others, read), chance)
    if frames is None:
        return None
    make_folder(out / job.species.name)
    path = out / job.species.name / f"{job.source.name}.mp4"
    write_video(frames, path)
    return Row(
        file=path.relative_to(out).as_posix(),
        label=Label.ATTACK,
        species=job.species.name,
        challenge=",".join(job.source.challenge),
        reference=_from(out, job.source.reference),
        kind=job.species.kind,
        subject=job.source.subject,
        source=job.source.name,
        seed=str(parameters.seed),
        sha256=file_digest(path),
        recipe=job.recipe,
    )


def _bona_fide(source: Source, out: Path) -> Row:
    return Row(
        file=_from(out, source.file),
        label=Label.BONA_FIDE,
        species="",
        challenge=",".join(source.challenge),
        reference=_from(out, source.reference),
        kind="",
        subject=source.subject,
        source=source.name,
        seed="",
        sha256=source.digest,
        recipe="",
    )


def _still_good(out: Path, jobs: Sequence[_Job]) -> dict[tuple[str, str], Row]:
    """Rows of the list that is there whose recordings are as they would be made now, by species and clip."""
    wanted = {(job.species.name, job.source.name): job.recipe for job in jobs}
    rows = (row for row in read_manifest(out) if row.recipe and wanted.get((row.species, row.source)) == row.recipe)
    return {
        (row.species, row.source): row
        for row in rows
        if (out / row.file).is_file() and file_digest(out / row.file) == row.sha256
    }


def _sorted(rows: dict[tuple[str, str], Row]) -> list[Row]:
    return [rows[key] for key in sorted(rows)]


def _from(out: Path, path: Path) -> str:
    """The path as it is reached from the list's folder."""
    return Path(os.path.relpath(path.resolve(), out.resolve())).as_posix()
