"""An evaluation's figures as one JSON object; a rate that cannot be told is null, beside what bounds it."""

from typing import Any

from simreg.comparison.types import Interval
from simreg.evaluation.comparison.differentials import Differential, GroupRates
from simreg.evaluation.comparison.rates import EqualErrorRate, ErrorRates
from simreg.evaluation.comparison.summary import InUse, OperatingPoint, Summary
from simreg.evaluation.comparison.types import Rate


def summary_as_json(s: Summary) -> dict[str, Any]:
    """The object that summary.json holds."""
    o = s.origin
    return {
        "recogniser": {"name": o.recogniser, "model_sha256": o.model_sha256, "preprocessing": o.preprocessing},
        "data_set": o.data_set,
        "pairs": o.pairs,
        "date": o.date,
        "version": o.version,
        "persons": {"number": s.persons, "taken_from": s.persons_from, "without_group": s.ungrouped},
        "pictures": {"number": s.pictures, "no_face": s.no_face, "unreadable": s.unreadable, "fta": rate(s.fta)},
        "comparisons": {
            "mated": {"number": s.mated, "compared": s.mated_compared},
            "non_mated": {"number": s.non_mated, "compared": s.non_mated_compared},
        },
        "eer": None if s.eer is None else _eer(s.eer),
        "operating_points": [_point(point) for point in s.points],
        "threshold_in_use": None if s.in_use is None else _in_use(s.in_use),
        "det": [list(pair) for pair in _thinned(s.det)],
        "histograms": {
            "from": -1.0,
            "bin_width": 2 / len(s.mated_histogram),
            "mated": list(s.mated_histogram),
            "non_mated": list(s.non_mated_histogram),
        },
    }


def rate(one: Rate) -> dict[str, Any]:
    """Value (null where no error was seen), bound (null where one was), interval, errors and trials."""
    return {
        "value": one.value,
        "at_most": one.at_most,
        "interval": _interval(one.interval) if one.trials else None,
        "errors": one.errors,
        "trials": one.trials,
    }


def _rates(one: ErrorRates) -> dict[str, Any]:
    return {"fmr": rate(one.fmr), "fnmr": rate(one.fnmr), "far": rate(one.far), "frr": rate(one.frr)}


def _eer(one: EqualErrorRate) -> dict[str, Any]:
    return {
        "value": one.value,
        "at_most": one.at_most,
        "interval": _interval(one.interval),
        "similarity": one.similarity,
    }


def _point(point: OperatingPoint) -> dict[str, Any]:
    return {
        "target_fmr": point.target_fmr,
        "similarity": None if point.rates is None else point.rates.similarity,
        **({"fmr": None, "fnmr": None, "far": None, "frr": None} if point.rates is None else _rates(point.rates)),
        "fmr_at_most": point.fmr_at_most,
        "fnmr_at_least": point.fnmr_at_least,
        "groups": [_group(group) for group in point.groups],
    }


def _in_use(one: InUse) -> dict[str, Any]:
    return {
        "similarity": one.threshold.value,
        "target_fmr": one.threshold.target_fmr,
        "data_set": one.threshold.data_set,
        **_rates(one.rates),
        "groups": [_group(group) for group in one.groups],
    }


def _group(group: GroupRates) -> dict[str, Any]:
    return {
        "group": group.name,
        "persons": group.persons,
        "fmr": _differential(group.fmr),
        "fnmr": _differential(group.fnmr),
    }


def _differential(one: Differential) -> dict[str, Any]:
    return rate(one.rate) | {
        "to_geometric_mean": one.to_mean,
        "to_geometric_mean_interval": _interval(one.to_mean_interval),
        "to_best": one.to_best,
        "to_best_interval": _interval(one.to_best_interval),
    }


def _interval(one: Interval | None) -> list[float] | None:
    return None if one is None else [one.low, one.high]


def _thinned(points: tuple[tuple[float, float], ...], most: int = 400) -> tuple[tuple[float, float], ...]:
    return points[:: max(1, len(points) // most)]
