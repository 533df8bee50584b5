"""All figures of an evaluation, made of its scores alone."""

from dataclasses import dataclass

import numpy as np

from simreg.comparison.types import Threshold
from simreg.evaluation.comparison.bootstrap import drawn_persons
from simreg.evaluation.comparison.differentials import Grouped, GroupRates
from simreg.evaluation.comparison.persons import groups_of, persons_of
from simreg.evaluation.comparison.rates import (
    GRID,
    EqualErrorRate,
    ErrorRates,
    Sampled,
    matches_at,
    misses_at,
    supported,
    value_at,
)
from simreg.evaluation.comparison.scores import by_person, histogram
from simreg.evaluation.comparison.types import RULE_OF_THREE, Acquired, Comparisons, Origin, Rate, ScoreTable

TARGETS = (1e-2, 1e-3, 1e-4, 1e-5)
"""FMRs at which the FNMR is told."""

_FEWEST = 3
"""Errors of each kind from which the DET curve is drawn: fewer say little."""


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What holds at a target FMR, and in each group.

    ``rates`` is None where so few non-mated comparisons cannot show such an FMR; ``fmr_at_most`` then is what they can
    (3/n), and ``fnmr_at_least`` the FNMR where that is reached, as it only rises from there on.
    """

    target_fmr: float
    rates: ErrorRates | None
    fmr_at_most: float | None
    fnmr_at_least: float | None
    groups: tuple[GroupRates, ...]


@dataclass(frozen=True, slots=True)
class InUse:
    """A threshold that was set before, and what is wrong at it on these pictures."""

    threshold: Threshold
    rates: ErrorRates
    groups: tuple[GroupRates, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything that the report tells; ``det`` are FMR and FNMR along the curve; the histograms begin at -1."""

    origin: Origin
    persons: int
    persons_from: str
    ungrouped: int
    pictures: int
    no_face: int
    unreadable: int
    mated: int
    mated_compared: int
    non_mated: int
    non_mated_compared: int
    fta: Rate
    eer: EqualErrorRate | None
    points: tuple[OperatingPoint, ...]
    in_use: InUse | None
    det: tuple[tuple[float, float], ...]
    mated_histogram: tuple[int, ...]
    non_mated_histogram: tuple[int, ...]


def summarise(table: ScoreTable, stated: dict[str, str] | None = None, threshold: Threshold | None = None) -> Summary:
    """All figures of these scores; ``stated`` is the group of each person, ``threshold`` the one in use, if any.

    Raises InputError as `persons_of` and `groups_of` do.
    """
    persons = persons_of(table.pairs)
    groups = None if stated is None else groups_of(stated, table.pairs, persons)
    c = by_person(table, persons)
    draws = drawn_persons(persons.count)
    sampled, grouped = Sampled(c, draws), None if groups is None else Grouped(c, groups, draws)
    return Summary(
        origin=table.origin,
        persons=persons.count,
        persons_from=persons.taken_from,
        ungrouped=0 if groups is None else int(np.count_nonzero(groups.of_persons < 0)),
        pictures=len(c.pictures),
        no_face=int(np.count_nonzero(table.acquired == Acquired.NO_FACE)),
        unreadable=int(np.count_nonzero(table.acquired == Acquired.UNREADABLE)),
        mated=len(c.mated) + len(c.mated_failed),
        mated_compared=len(c.mated),
        non_mated=len(c.non_mated) + len(c.non_mated_failed),
        non_mated_compared=len(c.non_mated),
        fta=sampled.fta(),
        eer=sampled.eer(),
        points=tuple(operating_point(target, sampled, grouped) for target in TARGETS),
        in_use=None if threshold is None else in_use(threshold, sampled, grouped),
        det=det(c),
        mated_histogram=tuple(histogram(c.mated)),
        non_mated_histogram=tuple(histogram(c.non_mated)),
    )


def operating_point(target: float, sampled: Sampled, grouped: Grouped | None = None) -> OperatingPoint:
    """What holds at a target FMR."""
    c = sampled.comparisons
    trials = len(c.non_mated)
    if supported(trials, target):
        rates = sampled.rates(value_at(c, target))
        groups = () if grouped is None else grouped.at(rates.similarity)
        return OperatingPoint(target, rates, None, None, groups)
    if not trials or not c.mated.size:
        return OperatingPoint(target, None, None, None, ())
    bound = RULE_OF_THREE / trials
    reached = float(np.mean(c.mated < value_at(c, bound))) if bound < 1 else None
    return OperatingPoint(target, None, min(1.0, bound), reached, ())


def in_use(threshold: Threshold, sampled: Sampled, grouped: Grouped | None) -> InUse:
    """What holds at a threshold that was set before."""
    groups = () if grouped is None else grouped.at(threshold.value)
    return InUse(threshold, sampled.rates(threshold.value), groups)


def det(c: Comparisons) -> tuple[tuple[float, float], ...]:
    """FMR and FNMR at rising similarities: where both kinds have a few errors, and each pair of rates once."""
    matches, misses = matches_at(c), misses_at(c)
    told = (matches >= _FEWEST) & (misses >= _FEWEST) & (GRID < 1)
    points = np.stack([matches[told] / max(len(c.non_mated), 1), misses[told] / max(len(c.mated), 1)], axis=1)
    return tuple(dict.fromkeys((fmr, fnmr) for fmr, fnmr in points.tolist()))
