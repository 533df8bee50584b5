"""Made-up persons, pictures and scores."""

from pathlib import Path

import cv2
import numpy as np

from simreg.evaluation.comparison.acquire import Networks
from simreg.evaluation.comparison.types import Origin, Pairs, ScoreTable
from synthetic.engine import DIGEST, NAME, PREPROCESSING, SyntheticDetector, SyntheticMesh, SyntheticRecogniser
from synthetic.head import STRAIGHT
from synthetic.picture import Shot, draw

ORIGIN = Origin(NAME, DIGEST, PREPROCESSING, "made up", "all pairs of pictures", "2026-11-23", "0.1.0")


def networks() -> Networks:
    """Twins of the networks; a function of a module, so that another process can call it."""
    return Networks(SyntheticDetector(), SyntheticMesh(), SyntheticRecogniser(), ("finders",))


def photograph(path: Path, person: float | None, grain: int = 0) -> Path:
    """A picture of a person, or of nobody."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shot = Shot(heads=() if person is None else (STRAIGHT.but(person=person),), grain=grain)
    cv2.imwrite(str(path), draw(shot)[:, :, ::-1])
    return path


def album(folder: Path, persons: int = 4, pictures: int = 3) -> Path:
    """A folder of pictures for each person."""
    for person in range(1, persons + 1):
        for number in range(pictures):
            photograph(folder / f"p{person}" / f"{number}.png", person, grain=10 * person + number)
    return folder


def scores(seed: int, people: int = 12, failing: float = 0.0, apart: float = 0.3) -> ScoreTable:
    """All comparisons of some pictures of some people, a folder each, with similarities out of a hat."""
    rng = np.random.default_rng(seed)
    owner = np.repeat(np.arange(people), rng.integers(1, 5, people))
    pictures = np.stack(np.triu_indices(len(owner), 1), axis=1).astype(np.int64)
    mated = owner[pictures[:, 0]] == owner[pictures[:, 1]]
    acquired = np.where(rng.random(len(owner)) < failing, rng.integers(1, 3, len(owner)), 0).astype(np.int64)
    similarity = np.clip(rng.normal(0, 0.1, len(pictures)).round(3) + apart * mated, -1, 1).round(6)
    similarity[acquired[pictures].any(axis=1)] = np.nan
    names = tuple(f"p{person}/{number}.jpg" for number, person in enumerate(owner.tolist()))
    return ScoreTable(ORIGIN, Pairs(names, pictures, mated, ORIGIN.pairs), similarity, acquired)
