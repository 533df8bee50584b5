"""Exact statistics of counts: an interval of a share, a test of one group against the others, many tests at once."""

import math
from collections.abc import Sequence

TERMS = 1e-17
"""Share of a sum below which its further, ever smaller terms are left out."""


def clopper_pearson(hits: int, trials: int, error: float = 0.05) -> tuple[float, float]:
    """The interval of a share that misses it in at most ``error`` of all times (C. J. Clopper, E. S. Pearson, 1934).

    It is exact for independent trials, never too narrow and often too wide (the interval of ISO/IEC 30107-3's examples).
    0..1 without trials. Raises ValueError for more hits than trials.
    """
    if not 0 <= hits <= trials:
        raise ValueError("hits must be from 0 to the number of trials")
    low = 0.0 if hits == 0 else _inverse(error / 2, hits, trials - hits + 1)
    high = 1.0 if hits == trials else _inverse(1 - error / 2, hits + 1, trials - hits)
    return low, high


def more_than_others(hits: int, trials: int, all_hits: int, all_trials: int) -> float:
    """Fisher's exact test, one-sided: how likely so many hits or more are in a group that is like the others.

    ``all_hits`` and ``all_trials`` have the group's own in them. Of all ways to deal ``all_hits`` to ``all_trials``, the
    share of those that give ``hits`` or more to the group (R. A. Fisher, 1922): the tail of the hypergeometric.
    """
    highest = min(trials, all_hits)
    if hits <= max(0, trials + all_hits - all_trials):
        return 1.0
    misses = all_trials - all_hits
    first = math.exp(_choose(all_hits, hits) + _choose(misses, trials - hits) - _choose(all_trials, trials))
    total, term = 0.0, first
    for k in range(hits, highest + 1):
        total += term
        ratio = (all_hits - k) * (trials - k) / ((k + 1) * (misses - trials + k + 1))
        if ratio < 1 and term < TERMS * total:
            break
        term *= ratio
    return min(1.0, total)


def holm(chances: Sequence[float]) -> list[float]:
    """The chances of many tests, adjusted (S. Holm, 1979): those at most alpha are found, and where nothing is to be
    found, anything at all is in at most alpha of all times, however the tests hang together.
    """
    order = sorted(range(len(chances)), key=lambda one: chances[one])
    adjusted, largest = [1.0] * len(chances), 0.0
    for rank, one in enumerate(order):
        largest = max(largest, min(1.0, chances[one] * (len(chances) - rank)))
        adjusted[one] = largest
    return adjusted


def _choose(n: int, k: int) -> float:
    """Logarithm of the ways to take k of n."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _inverse(share: float, a: float, b: float) -> float:
    """Where the regularised incomplete beta function comes to a share, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if incomplete_beta(middle, a, b) < share else (low, middle)
    return (low + high) / 2


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, 0..1, for whole or broken a, b > 0 (DLMF 8.17.22, by Lentz's method)."""
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1.0 - incomplete_beta(1.0 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    c, d = 1.0, 1.0 / (1.0 + _odd(0, x, a, b))
    value = d
    for m in range(1, 100_000):
        for step in (_even(m, x, a, b), _odd(m, x, a, b)):
            d, c = 1.0 / (1.0 + step * d), 1.0 + step / c
            value *= c * d
        if abs(c * d - 1.0) < 1e-14:
            break
    return front * value


def _odd(m: int, x: float, a: float, b: float) -> float:
    return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))


def _even(m: int, x: float, a: float, b: float) -> float:
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
