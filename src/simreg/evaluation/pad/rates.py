"""The error rates of a PAD subsystem and of the whole system (ISO/IEC 30107-3)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from simreg.decision.types import Outcome
from simreg.evaluation.pad.binomial import rate
from simreg.evaluation.pad.types import Attempt, Judged, Label, Rate, Response
from simreg.liveness.types import PadDecision, State

CHALLENGE = "challenge"
"""The challenge, where it stands beside the checks: that it was followed."""


def response(judged: Judged) -> Response:
    """What the PAD subsystem answered."""
    if judged.pad is None:
        return Response.NONE
    if judged.pad.decision is PadDecision.BONA_FIDE:
        return Response.BONA_FIDE
    not_followed = any(code.startswith("challenge-") and code != "challenge-none" for code in judged.reasons)
    return Response.ATTACK if judged.pad.decision is PadDecision.ATTACK or not_followed else Response.NONE


def blockers(judged: Judged) -> frozenset[str]:
    """What stands between this attempt and bona fide: checks that failed or had to be made and could not be, and the
    challenge where it was not followed. It is bona fide exactly when this is empty.
    """
    pad = judged.pad
    if pad is None:
        return frozenset({"readable"})
    failed = (check.name for check in pad.checks if check.state is State.FAILED)
    unfollowed = [CHALLENGE] if pad.fault or not pad.challenge else []
    return frozenset([*failed, *judged.unsettled, *unfollowed])


@dataclass(frozen=True, slots=True)
class AttackRates:
    """Of the attacks of one species (or of all).

    ``apcer``: classified as bona fide among those that were classified. ``passed``: the same among all presentations.
    ``apnrr``: the PAD subsystem did not respond. ``iapar``: the whole system accepted, among those with a reference;
    ``referred``: it sent them to a person. Clauses 13.2 and 13.4.
    """

    apcer: Rate
    passed: Rate
    apnrr: Rate
    iapar: Rate
    referred: Rate


@dataclass(frozen=True, slots=True)
class BonaFideRates:
    """Of the bona fide presentations.

    ``bpcer``: classified as attack among those that were classified. ``held_up``: not classified as bona fide, for
    whatever reason, among all. ``bpnrr``: the PAD subsystem did not respond. ``frr``: the whole system did not accept,
    among those with a reference; ``refused`` and ``referred`` are its parts, the rest could not be read.
    """

    bpcer: Rate
    held_up: Rate
    bpnrr: Rate
    frr: Rate
    refused: Rate
    referred: Rate


def attack_rates(attempts: Sequence[Attempt]) -> AttackRates:
    """The rates over these attacks."""
    judged = [one.judged for one in attempts]
    answered = [one for one in judged if response(one) is not Response.NONE]
    compared = _with_reference(attempts)
    return AttackRates(
        apcer=share(answered, _passes),
        passed=share(judged, _passes),
        apnrr=share(judged, _silent),
        iapar=share(compared, _has(Outcome.ACCEPT)),
        referred=share(compared, _has(Outcome.REFER)),
    )


def bona_fide_rates(attempts: Sequence[Attempt]) -> BonaFideRates:
    """The rates over these bona fide presentations."""
    judged = [one.judged for one in attempts]
    answered = [one for one in judged if response(one) is not Response.NONE]
    compared = _with_reference(attempts)
    return BonaFideRates(
        bpcer=share(answered, lambda one: not _passes(one)),
        held_up=share(judged, lambda one: not _passes(one)),
        bpnrr=share(judged, _silent),
        frr=share(compared, lambda one: one.outcome != Outcome.ACCEPT),
        refused=share(compared, _has(Outcome.REFUSE)),
        referred=share(compared, _has(Outcome.REFER)),
    )


def riapar(iapar: Rate, frr: Rate) -> float | None:
    """Relative impostor attack presentation accept rate: what a system gains in security at the cost of its users, as
    the sum of IAPAR and FRR (ISO/IEC 30107-3:2023); None where one of them is not known.
    """
    return None if iapar.value is None or frr.value is None else iapar.value + frr.value


def share(judged: Sequence[Judged], holds: Callable[[Judged], bool]) -> Rate:
    """Of how many something holds."""
    return rate(sum(map(holds, judged)), len(judged))


def of(attempts: Iterable[Attempt], label: Label) -> list[Attempt]:
    """Those of one label."""
    return [one for one in attempts if one.presentation.label is label]


def by_species(attempts: Iterable[Attempt]) -> dict[tuple[str, str], list[Attempt]]:
    """Attacks by kind and species, in the order of their names."""
    found: dict[tuple[str, str], list[Attempt]] = {}
    for one in of(attempts, Label.ATTACK):
        found.setdefault((one.presentation.kind, one.presentation.species), []).append(one)
    return dict(sorted(found.items()))


def worst(species: dict[tuple[str, str], AttackRates]) -> dict[str, str]:
    """By kind, the species with the highest APCER; of equal ones that with the higher upper end of its interval."""
    found: dict[str, str] = {}
    for kind in dict.fromkeys(kind for kind, _ in species):
        rates = {name: one.apcer for (of_kind, name), one in species.items() if of_kind == kind and one.apcer.trials}
        if rates:
            found[kind] = max(rates, key=lambda name: (rates[name].value or 0.0, rates[name].interval.high))
    return found


def _with_reference(attempts: Sequence[Attempt]) -> list[Judged]:
    return [one.judged for one in attempts if one.presentation.reference is not None]


def _passes(judged: Judged) -> bool:
    return response(judged) is Response.BONA_FIDE


def _silent(judged: Judged) -> bool:
    return response(judged) is Response.NONE


def _has(outcome: Outcome) -> Callable[[Judged], bool]:
    return lambda judged: judged.outcome == outcome
