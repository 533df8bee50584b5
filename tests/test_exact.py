"""Exact statistics against their definitions in whole numbers."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.exact import clopper_pearson, holm, incomplete_beta, more_than_others


def tail(trials: int, hits: int, share: float) -> float:
    """How likely so many hits or more are, by definition."""
    return math.fsum(math.comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(hits, trials + 1))


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_s_ends_are_where_the_tails_are_half_the_error(of: tuple[int, int]) -> None:
    hits, trials = of
    low, high = clopper_pearson(hits, trials)
    assert 0.0 <= low <= hits / trials <= high <= 1.0
    assert low == 0.0 if hits == 0 else tail(trials, hits, low) == pytest.approx(0.025, abs=1e-9)
    assert high == 1.0 if hits == trials else 1 - tail(trials, hits + 1, high) == pytest.approx(0.025, abs=1e-9)


@pytest.mark.parametrize("share", [0.001, 0.03, 0.2, 0.5, 0.97])
@pytest.mark.parametrize("trials", [1, 7, 50, 200])
def test_the_interval_misses_at_most_five_of_a_hundred_times_exactly(trials: int, share: float) -> None:
    ends = [clopper_pearson(hits, trials) for hits in range(trials + 1)]
    missed = math.fsum(
        math.comb(trials, hits) * share**hits * (1 - share) ** (trials - hits)
        for hits, (low, high) in enumerate(ends)
        if not low <= share <= high
    )
    assert missed <= 0.05


def test_published_intervals() -> None:
    known = {
        (0, 10): (0.0, 0.30850),
        (10, 100): (0.04900, 0.17622),
        (0, 0): (0.0, 1.0),
        (300_000, 1_000_000): (0.29910, 0.30090),
    }
    for counts, interval in known.items():
        assert list(clopper_pearson(*counts)) == pytest.approx(list(interval), abs=1e-5)
    with pytest.raises(ValueError, match="trials"):
        clopper_pearson(3, 2)


@given(st.floats(0.001, 0.999), st.integers(1, 40), st.integers(1, 40))
def test_the_beta_function_is_the_tail_of_the_binomial(x: float, a: int, b: int) -> None:
    assert incomplete_beta(x, a, b) == pytest.approx(tail(a + b - 1, a, x), abs=1e-10)


@given(st.data())
def test_fisher_s_tail_is_the_share_of_all_ways_to_deal(data: st.DataObject) -> None:
    everybody = data.draw(st.integers(1, 60))
    group, all_hits = data.draw(st.integers(0, everybody)), data.draw(st.integers(0, everybody))
    hits = data.draw(st.integers(max(0, group + all_hits - everybody), min(group, all_hits)))
    ways = sum(math.comb(all_hits, k) * math.comb(everybody - all_hits, group - k) for k in range(hits, group + 1))
    exact = Fraction(ways, math.comb(everybody, group))
    assert more_than_others(hits, group, all_hits, everybody) == pytest.approx(float(exact), rel=1e-9)


def test_fisher_s_tail_of_large_groups_is_quick_and_sane() -> None:
    assert more_than_others(5_000, 10_000, 500_000, 1_000_000) == pytest.approx(0.5, abs=0.01)
    assert 0.0 <= more_than_others(6_000, 10_000, 500_000, 1_000_000) < 1e-80


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_finds_what_the_step_down_rule_finds(chances: list[float]) -> None:
    adjusted = holm(chances)
    for alpha in (0.01, 0.05, 0.2):
        found, left = set(), sorted(range(len(chances)), key=lambda one: chances[one])
        while left and chances[left[0]] * len(left) <= alpha:
            found.add(left.pop(0))
        assert {one for one, value in enumerate(adjusted) if value <= alpha} == found
    assert all(one <= two for one, two in zip(chances, adjusted, strict=True))
