import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from simreg.comparison.calibration import STEP, Scores, rates_at, value_at
from simreg.errors import InputError


def scores(seed: int, people: int = 12, kept: float = 1.0) -> Scores:
    """All comparisons of some pictures of some people with similarities out of a hat."""
    rng = np.random.default_rng(seed)
    owner = np.repeat(np.arange(people), rng.integers(1, 5, people))
    one, other = np.triu_indices(len(owner), 1)
    values = rng.normal(0, 0.1, len(one)).round(3)
    same = owner[one] == owner[other]
    values[same] += 0.3
    order = np.argsort(-values[~same], kind="stable")[: int(kept * np.count_nonzero(~same))]
    pairs = np.stack([owner[one], owner[other]], axis=1)[~same]
    return Scores(values[same], owner[one][same], values[~same][order], pairs[order], np.bincount(owner))


def draws(people: int, size: int = 300) -> NDArray[np.int64]:
    return np.random.default_rng(7).multinomial(people, np.full(people, 1 / people), size=size)


@given(st.integers(0, 10**6), st.floats(0.05, 0.9))
def test_the_threshold_is_the_lowest_that_keeps_to_the_target(seed: int, target: float) -> None:
    measured = scores(seed)
    value = value_at(measured, target)
    assert np.mean(measured.highest >= value) <= target
    assert np.mean(measured.highest >= value - 1.01 * STEP) > target - 1 / measured.non_mated
    assert value == round(value, 4)


@pytest.mark.parametrize("target", [1e-9, 0.999])
def test_a_rate_that_so_few_comparisons_cannot_show_is_refused(target: float) -> None:
    with pytest.raises(InputError) as caught:
        value_at(scores(1, kept=0.5), target)
    assert caught.value.code == "too-few-comparisons"


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.floats(-0.1, 0.4))
def test_rates_are_shares_inside_their_intervals(seed: int, value: float) -> None:
    measured = scores(seed)
    rates = rates_at(measured, value, draws(12))
    assert rates.fmr == pytest.approx(np.mean(measured.highest >= value))
    assert rates.fnmr == pytest.approx(np.mean(measured.mated < value) if len(measured.mated) else 0)
    assert rates.fmr_interval.low <= rates.fmr <= rates.fmr_interval.high
    assert rates.fnmr_interval.low <= rates.fnmr <= rates.fnmr_interval.high


def test_the_bootstrap_draws_persons_with_all_their_comparisons() -> None:
    measured = scores(3)
    once = np.ones((1, 12), np.int64)
    plain = rates_at(measured, 0.1, once)
    no_first = once.copy()
    no_first[0, 0] = 0
    without = rates_at(measured, 0.1, no_first)
    away = (measured.highest_persons == 0).any(axis=1)
    expected = np.mean(measured.highest[~away] >= 0.1)
    assert plain.fmr_interval.low <= plain.fmr <= plain.fmr_interval.high
    assert without.fmr_interval.low <= expected <= without.fmr_interval.high
    many = np.zeros((1, 12), np.int64)
    many[0, :2] = 3
    two = {0, 1}
    among = np.array([set(pair) == two for pair in measured.highest_persons.tolist()])
    seen = rates_at(measured, -1.0, many)
    assert among.any()
    assert seen.fmr_interval.high == 1.0


def test_a_similarity_below_the_kept_tail_is_not_judged() -> None:
    with pytest.raises(ValueError, match="do not reach down"):
        rates_at(scores(2, kept=0.1), -0.5, draws(12))


def test_non_mated_comparisons_are_all_pairs_of_different_persons() -> None:
    assert scores(5).non_mated == len(scores(5).highest)
