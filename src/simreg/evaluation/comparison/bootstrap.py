"""Draws persons anew, with all their comparisons, as comparisons that share a person are not independent.

After Bolle, Ratha and Pankanti (2004), "Error analysis of pattern recognition systems: the subsets bootstrap". A
non-mated comparison counts as often as its two persons are drawn together: the product of their two counts.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simreg.comparison.intervals import bootstrapped, wider, wilson
from simreg.comparison.types import Interval
from simreg.evaluation.comparison.types import Floats, Numbers, Rate

SEED, SAMPLES = 2382, 1000

Draws = NDArray[np.float32]
"""How often each person is drawn in each sample: shape (people, samples)."""

_AT_ONCE = 4096


def drawn_persons(people: int) -> Draws:
    """The same draws for the same number of people, at every call; fewer samples for more than 50,000 people."""
    samples = max(200, min(SAMPLES, SAMPLES * 50_000 // people))
    random, each = np.random.default_rng(SEED), np.full(people, 1 / people)
    draws = np.empty((people, samples), np.float32)
    for sample in range(samples):
        draws[:, sample] = random.multinomial(people, each)
    return draws


def singles(persons: Numbers, draws: Draws) -> Floats:
    """How many of these persons' comparisons are in each sample: shape (samples,)."""
    return np.asarray(np.bincount(persons, minlength=len(draws)) @ draws, np.float64)


def pairs(persons: Numbers, draws: Draws) -> Floats:
    """How many of these pairs of persons, shape (n, 2), are in each sample: shape (samples,)."""
    keys, counts = np.unique(persons.min(axis=1) * len(draws) + persons.max(axis=1), return_counts=True)
    total = np.zeros(draws.shape[1])
    for start in range(0, len(keys), _AT_ONCE):
        one, other = np.divmod(keys[start : start + _AT_ONCE], len(draws))
        total += counts[start : start + _AT_ONCE].astype(np.float32) @ (draws[one] * draws[other])
    return total


def rate(errors: int, trials: int, drawn_errors: Floats, drawn_trials: Floats) -> Rate:
    """A rate with its bootstrapped interval, never narrower than Wilson's."""
    return Rate(errors, trials, wider(bootstrapped(drawn_errors, drawn_trials), wilson(errors, trials)))


def middle(values: Sequence[float] | Floats) -> Interval | None:
    """The middle 95 % of the finite ones of some bootstrapped values; None where fewer than half of them are."""
    values = np.asarray(values, np.float64)
    finite = values[np.isfinite(values)]
    if 2 * finite.size < values.size or not finite.size:
        return None
    low, high = np.quantile(finite, (0.025, 0.975))
    return Interval(float(low), float(high))
