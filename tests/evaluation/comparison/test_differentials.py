import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.comparison.types import Interval
from simreg.evaluation.comparison.bootstrap import drawn_persons
from simreg.evaluation.comparison.differentials import Grouped, differentials
from simreg.evaluation.comparison.persons import groups_of, persons_of
from simreg.evaluation.comparison.scores import by_person
from simreg.evaluation.comparison.types import Rate

from .made_up import scores


def rate(errors: int, trials: int = 100) -> Rate:
    return Rate(errors, trials, Interval(0, 1))


def test_ratios_are_to_the_geometric_mean_and_to_the_best() -> None:
    steady = np.full(1000, 1.0)
    one, other = differentials([rate(1), rate(4)], [steady * 0.01, steady * 0.04])
    assert [one.to_mean, other.to_mean] == pytest.approx([0.5, 2])
    assert [one.to_best, other.to_best] == pytest.approx([1, 4])
    assert other.to_mean_interval is not None
    assert [other.to_mean_interval.low, other.to_mean_interval.high] == pytest.approx([2, 2])


def test_a_group_without_an_error_has_a_bound_and_no_ratio_and_changes_no_other() -> None:
    steady = np.full(1000, 1.0)
    found = differentials([rate(0), rate(1), rate(4)], [steady * 0, steady * 0.01, steady * 0.04])
    assert (found[0].to_mean, found[0].to_best, found[0].rate.at_most) == (None, None, 0.03)
    assert found[2].to_mean == pytest.approx(2)


def test_one_group_has_nobody_to_be_compared_with() -> None:
    only = differentials([rate(3), rate(0)], [np.full(9, 0.03), np.zeros(9)])
    assert all(one.to_mean is None and one.to_best is None for one in only)


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.floats(-0.1, 0.4))
def test_rates_of_a_group_are_of_its_members_among_each_other(seed: int, value: float) -> None:
    table = scores(seed, people=8)
    persons = persons_of(table.pairs)
    stated = {f"p{person}": "even" if person % 2 == 0 else "odd" for person in range(7)}
    groups = groups_of(stated, table.pairs, persons)
    found = Grouped(by_person(table, persons), groups, drawn_persons(8)).at(value)
    assert [one.name for one in found] == ["even", "odd"]
    group = [stated.get(name.split("/")[0]) for name in table.pairs.names]
    for one in found:
        inside = np.array([group[a] == group[b] == one.name for a, b in table.pairs.pictures.tolist()])
        mated, other = inside & table.pairs.mated, inside & ~table.pairs.mated
        assert (one.fmr.rate.errors, one.fmr.rate.trials) == ((table.similarity[other] >= value).sum(), other.sum())
        assert (one.fnmr.rate.errors, one.fnmr.rate.trials) == ((table.similarity[mated] < value).sum(), mated.sum())
