"""Thresholds of a table of scores: what `simreg verify --threshold` reads."""

from collections.abc import Sequence

from simreg.comparison.types import Interval, Threshold
from simreg.errors import InputError
from simreg.evaluation.comparison.bootstrap import drawn_persons
from simreg.evaluation.comparison.persons import persons_of
from simreg.evaluation.comparison.rates import Sampled, value_at
from simreg.evaluation.comparison.scores import by_person
from simreg.evaluation.comparison.types import Rate, ScoreTable

REFER_AT = 10.0
"""Referral begins at the similarity with so many times the target FMR."""

LARGEST = 0.1
"""Target FMR above which a threshold is no use to anybody."""


def calibrate(
    table: ScoreTable, targets: Sequence[float], source: str, same_person: float | None = None
) -> tuple[Threshold, ...]:
    """A threshold for each target FMR, the highest first.

    ``source`` says where the measurement is written up; ``same_person`` as in `Threshold`. Raises InputError
    ``calibrate-target`` for a target that is not above 0 and at most 0.1, ``calibrate-no-mated`` where the FNMR cannot be
    told, and ``too-few-comparisons``, ``scores-identical``, ``pairs-contradict``.
    """
    wanted = sorted(set(targets), reverse=True)
    if not wanted or not all(0 < target <= LARGEST for target in wanted):
        sentence = f"A target FMR is above 0 and at most {LARGEST:g}."
        raise InputError("calibrate-target", sentence, "Ask for 1e-4, for instance.")
    persons = persons_of(table.pairs)
    comparisons = by_person(table, persons)
    if not comparisons.mated.size:
        sentence = "There are no mated comparisons, so that the FNMR cannot be told."
        raise InputError("calibrate-no-mated", sentence, "Compare also pictures of the same person.")
    values = {target: value_at(comparisons, target) for target in wanted}
    sampled = Sampled(comparisons, drawn_persons(persons.count))
    return tuple(_threshold(table, sampled, target, values[target], source, same_person) for target in wanted)


def _threshold(
    table: ScoreTable, sampled: Sampled, target: float, value: float, source: str, same_person: float | None
) -> Threshold:
    rates, origin = sampled.rates(value), table.origin
    return Threshold(
        value=value,
        refer_from=min(value, value_at(sampled.comparisons, min(REFER_AT * target, 0.5))),
        target_fmr=target,
        fmr=_share(rates.fmr),
        fmr_interval=_whole(rates.fmr),
        fnmr=_share(rates.fnmr),
        fnmr_interval=_whole(rates.fnmr),
        mated=rates.fnmr.trials,
        non_mated=rates.fmr.trials,
        recogniser=origin.recogniser,
        model_sha256=origin.model_sha256,
        preprocessing=origin.preprocessing,
        data_set=origin.data_set,
        date=origin.date,
        source=source,
        same_person=same_person,
    )


def _share(rate: Rate) -> float:
    return rate.errors / rate.trials


def _whole(rate: Rate) -> Interval:
    """The interval, which holds the rate whatever the bootstrap drew."""
    return Interval(min(rate.interval.low, _share(rate)), max(rate.interval.high, _share(rate)))
