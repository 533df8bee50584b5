"""The figures of an evaluation as plain values: summary.json."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from simreg import __version__
from simreg.engine import Engine
from simreg.evaluation.pad import gain
from simreg.evaluation.pad.kept import code_digest
from simreg.evaluation.pad.rates import (
    AttackRates,
    BonaFideRates,
    attack_rates,
    bona_fide_rates,
    by_species,
    of,
    riapar,
    worst,
)
from simreg.evaluation.pad.types import Attempt, Label, Rate

Json = dict[str, Any]


def summary(attempts: Sequence[Attempt], engine: Engine) -> Json:
    """Counts, rates with intervals, what each check did, and what all of it was measured with."""
    genuine = of(attempts, Label.BONA_FIDE)
    bona_fide = bona_fide_rates(genuine)
    attacks = by_species(attempts)
    species = {key: attack_rates(some) for key, some in attacks.items()}
    return {
        "version": __version__,
        "algorithm_sha256": code_digest(),
        "models": [{"name": use.name, "sha256": use.sha256} for use in engine.models],
        "threshold": {"value": engine.threshold.value, "target_fmr": engine.threshold.target_fmr},
        "presentations": {"bona_fide": len(genuine), "attack": len(of(attempts, Label.ATTACK))},
        "bona_fide": _rates(bona_fide) | _subjects(genuine),
        "by_condition": {
            name: _rates(bona_fide_rates(some)) | _subjects(some) for name, some in by_condition(genuine).items()
        },
        "attacks": [
            {"kind": kind, "species": name, "recordings": len({one.presentation.file for one in attacks[kind, name]})}
            | _rates(rates)
            | {
                "riapar": _riapar(rates.iapar, bona_fide.frr),
                "outcomes": outcomes(by_species(attempts)[kind, name]),
            }
            for (kind, name), rates in species.items()
        ],
        "worst": worst(species),
        "outcomes": {"bona_fide": outcomes(genuine), "attack": outcomes(of(attempts, Label.ATTACK))},
        "errors": dict(Counter(one.judged.error for one in attempts if one.judged.error)),
        "reasons": {label.value.replace("-", "_"): _reasons(of(attempts, label)) for label in Label},
        "checks": [_check(attempts, genuine, check) for check in gain.check_names(attempts)],
    }


def by_condition(attempts: Sequence[Attempt]) -> dict[str, list[Attempt]]:
    """Presentations by each word of their conditions; those without one come under ``none``."""
    found: dict[str, list[Attempt]] = {}
    for one in attempts:
        for name in one.presentation.conditions or ("none",):
            found.setdefault(name, []).append(one)
    return dict(sorted(found.items()))


def outcomes(attempts: Sequence[Attempt]) -> dict[str, int]:
    """How often each outcome came: ``accept``, ``refer``, ``refuse``, ``unreadable``, or ``liveness-only`` without a
    reference.
    """

    def name(one: Attempt) -> str:
        if one.judged.error:
            return "unreadable"
        return one.judged.outcome or "liveness-only"

    counted = Counter(map(name, attempts))
    return {key: counted[key] for key in ("accept", "refer", "refuse", "unreadable", "liveness-only")}


def rate_json(rate: Rate) -> Json:
    """Errors, trials, the rate and the ends of its interval."""
    ends = [round(rate.interval.low, 6), round(rate.interval.high, 6)]
    return {"errors": rate.errors, "trials": rate.trials, "rate": _rounded(rate.value), "interval": ends}


def _rates(rates: AttackRates | BonaFideRates) -> Json:
    return {field.name: rate_json(getattr(rates, field.name)) for field in fields(rates)}


def _riapar(iapar: Rate, frr: Rate) -> Json:
    """The sum and, as the sum of both upper ends, what it is at most (95 %: each end holds in 97.5 %)."""
    return {"rate": _rounded(riapar(iapar, frr)), "at_most": _rounded(min(1.0, iapar.interval.high + frr.interval.high))}


def _check(attempts: Sequence[Attempt], genuine: Sequence[Attempt], check: str) -> Json:
    left_out = gain.without(attempts, check)
    return {
        "name": check,
        "left_out": {
            "bona_fide_freed": left_out.freed,
            "attacks_let_in": left_out.let_in,
            "held_up": rate_json(left_out.held_up),
            "passed": [{"kind": k, "species": s} | rate_json(r) for (k, s), r in left_out.by_species.items()],
        },
        "bona_fide": _caught(genuine, check),
        "attacks": [
            {"kind": kind, "species": name} | _caught(some, check) for (kind, name), some in by_species(attempts).items()
        ],
    }


def _caught(attempts: Sequence[Attempt], check: str) -> Json:
    found = gain.caught(attempts, check)
    return {"in_the_way": found.stood, "alone": found.alone, "suspected": gain.suspected(attempts, check)}


def _reasons(attempts: Sequence[Attempt]) -> dict[str, int]:
    return dict(Counter(code for one in attempts for code in one.judged.reasons).most_common())


def _subjects(attempts: Sequence[Attempt]) -> Json:
    """How many subjects there are, and how many of them were held up at least once; a recording whose subject is not
    told counts as one of its own.
    """
    everybody = {_subject(one) for one in attempts}
    return {"subjects": len(everybody), "subjects_held_up": len({_subject(one) for one in gain.failures(attempts)[1]})}


def _subject(one: Attempt) -> str:
    return one.presentation.subject or str(one.presentation.file.resolve())


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
