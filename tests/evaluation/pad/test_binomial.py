import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.evaluation.pad.binomial import at_least, clopper_pearson, rate


@pytest.mark.parametrize(
    ("errors", "trials", "low", "high"),
    [
        (0, 10, 0.0, 0.30850),
        (1, 10, 0.00253, 0.44502),
        (5, 10, 0.18709, 0.81291),
        (10, 10, 0.69150, 1.0),
        (0, 100, 0.0, 0.03622),
        (7, 100, 0.02861, 0.13892),
        (50, 1000, 0.03733, 0.06539),
        (0, 0, 0.0, 1.0),
    ],
)
def test_known_intervals(errors: int, trials: int, low: float, high: float) -> None:
    found = clopper_pearson(errors, trials)
    assert found.low == pytest.approx(low, abs=2e-5)
    assert found.high == pytest.approx(high, abs=2e-5)


def test_no_error_has_the_bound_in_closed_form() -> None:
    assert clopper_pearson(0, 73).high == pytest.approx(1 - 0.025 ** (1 / 73), abs=1e-12)


@st.composite
def counts(give: st.DrawFn) -> tuple[int, int]:
    trials = give(st.integers(1, 60))
    return give(st.integers(0, trials)), trials


def exact_tail(errors: int, trials: int, rate: float) -> float:
    p = Fraction(rate)
    return float(sum(math.comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(errors, trials + 1)))


@given(counts(), st.floats(0.01, 0.99))
def test_the_tail_is_the_sum_of_its_terms(count: tuple[int, int], share: float) -> None:
    assert at_least(*count, share) == pytest.approx(exact_tail(*count, share), abs=1e-12)


@given(counts())
def test_each_end_leaves_its_tail_and_the_rate_lies_between(count: tuple[int, int]) -> None:
    errors, trials = count
    found = rate(errors, trials)
    assert found.value is not None
    assert found.interval.low <= found.value <= found.interval.high
    if errors:
        assert exact_tail(errors, trials, found.interval.low) == pytest.approx(0.025, abs=1e-9)
    if errors < trials:
        assert 1 - exact_tail(errors + 1, trials, found.interval.high) == pytest.approx(0.025, abs=1e-9)


@given(counts())
def test_errors_and_successes_mirror_each_other(count: tuple[int, int]) -> None:
    errors, trials = count
    one, other = clopper_pearson(errors, trials), clopper_pearson(trials - errors, trials)
    assert one.low == pytest.approx(1 - other.high, abs=1e-9)


def test_large_numbers_are_no_trouble() -> None:
    found = clopper_pearson(3, 20_000)
    assert found.low == pytest.approx(3.0935e-5, rel=1e-3)
    assert found.high == pytest.approx(4.3831e-4, rel=1e-3)


def test_more_errors_than_trials_is_a_fault() -> None:
    with pytest.raises(ValueError, match="number of trials"):
        clopper_pearson(3, 2)
