"""Exact intervals of a proportion, without a statistics package."""

import math
from collections.abc import Callable

from simreg.comparison.types import Interval
from simreg.evaluation.pad.types import Rate

TAIL = 0.025
"""Probability beyond each end of a 95 % interval."""


def clopper_pearson(errors: int, trials: int) -> Interval:
    """The exact 95 % interval of ``errors`` (0..``trials``) in independent ``trials``; 0..1 without trials.

    Each end is the rate at which a count as extreme as this one has a probability of 2.5 % (Clopper and Pearson 1934;
    the interval of ISO/IEC 30107-3's examples).
    """
    if not 0 <= errors <= trials:
        raise ValueError("errors must be from 0 to the number of trials")
    low = 0.0 if errors == 0 else _where(lambda rate: at_least(errors, trials, rate) < TAIL)
    high = 1.0 if errors == trials else _where(lambda rate: 1.0 - at_least(errors + 1, trials, rate) > TAIL)
    return Interval(low, high)


def rate(errors: int, trials: int) -> Rate:
    """A rate with its interval."""
    return Rate(errors, trials, clopper_pearson(errors, trials))


def at_least(errors: int, trials: int, rate: float) -> float:
    """Probability of ``errors`` or more in ``trials`` at a rate strictly between 0 and 1."""
    logs = math.lgamma(trials + 1), math.log(rate), math.log1p(-rate)

    def probability(count: int) -> float:
        ways = logs[0] - math.lgamma(count + 1) - math.lgamma(trials - count + 1)
        return math.exp(ways + count * logs[1] + (trials - count) * logs[2])

    upper = errors > trials * rate  # the shorter tail is summed, so that no digits are lost
    tail = range(errors, trials + 1) if upper else range(errors)
    total = math.fsum(probability(count) for count in tail)
    return total if upper else 1.0 - total


def _where(below: Callable[[float], bool]) -> float:
    """The rate at which a condition that holds for all smaller ones ceases to hold."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) else (low, middle)
    return (low + high) / 2
