import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from simreg.comparison.intervals import bootstrapped, wider, wilson
from simreg.comparison.types import Interval


@pytest.mark.parametrize(
    ("errors", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.27753),
        (10, 10, 0.72247, 1.0),
        (5, 10, 0.23659, 0.76341),
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson_gives_the_published_values(errors: int, trials: int, low: float, high: float) -> None:
    interval = wilson(errors, trials)
    assert interval.low == pytest.approx(low, abs=6e-5)
    assert interval.high == pytest.approx(high, abs=6e-5)


@given(st.integers(1, 10**7), st.floats(0, 1))
def test_wilson_holds_the_rate_and_shrinks_with_trials(trials: int, share: float) -> None:
    errors = int(share * trials)
    interval, of_more = wilson(errors, trials), wilson(4 * errors, 4 * trials)
    assert 0 <= interval.low <= errors / trials <= interval.high <= 1
    assert of_more.high - of_more.low < interval.high - interval.low


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_treats_errors_and_successes_alike(errors: int, more: int) -> None:
    trials = errors + more
    one, other = wilson(errors, trials), wilson(more, trials)
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low))


def draws(persons: int) -> NDArray[np.float64]:
    return np.random.default_rng(1).multinomial(persons, np.full(persons, 1 / persons), size=2000).astype(np.float64)


def test_with_one_trial_each_the_bootstrap_agrees_with_wilson() -> None:
    failed = (np.arange(1000) < 100).astype(np.float64)
    drawn = draws(1000)
    interval, expected = bootstrapped(drawn @ failed, drawn.sum(axis=1)), wilson(100, 1000)
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high), abs=0.004)


def test_failures_of_few_persons_make_the_interval_wide() -> None:
    each = np.full(100, 10.0)
    spread = (np.arange(100) < 100).astype(float)
    lumped = np.where(np.arange(100) < 10, 10.0, 0.0)
    drawn = draws(100)
    narrow, wide = bootstrapped(drawn @ spread, drawn @ each), bootstrapped(drawn @ lumped, drawn @ each)
    assert narrow == Interval(0.1, 0.1)
    assert wide.high - wide.low > 0.1


def test_without_trials_nothing_is_known() -> None:
    assert bootstrapped(np.zeros(5), np.zeros(5)) == Interval(0.0, 1.0)


def test_the_wider_interval_holds_both() -> None:
    assert wider(Interval(0.1, 0.2), Interval(0.15, 0.4)) == Interval(0.1, 0.4)
