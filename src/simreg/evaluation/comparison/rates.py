"""Error rates at a similarity, the similarity at a rate, and the rates where both are equal.

Of comparisons whose pictures were all acquired (ISO/IEC 19795-1:2021):

    FMR(t)  = non-mated similarities that reach t / all non-mated similarities
    FNMR(t) = mated similarities below t / all mated similarities

and of all comparisons that were to be made, where a failure to acquire matches nobody (the same standard's FAR and FRR of
a transaction of one attempt, FAR = FMR (1 - FTA), FRR = FTA + (1 - FTA) FNMR, counted out instead of multiplied):

    FAR(t) = non-mated similarities that reach t / all non-mated comparisons
    FRR(t) = (mated similarities below t + mated comparisons not acquired) / all mated comparisons
    FTA    = pictures not acquired / all pictures
"""

from dataclasses import dataclass

import numpy as np

from simreg.comparison.intervals import wider, wilson
from simreg.comparison.types import Interval
from simreg.errors import InputError
from simreg.evaluation.comparison.bootstrap import Draws, middle, pairs, rate, singles
from simreg.evaluation.comparison.types import RULE_OF_THREE, Comparisons, Floats, Rate

STEP = 1e-4
"""Thresholds are whole multiples of this similarity."""

GRID = np.round(np.arange(-10_000, 10_001) * STEP, 4)
"""All similarities that can be thresholds, rising."""

_AROUND, _SPACING = 0.15, 0.005
"""How far from its own the bootstrap looks for the equal error rate's similarity, and in what steps."""


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """What is wrong at a similarity, and the bootstrapped rates of both kinds, shape (samples,), NaN without trials."""

    similarity: float
    fmr: Rate
    fnmr: Rate
    far: Rate
    frr: Rate
    drawn_fmr: Floats
    drawn_fnmr: Floats


@dataclass(frozen=True, slots=True)
class EqualErrorRate:
    """FMR and FNMR at the similarity where they differ least, and their mean, which is the EER.

    ``at_most`` bounds it where neither kind of error was seen; ``value`` is None then.
    """

    similarity: float
    value: float | None
    at_most: float | None
    interval: Interval


def supported(trials: int, target_fmr: float) -> bool:
    """Whether so many non-mated comparisons can show such an FMR: without an error they bound it by 3/n or less."""
    return target_fmr * trials >= RULE_OF_THREE * (1 - 1e-9)


def value_at(c: Comparisons, target_fmr: float) -> float:
    """The lowest similarity, a multiple of 0.0001, at which the FMR does not exceed the target.

    Raises InputError ``too-few-comparisons`` where n does not support it, and ``scores-identical`` where not even the
    similarity 1 keeps to it.
    """
    trials = len(c.non_mated)
    if not supported(trials, target_fmr):
        raise InputError(
            "too-few-comparisons",
            f"{trials:,} non-mated comparisons cannot show an FMR of {target_fmr:g}.",
            f"Compare at least {int(np.ceil(RULE_OF_THREE / target_fmr)):,} pairs of different persons, or ask for a "
            "higher FMR.",
        )
    allowed = matches_at(c) / trials <= target_fmr
    if not allowed.any():
        sentence = f"More than a share of {target_fmr:g} of the non-mated comparisons have the similarity 1."
        raise InputError("scores-identical", sentence, "Look for the same picture under two persons.")
    return float(GRID[np.argmax(allowed)])


def matches_at(c: Comparisons) -> Floats:
    """How many non-mated similarities reach each one of `GRID`."""
    return len(c.non_mated) - np.searchsorted(c.non_mated[::-1], GRID).astype(np.float64)


def misses_at(c: Comparisons) -> Floats:
    """How many mated similarities are below each one of `GRID`."""
    return np.searchsorted(np.sort(c.mated), GRID).astype(np.float64)


class Sampled:
    """Comparisons with the bootstrap's draws of their persons: what each sample holds is counted once."""

    def __init__(self, comparisons: Comparisons, draws: Draws) -> None:
        self.comparisons = c = comparisons
        self._draws = draws
        self._mated, self._non_mated = singles(c.mated_persons, draws), pairs(c.non_mated_persons, draws)
        self._mated_failed, self._non_mated_failed = singles(c.mated_failed, draws), pairs(c.non_mated_failed, draws)

    def rates(self, similarity: float) -> ErrorRates:
        """Error rates at a similarity."""
        c = self.comparisons
        matches = int(np.searchsorted(-c.non_mated, -similarity, side="right"))
        falling = c.mated < similarity
        misses, failed = int(np.count_nonzero(falling)), len(c.mated_failed)
        drawn_matches = pairs(c.non_mated_persons[:matches], self._draws)
        drawn_misses = singles(c.mated_persons[falling], self._draws)
        all_mated, all_non_mated = len(c.mated) + failed, len(c.non_mated) + len(c.non_mated_failed)
        drawn_mated, drawn_non_mated = self._mated + self._mated_failed, self._non_mated + self._non_mated_failed
        return ErrorRates(
            similarity=similarity,
            fmr=rate(matches, len(c.non_mated), drawn_matches, self._non_mated),
            fnmr=rate(misses, len(c.mated), drawn_misses, self._mated),
            far=rate(matches, all_non_mated, drawn_matches, drawn_non_mated),
            frr=rate(misses + failed, all_mated, drawn_misses + self._mated_failed, drawn_mated),
            drawn_fmr=share(drawn_matches, self._non_mated),
            drawn_fnmr=share(drawn_misses, self._mated),
        )

    def fta(self) -> Rate:
        """Failure to acquire, by picture."""
        c = self.comparisons
        failed, every = singles(c.failed_pictures, self._draws), singles(c.pictures, self._draws)
        return rate(len(c.failed_pictures), len(c.pictures), failed, every)

    def eer(self) -> EqualErrorRate | None:
        """The equal error rate; None without mated or without non-mated comparisons."""
        c = self.comparisons
        fewest = min(len(c.mated), len(c.non_mated))
        if not fewest:
            return None
        fmr, fnmr = matches_at(c) / len(c.non_mated), misses_at(c) / len(c.mated)
        place = int(np.argmin(np.abs(fmr - fnmr)))
        value, similarity = float(fmr[place] + fnmr[place]) / 2, float(GRID[place])
        low, high = self._eer_interval(similarity)
        interval = wider(wider(Interval(low, high), wilson(round(value * fewest), fewest)), Interval(value, value))
        bound = min(1.0, RULE_OF_THREE / fewest)
        return EqualErrorRate(similarity, value or None, None if value else bound, interval)

    def _eer_interval(self, similarity: float) -> tuple[float, float]:
        """The middle 95 % of where both bootstrapped rates cross, between similarities a step apart."""
        c, draws = self.comparisons, self._draws
        falling = np.arange(min(1.0, similarity + _AROUND), max(-1.0, similarity - _AROUND), -_SPACING)
        ends = np.searchsorted(-c.non_mated, -falling, side="right")
        bands = [pairs(c.non_mated_persons[a:b], draws) for a, b in zip((0, *ends[:-1]), ends, strict=True)]
        fmr = share(np.cumsum(bands, axis=0), self._non_mated)
        fnmr = share(np.stack([singles(c.mated_persons[c.mated < one], draws) for one in falling]), self._mated)
        after = np.argmax(fmr >= fnmr, axis=0)  # the first place, going down, where the FMR is the larger one
        before, sample = np.maximum(after - 1, 0), np.arange(fmr.shape[1])
        gap, next_gap = (fnmr - fmr)[before, sample], (fmr - fnmr)[after, sample]
        part = gap / np.where(gap + next_gap > 0, gap + next_gap, 1)
        interval = middle(fmr[before, sample] + part * (fmr[after, sample] - fmr[before, sample]))
        return (0.0, 1.0) if interval is None else (max(0.0, interval.low), min(1.0, interval.high))


def share(errors: Floats, trials: Floats) -> Floats:
    """Errors over trials, NaN where there are none."""
    out = np.full(np.shape(errors), np.nan)
    np.divide(errors, trials, out=out, where=trials > 0)
    return out
