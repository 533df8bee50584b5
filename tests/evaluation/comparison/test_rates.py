import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.comparison.intervals import wilson
from simreg.comparison.types import Interval
from simreg.errors import InputError
from simreg.evaluation.comparison.bootstrap import drawn_persons, pairs, singles
from simreg.evaluation.comparison.persons import persons_of
from simreg.evaluation.comparison.rates import GRID, STEP, Sampled, matches_at, misses_at, supported, value_at
from simreg.evaluation.comparison.scores import by_person
from simreg.evaluation.comparison.types import Comparisons, ScoreTable

from .made_up import scores

seeds = st.integers(0, 10**6)


def comparisons(table: ScoreTable) -> Comparisons:
    return by_person(table, persons_of(table.pairs))


def brute(table: ScoreTable, value: float) -> dict[str, tuple[int, int]]:
    """Errors and trials of each rate, one comparison after the other."""
    found = {name: [0, 0] for name in ("fmr", "fnmr", "far", "frr")}
    for similarity, mated in zip(table.similarity.tolist(), table.pairs.mated.tolist(), strict=True):
        compared = similarity == similarity
        wrong = (not compared or similarity < value) if mated else (compared and similarity >= value)
        transaction, comparison = ("frr", "fnmr") if mated else ("far", "fmr")
        found[transaction][0] += wrong
        found[transaction][1] += 1
        if compared:
            found[comparison][0] += wrong
            found[comparison][1] += 1
    return {name: (errors, trials) for name, (errors, trials) in found.items()}


@settings(max_examples=40)
@given(seeds, st.integers(-3000, 6000), st.sampled_from([0.0, 0.15]))
def test_rates_are_what_their_definition_says(seed: int, steps: int, failing: float) -> None:
    table, value = scores(seed, people=6, failing=failing), steps / 10_000
    rates = Sampled(comparisons(table), drawn_persons(6)).rates(value)
    for name, (errors, trials) in brute(table, value).items():
        rate = getattr(rates, name)
        assert (rate.errors, rate.trials) == (errors, trials), name
        independent = wilson(errors, trials)
        assert rate.interval.low <= independent.low <= independent.high <= rate.interval.high
        if errors == 0:
            assert rate.value is None
            assert rate.at_most == (min(1, 3 / trials) if trials else None)
        else:
            assert rate.value == errors / trials
            assert rate.at_most is None


@given(seeds, st.floats(0.06, 0.9))
def test_the_threshold_is_the_lowest_that_keeps_to_the_target(seed: int, target: float) -> None:
    measured = comparisons(scores(seed))
    value = value_at(measured, target)
    assert np.count_nonzero(measured.non_mated >= value) / len(measured.non_mated) <= target
    assert np.mean(measured.non_mated >= round(value - STEP, 4)) > target
    assert value in GRID


@given(seeds)
def test_counts_on_the_grid_are_counts(seed: int) -> None:
    measured = comparisons(scores(seed, people=5))
    for place in range(9_000, 15_000, 37):
        assert matches_at(measured)[place] == np.count_nonzero(measured.non_mated >= GRID[place])
        assert misses_at(measured)[place] == np.count_nonzero(measured.mated < GRID[place])


@pytest.mark.parametrize(
    ("trials", "target", "expected"), [(30_000, 1e-4, True), (29_999, 1e-4, False), (0, 1e-2, False)]
)
def test_a_target_needs_three_over_n(trials: int, target: float, expected: bool) -> None:
    assert supported(trials, target) is expected


def test_a_target_that_so_few_comparisons_cannot_show_is_refused_with_what_it_takes() -> None:
    with pytest.raises(InputError) as caught:
        value_at(comparisons(scores(1)), 1e-4)
    assert caught.value.code == "too-few-comparisons"
    assert "30,000" in caught.value.remedy


def test_strangers_with_the_similarity_one_are_refused() -> None:
    table = scores(1)
    table.similarity[~table.pairs.mated] = 1.0
    with pytest.raises(InputError) as caught:
        value_at(comparisons(table), 0.1)
    assert caught.value.code == "scores-identical"


@given(seeds, st.sampled_from([0.05, 0.15, 0.3]))
@settings(max_examples=25)
def test_the_equal_error_rate_is_where_both_rates_differ_least(seed: int, apart: float) -> None:
    measured = comparisons(scores(seed, apart=apart))
    if not measured.mated.size:
        return
    found = Sampled(measured, drawn_persons(measured.people)).eer()
    assert found is not None

    def gap(value: float) -> float:
        return abs(float(np.mean(measured.non_mated >= value)) - float(np.mean(measured.mated < value)))

    assert gap(found.similarity) <= min(gap(value) for value in GRID[8_000:16_000:13]) + 1e-12
    both = np.mean(measured.non_mated >= found.similarity) + np.mean(measured.mated < found.similarity)
    assert found.value == (pytest.approx(both / 2) if both else None)
    assert (found.at_most is None) == (found.value is not None)
    assert found.interval.low <= (found.value or 0) <= found.interval.high


def test_the_interval_of_the_equal_error_rate_is_about_its_spread() -> None:
    """300 persons of two pictures: the rate of 16 % of 300 mated comparisons has a standard error of about 1.5 %."""
    rng = np.random.default_rng(1)
    mated, people = rng.normal(0.2, 0.1, 300).round(3), np.arange(300)
    one, other = rng.integers(0, 300, (2, 20_000))
    there = one != other
    order = np.sort(rng.normal(0, 0.1, int(there.sum())).round(3))[::-1]
    none = np.empty(0, np.int64)
    strangers = np.stack([one[there], other[there]], axis=1)
    c = Comparisons(300, mated, people, order, strangers, none, none.reshape(0, 2), people, none)
    found = Sampled(c, drawn_persons(300)).eer()
    assert found is not None
    assert found.value == pytest.approx(0.16, abs=0.03)
    assert 0.03 < found.interval.high - found.interval.low < 0.1


def test_without_one_kind_there_is_no_equal_error_rate() -> None:
    table = scores(4)
    table.similarity[table.pairs.mated] = np.nan
    assert Sampled(comparisons(table), drawn_persons(12)).eer() is None


@given(seeds, st.floats(-0.2, 0.4))
@settings(max_examples=15)
def test_the_bootstrap_draws_persons_with_all_their_comparisons(seed: int, value: float) -> None:
    measured, draws = comparisons(scores(seed, people=7)), drawn_persons(7)
    reaching = measured.non_mated_persons[measured.non_mated >= value]
    counted = pairs(reaching, draws)
    for sample in range(0, 1000, 250):
        drawn = draws[:, sample]
        assert counted[sample] == sum(drawn[one] * drawn[other] for one, other in reaching.tolist())
        assert singles(measured.mated_persons, draws)[sample] == sum(drawn[one] for one in measured.mated_persons)


def test_persons_are_drawn_as_often_as_there_are_persons_and_alike_each_time() -> None:
    draws = drawn_persons(9)
    assert draws.shape == (9, 1000)
    assert (draws.sum(axis=0) == 9).all()
    assert (draws == drawn_persons(9)).all()
    assert drawn_persons(100_001).shape[1] < 1000


def test_failures_to_acquire_are_counted_by_picture() -> None:
    table = scores(5, failing=0.3)
    fta = Sampled(comparisons(table), drawn_persons(12)).fta()
    assert (fta.errors, fta.trials) == (int((table.acquired > 0).sum()), len(table.acquired))


def test_without_trials_nothing_is_known() -> None:
    table = scores(5, failing=1.0)
    rates = Sampled(comparisons(table), drawn_persons(12)).rates(0.5)
    assert (rates.fnmr.value, rates.fnmr.at_most, rates.fnmr.interval) == (None, None, Interval(0, 1))
    assert rates.frr.value == 1
