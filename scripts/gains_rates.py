"""Error rates of many ways to make templates, quickly: for scripts/comparison_gains.py."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simreg.evaluation.comparison.pairs import listed, read_pairs

FMRS = (1e-3, 1e-4, 1e-5)
MEAN_OF = tuple(np.geomspace(3e-5, 3e-4, 11))
HALVES, GROUPS, STARTS, SEED = 5, 10, 10, 2382

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Folder:
    """Pictures by name, the person of each as a number below ``count``, and the mated pairs as numbers of pictures."""

    root: Path
    names: tuple[str, ...]
    persons: NDArray[np.int64]
    mated: NDArray[np.int64]

    @property
    def count(self) -> int:
        """Number of persons."""
        return int(self.persons.max()) + 1


@dataclass(frozen=True, slots=True)
class Row:
    """FNMR at each of `FMRS`, and its mean over `MEAN_OF`."""

    at: dict[float, float]
    mean: float

    @property
    def values(self) -> list[float]:
        """In the order of the table's columns."""
        return [*self.at.values(), self.mean]


def read_folder(root: Path) -> Folder:
    names = listed(root / "images")
    number = {name: index for index, name in enumerate(names)}
    _, persons = np.unique([name.split("/")[0] for name in names], return_inverse=True)
    pairs = read_pairs(root / "pairs.csv")
    numbers = np.array([number[name] for name in pairs.names], np.int64)
    return Folder(root, names, persons.astype(np.int64), numbers[pairs.pictures[pairs.mated]])


def highest(folder: Folder, templates: Floats, pictures: Flags) -> tuple[Floats, int]:
    """The highest half per cent of the non-mated similarities among these pictures, falling; and how many there are."""
    made, persons = templates[pictures].astype(np.float32), folder.persons[pictures]
    found: list[NDArray[np.float32]] = []
    count, least = 0, -1.0
    for start in range(0, len(made), 512):
        block = made[start : start + 512] @ made.T
        later = np.arange(len(made))[None] > np.arange(start, start + len(block))[:, None]
        values = block[later & (persons[start : start + len(block), None] != persons[None])]
        count += values.size
        least = max(least, float(np.quantile(values, 0.9))) if not found and values.size else least
        found.append(values[values > least])
    every = np.sort(np.concatenate(found))[::-1]
    return every[: int(0.005 * count)].astype(np.float64), count


def measured(folder: Folder, templates: Floats, pictures: Flags | None = None) -> Row:
    """The FNMR of the mated pairs at FMRs of all non-mated pairs, both among these pictures (all, unless given)."""
    pictures = np.ones(len(templates), np.bool_) if pictures is None else pictures
    others, count = highest(folder, templates, pictures)
    one, other = folder.mated[pictures[folder.mated].all(axis=1)].T
    similarity = (templates[one] * templates[other]).sum(axis=1)

    def fnmr(fmr: float) -> float:
        return float(np.mean(similarity <= others[int(fmr * count)]))

    return Row({fmr: fnmr(fmr) for fmr in FMRS}, float(np.mean([fnmr(fmr) for fmr in MEAN_OF])))


def halves(folder: Folder, templates: Callable[[Flags], Floats]) -> Row:
    """The mean over halves of the persons of what is measured on each when the other one is learnt from."""
    rows = []
    for seed in range(HALVES):
        chosen = np.random.default_rng(SEED + seed).permutation(folder.count) < folder.count // 2
        for learn in (chosen[folder.persons], ~chosen[folder.persons]):
            rows += [measured(folder, templates(learn), ~learn)]
    at = {fmr: float(np.mean([row.at[fmr] for row in rows])) for fmr in FMRS}
    return Row(at, float(np.mean([row.mean for row in rows])))


def matches(folder: Folder, templates: Floats, fmr: float = 1e-4) -> tuple[Flags, Flags]:
    """Which pairs of pictures are non-mated, and which of those are matches at this FMR: shape (n, n) each."""
    others, count = highest(folder, templates, np.ones(len(templates), np.bool_))
    different = folder.persons[:, None] != folder.persons[None]
    return different, different & ((templates @ templates.T) > others[int(fmr * count)])


def by_length(folder: Folder, powers: dict[float, Floats], lengths: Floats) -> list[str]:
    """FMR at the threshold for 1e-4 by the lengths of the features of both pictures, for each power."""
    classes = np.digitize(lengths, np.quantile(lengths, (0.1, 0.3, 0.7, 0.9)))
    names = ("short-short", "short-long", "middle-middle", "long-long")
    lines = [
        "FMR at the threshold for 1e-4 by the length of the network's output: the shortest and the longest tenth of the "
        "pictures, the middle four tenths, and the highest of all pairs of five classes.",
        "",
        "| power | " + " | ".join(names) + " | highest |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for power, templates in powers.items():
        different, matching = matches(folder, templates)
        rates = np.empty((5, 5))
        for i in range(5):
            for j in range(5):
                part = np.ix_(classes == i, classes == j)
                rates[i, j] = np.count_nonzero(matching[part]) / np.count_nonzero(different[part])
        shown = (rates[0, 0], rates[0, 4], rates[2, 2], rates[4, 4], rates.max())
        lines.append(f"| {power:g} | " + " | ".join(f"{value:.1e}" for value in shown) + " |")
    return lines


def by_group(folder: Folder, ways: dict[str, Floats]) -> list[str]:
    """FMR at the threshold for 1e-4 within groups of persons that look alike to the network, as none are labelled.

    Groups of `GROUPS` by spherical k-means of the persons' means, from `STARTS` random starts with each way's templates.
    """
    found = {name: matches(folder, templates) for name, templates in ways.items()}
    lines = [
        f"FMR at the threshold for 1e-4 between persons of one group, for {GROUPS} groups of persons that are alike to "
        f"the network by these features; mean and standard deviation over {STARTS} random starts of the grouping.",
        "",
        "| grouped by features | compared features | highest group | lowest group |",
        "| --- | --- | --- | --- |",
    ]
    for by, features in ways.items():
        groups = [grouped(folder, features, SEED + start) for start in range(STARTS)]
        for name, (different, matching) in found.items():
            ends = []
            for group in groups:
                parts = [np.ix_(mine, mine) for mine in (group[folder.persons] == number for number in range(GROUPS))]
                rates = [np.count_nonzero(matching[p]) / np.count_nonzero(different[p]) for p in parts]
                ends += [(max(rates), min(rates))]
            high, low = (f"{np.mean(end):.1e} ± {np.std(end):.0e}" for end in zip(*ends, strict=True))
            lines.append(f"| {by} | {name} | {high} | {low} |")
    return lines


def grouped(folder: Folder, features: Floats, seed: int) -> NDArray[np.int64]:
    """The number of each person's group."""
    sums = np.zeros((folder.count, features.shape[1]))
    np.add.at(sums, folder.persons, features)
    means = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    middles = means[np.random.default_rng(seed).choice(folder.count, GROUPS, replace=False)]
    group = np.zeros(folder.count, np.int64)
    for _ in range(40):
        group = (means @ middles.T).argmax(axis=1)
        middles = np.stack([means[group == number].mean(axis=0) for number in range(GROUPS)])
        middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    return group


def by_probes(folder: Folder, ways: dict[str, Floats]) -> list[str]:
    """FNMR and FMR of live templates of several probes, at the threshold for 1e-4 of single pictures.

    Each picture of a person with more than k pictures is compared with the mean of the templates of the next k.
    """
    lines = [
        "Live templates that are the mean of k pictures' templates, against single pictures, at the threshold for 1e-4 "
        "of single pictures.",
        "",
        "| features | k | mated | FNMR | FMR |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, templates in ways.items():
        others, count = highest(folder, templates, np.ones(len(templates), np.bool_))
        for k in (1, 3, 5):
            falling, matching, mated, compared = 0, 0, 0, 0
            for person in np.flatnonzero(np.bincount(folder.persons) > k):
                mine = np.flatnonzero(folder.persons == person)
                live = np.mean([templates[np.roll(mine, -step)] for step in range(1, k + 1)], axis=0)
                falling += int(np.sum((live * templates[mine]).sum(axis=1) <= others[int(1e-4 * count)]))
                strangers = live @ templates[folder.persons != person].T
                matching += int(np.sum(strangers > others[int(1e-4 * count)]))
                mated, compared = mated + len(mine), compared + strangers.size
            lines.append(f"| {name} | {k} | {mated:,} | {falling / mated:.2%} | {matching / compared:.1e} |")
    return lines
