"""95 % confidence intervals of error rates: for independent trials, and for comparisons that share persons."""

import math

import numpy as np
from numpy.typing import NDArray

from simreg.comparison.types import Interval

Z = 1.959963984540054
"""Two-sided 95 % point of the normal distribution."""


def wilson(errors: int, trials: int) -> Interval:
    """Wilson's score interval of ``errors`` in independent ``trials``; 0..1 without trials."""
    if trials == 0:
        return Interval(0.0, 1.0)
    rate, spread = errors / trials, Z * Z / trials
    middle = (rate + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(rate * (1 - rate) / trials + spread / (4 * trials))
    return Interval(0.0 if errors == 0 else max(0.0, middle - half), 1.0 if errors == trials else min(1.0, middle + half))


def bootstrapped(errors: NDArray[np.float64], trials: NDArray[np.float64]) -> Interval:
    """The middle 95 % of the rates of the bootstrap samples, whose errors and trials are given: shape (n,)."""
    rates = errors[trials > 0] / trials[trials > 0]
    if not rates.size:
        return Interval(0.0, 1.0)
    low, high = np.quantile(rates, (0.025, 0.975))
    return Interval(float(low), float(high))


def wider(one: Interval, other: Interval) -> Interval:
    """The interval that holds both."""
    return Interval(min(one.low, other.low), max(one.high, other.high))
