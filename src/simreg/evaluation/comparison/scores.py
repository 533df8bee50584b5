"""Compares templates, and puts the scores in order by person."""

from collections.abc import Sequence

import numpy as np

from simreg.evaluation.comparison.acquire import Template
from simreg.evaluation.comparison.persons import Persons
from simreg.evaluation.comparison.types import Acquired, Comparisons, Flags, Floats, Numbers, Origin, Pairs, ScoreTable

MILLIONTH = 1e6
"""Similarities are whole multiples of one over this, in memory as in files, so that both give the same rates."""

_AT_ONCE = 1 << 16


def compare_pairs(pairs: Pairs, templates: Sequence[Template], origin: Origin) -> ScoreTable:
    """The similarity of each pair, NaN where a picture was not acquired."""
    acquired = np.array([template.acquired for template in templates], np.int64)
    length = next((len(one.features) for one in templates if one.features is not None), 1)
    blank = np.full(length, np.nan, np.float32)
    table = np.stack([blank if one.features is None else one.features for one in templates])
    similarity = np.empty(len(pairs.mated), np.float64)
    for start in range(0, len(similarity), _AT_ONCE):
        reference, probe = pairs.pictures[start : start + _AT_ONCE].T
        similarity[start : start + _AT_ONCE] = np.einsum("ij,ij->i", table[reference], table[probe])
    return ScoreTable(origin, pairs, np.rint(np.clip(similarity, -1, 1) * MILLIONTH) / MILLIONTH, acquired)


def by_person(table: ScoreTable, persons: Persons) -> Comparisons:
    """The comparisons with their persons instead of their pictures."""
    pairs = table.pairs
    there = ~np.isnan(table.similarity)
    people = persons.of_pictures[pairs.pictures]
    mated, other = pairs.mated & there, ~pairs.mated & there
    non_mated = table.similarity[other]
    order = np.argsort(-non_mated, kind="stable")
    return Comparisons(
        people=persons.count,
        mated=table.similarity[mated],
        mated_persons=people[mated, 0],
        non_mated=non_mated[order],
        non_mated_persons=people[other][order],
        mated_failed=people[pairs.mated & ~there, 0],
        non_mated_failed=people[~pairs.mated & ~there],
        pictures=persons.of_pictures,
        failed_pictures=persons.of_pictures[table.acquired != Acquired.TEMPLATE],
    )


def among(comparisons: Comparisons, members: Flags) -> Comparisons:
    """The comparisons of some persons, and of those among each other: ``members`` says who, shape (people,)."""
    c = comparisons
    inside, failed = members[c.non_mated_persons].all(axis=1), members[c.non_mated_failed].all(axis=1)
    return Comparisons(
        people=c.people,
        mated=c.mated[members[c.mated_persons]],
        mated_persons=_only(c.mated_persons, members),
        non_mated=c.non_mated[inside],
        non_mated_persons=c.non_mated_persons[inside],
        mated_failed=_only(c.mated_failed, members),
        non_mated_failed=c.non_mated_failed[failed],
        pictures=_only(c.pictures, members),
        failed_pictures=_only(c.failed_pictures, members),
    )


def histogram(similarity: Floats, width: float = 0.02) -> list[int]:
    """How many similarities lie in each bin of this width, the first one from -1."""
    return [int(count) for count in np.histogram(similarity, round(2 / width), (-1.0, 1.0))[0]]


def _only(persons: Numbers, members: Flags) -> Numbers:
    return persons[members[persons]]
