"""Presentation attack detection: actions and checks put together (ISO/IEC 30107-3)."""

from collections.abc import Sequence

from simreg.liveness.challenge import Challenge, close
from simreg.liveness.checks import CHECKS, not_flat, turn_shape
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import Action, CheckResult, PadDecision, PadResult, Sample, State

TURNS = frozenset({Action.TURN_LEFT, Action.TURN_RIGHT})

TURN_CHECKS = frozenset({not_flat.NAME, turn_shape.NAME})
"""Checks that only a turn makes possible; they are required where a turn was asked for."""


def detect(evidence: Evidence, curves: Sequence[Sample], optional: frozenset[str] = frozenset()) -> PadResult:
    """Whether a live person followed the challenge.

    A check that speaks for an attack, or an action other than the one asked for, makes it an attack. Bona fide is only
    what followed a challenge to the end and passed every required check. All else is not assessed. ``optional`` names
    checks that may stay not assessed (a failure still counts).
    """
    challenge = evidence.progress.challenge
    checks = tuple(check(evidence) for check in CHECKS)
    results, fault = close(evidence.progress)
    return PadResult(
        _decide(challenge, fault, checks, optional) if evidence.faces else PadDecision.NOT_ASSESSED,
        challenge,
        results,
        evidence.progress.seen,
        checks,
        fault,
        tuple(curves),
    )


def required(challenge: Challenge, check: CheckResult, optional: frozenset[str]) -> bool:
    """Whether a check that could not be assessed stands in the way."""
    return check.name not in optional and (check.name not in TURN_CHECKS or bool(TURNS & set(challenge)))


def _decide(
    challenge: Challenge, fault: str | None, checks: Sequence[CheckResult], optional: frozenset[str]
) -> PadDecision:
    if any(check.state is State.FAILED and check.suspicious for check in checks) or fault == "wrong-action":
        return PadDecision.ATTACK
    unsettled = any(check.state is State.NOT_ASSESSED and required(challenge, check, optional) for check in checks)
    failed = any(check.state is State.FAILED for check in checks)
    if not challenge or fault or failed or unsettled:
        return PadDecision.NOT_ASSESSED
    return PadDecision.BONA_FIDE
