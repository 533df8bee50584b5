"""From the scores of a data set to thresholds: values at a target FMR, and error rates with intervals by person."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simreg.comparison.intervals import bootstrapped, wider, wilson
from simreg.comparison.types import Interval
from simreg.errors import InputError

STEP = 1e-4
"""Thresholds are whole multiples of this similarity."""

REFER_AT = 10.0
"""Referral begins at the similarity with so many times the target FMR."""

_PAIRS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Scores:
    """Comparison scores of a data set.

    Persons are numbers from 0. ``mated`` are similarities, shape (m,), and ``mated_persons`` whose they are. All
    non-mated pairs of pictures were compared, of which ``highest`` are the highest similarities, falling, shape (k,), and
    ``highest_persons`` the two persons of each, shape (k, 2). ``pictures`` is the number of pictures of each person.
    """

    mated: NDArray[np.float64]
    mated_persons: NDArray[np.int64]
    highest: NDArray[np.float64]
    highest_persons: NDArray[np.int64]
    pictures: NDArray[np.int64]

    @property
    def non_mated(self) -> int:
        """Number of non-mated pairs of pictures."""
        total = int(self.pictures.sum())
        return (total * total - int(np.square(self.pictures).sum())) // 2


@dataclass(frozen=True, slots=True)
class Rates:
    """Error rates at a similarity, each 0..1 with its 95 % interval."""

    fmr: float
    fmr_interval: Interval
    fnmr: float
    fnmr_interval: Interval


def value_at(scores: Scores, target_fmr: float) -> float:
    """The lowest similarity, a multiple of `STEP`, at which the FMR does not exceed the target.

    Raises InputError ``too-few-comparisons`` where that cannot be told from these scores.
    """
    allowed = int(target_fmr * scores.non_mated)
    if not 0 < allowed < len(scores.highest):
        raise InputError(
            "too-few-comparisons",
            f"{scores.non_mated:,} non-mated comparisons do not tell where the FMR is {target_fmr:g}.",
            "Measure on more persons, or for a higher FMR.",
        )
    too_low = float(scores.highest[allowed])
    value = round(float(np.floor(too_low / STEP)) * STEP, 9)
    while value <= too_low:
        value = round(value + STEP, 9)
    return value


def rates_at(scores: Scores, value: float, draws: NDArray[np.int64]) -> Rates:
    """Error rates at a similarity; a score that reaches it is a match.

    ``draws`` is how often each person is drawn in each bootstrap sample, shape (samples, persons). The intervals are
    bootstrapped by person (Bolle, Ratha and Pankanti, 2004), as comparisons that share a person are not independent,
    and never narrower than Wilson's. Raises ValueError for a similarity below all of ``scores.highest``.
    """
    if len(scores.highest) < scores.non_mated and value <= scores.highest[-1]:
        raise ValueError("the kept non-mated similarities do not reach down to this one")
    reaching = scores.highest_persons[scores.highest >= value]
    falling = scores.mated < value
    matches, misses = len(reaching), int(np.count_nonzero(falling))
    drawn_matches, drawn_pairs = _pairs_drawn(draws, reaching), _non_mated_drawn(draws, scores.pictures)
    drawn_misses, drawn_mated = _drawn(draws, scores.mated_persons[falling]), _drawn(draws, scores.mated_persons)
    return Rates(
        fmr=matches / max(scores.non_mated, 1),
        fmr_interval=wider(bootstrapped(drawn_matches, drawn_pairs), wilson(matches, scores.non_mated)),
        fnmr=misses / max(len(scores.mated), 1),
        fnmr_interval=wider(bootstrapped(drawn_misses, drawn_mated), wilson(misses, len(scores.mated))),
    )


def _drawn(draws: NDArray[np.int64], persons: NDArray[np.int64]) -> NDArray[np.float64]:
    """How many of these persons' comparisons are in each bootstrap sample."""
    each = np.bincount(persons, minlength=draws.shape[1]).astype(np.float64)
    return np.asarray(draws @ each, np.float64)


def _pairs_drawn(draws: NDArray[np.int64], pairs: NDArray[np.int64]) -> NDArray[np.float64]:
    """How many of these persons' pairs are in each bootstrap sample: a pair as often as its two persons together."""
    total = np.zeros(len(draws))
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        one, other = pairs[start : start + _PAIRS_AT_ONCE].T
        total += (draws[:, one] * draws[:, other]).sum(axis=1)
    return total


def _non_mated_drawn(draws: NDArray[np.int64], pictures: NDArray[np.int64]) -> NDArray[np.float64]:
    """Number of non-mated pairs in each bootstrap sample; copies of one person are not compared with each other."""
    weighted = draws * pictures.astype(np.float64)
    return np.asarray((np.square(weighted.sum(axis=1)) - np.square(weighted).sum(axis=1)) / 2, np.float64)
