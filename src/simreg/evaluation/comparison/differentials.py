"""How much error rates differ between groups of people.

For each group: the FMR of non-mated comparisons inside the group, and the FNMR of its persons' mated comparisons, at one
similarity for all. Differentials as in ISO/IEC 19795-10:2024 ("worst case to geometric mean"), and to the best group:

    to_mean = rate of the group / geometric mean of the rates of all groups
    to_best = rate of the group / lowest rate of all groups

Groups in which no error was seen have no rate to divide by: they take no part, and their bound is told instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simreg.comparison.types import Interval
from simreg.evaluation.comparison.bootstrap import Draws, middle
from simreg.evaluation.comparison.persons import Groups
from simreg.evaluation.comparison.rates import Sampled
from simreg.evaluation.comparison.scores import among
from simreg.evaluation.comparison.types import Comparisons, Floats, Rate


@dataclass(frozen=True, slots=True)
class Differential:
    """A group's rate with its ratios to the geometric mean and to the best group; None where they cannot be told."""

    rate: Rate
    to_mean: float | None
    to_mean_interval: Interval | None
    to_best: float | None
    to_best_interval: Interval | None


@dataclass(frozen=True, slots=True)
class GroupRates:
    """One group at one similarity: its name, number of persons, and both error rates."""

    name: str
    persons: int
    fmr: Differential
    fnmr: Differential


class Grouped:
    """The comparisons of each group with the bootstrap's draws of persons."""

    def __init__(self, comparisons: Comparisons, groups: Groups, draws: Draws) -> None:
        self._names = groups.names
        members = [groups.of_persons == number for number in range(len(groups.names))]
        self._persons = [int(np.count_nonzero(one)) for one in members]
        self._sampled = [Sampled(among(comparisons, one), draws) for one in members]

    def at(self, similarity: float) -> tuple[GroupRates, ...]:
        """Rates and differentials of all groups at a similarity."""
        measured = [sampled.rates(similarity) for sampled in self._sampled]
        fmr = differentials([one.fmr for one in measured], [one.drawn_fmr for one in measured])
        fnmr = differentials([one.fnmr for one in measured], [one.drawn_fnmr for one in measured])
        return tuple(map(GroupRates, self._names, self._persons, fmr, fnmr))


def differentials(rates: Sequence[Rate], drawn: Sequence[Floats]) -> list[Differential]:
    """Ratios of these groups' rates; ``drawn`` are the bootstrapped rates of each, shape (samples,)."""
    values = np.array([np.nan if one.value is None else one.value for one in rates])
    known = np.isfinite(values)
    if np.count_nonzero(known) < 2:
        return [Differential(one, None, None, None, None) for one in rates]
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(np.stack(drawn)[known])  # a sample without an error in one of them says nothing of ratios
        logs[~np.isfinite(logs)] = np.nan
        drawn_mean, drawn_best = np.exp(logs.mean(axis=0)), np.exp(logs.min(axis=0))
        mean, best = float(np.exp(np.log(values[known]).mean())), float(values[known].min())
        return [
            Differential(
                one,
                value / mean if there else None,
                middle(each / drawn_mean) if there else None,
                value / best if there else None,
                middle(each / drawn_best) if there else None,
            )
            for one, value, there, each in zip(rates, values.tolist(), known.tolist(), drawn, strict=True)
        ]
