"""Rates with their exact intervals."""

from simreg.comparison.types import Interval
from simreg.evaluation.pad.types import Rate
from simreg.exact import clopper_pearson as exact
from simreg.exact import incomplete_beta


def clopper_pearson(errors: int, trials: int) -> Interval:
    """The exact 95 % interval of ``errors`` (0..``trials``) in independent ``trials``; 0..1 without trials."""
    return Interval(*exact(errors, trials))


def rate(errors: int, trials: int) -> Rate:
    """A rate with its interval."""
    return Rate(errors, trials, clopper_pearson(errors, trials))


def at_least(errors: int, trials: int, rate: float) -> float:
    """Probability of ``errors`` or more in ``trials`` at a rate strictly between 0 and 1."""
    return 1.0 if errors == 0 else incomplete_beta(rate, errors, trials - errors + 1)
