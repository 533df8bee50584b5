"""The profile's limits: the threshold, how wide the face must be, how large the frame."""

from dataclasses import replace

from simreg.comparison.thresholds import check_fits, load_threshold, threshold_for
from simreg.decision.reasons import reason
from simreg.decision.types import Decision, Outcome
from simreg.engine import Engine
from simreg.errors import InputError
from simreg.face.types import Observation
from simreg.live.work import Limits
from simreg.liveness.guidance import Guidance, Hint
from simreg.liveness.types import CheckResult, PadDecision, State
from simreg.result import VerificationResult

SIZE = "size"
"""The check, and the reason, that the face is large enough."""

WEIGHTIER = frozenset({Hint.NO_FACE, Hint.SEVERAL_FACES, Hint.WRONG_WAY})
"""Hints that go before the one to come nearer."""


def engine_for(engine: Engine, limits: Limits) -> Engine:
    """The engine with the threshold for the profile's target FMR.

    Raises InputError ``threshold-target`` or ModelError ``threshold-none`` where none was measured, and as
    `load_threshold` does for an operator's file.
    """
    if limits.target_fmr is None or limits.target_fmr == engine.threshold.target_fmr:
        return engine
    own, target_fmr = limits.thresholds, limits.target_fmr
    threshold = threshold_for(engine.recogniser.name, target_fmr) if own is None else load_threshold(own, target_fmr)
    check_fits(threshold, engine.recogniser)
    return replace(engine, threshold=threshold)


def check_frame(width: int, height: int, limits: Limits) -> None:
    """Raise InputError ``frame-too-small`` for a picture whose shorter side is below the profile's limit."""
    if min(width, height) < limits.least_frame_px:
        sentence = f"The camera's picture has {width} x {height} pixels."
        remedy = f"Use a camera that gives at least {limits.least_frame_px} pixels on the shorter side."
        raise InputError("frame-too-small", sentence, remedy)


def nearer(guidance: Guidance, seen: Observation | None, limits: Limits) -> Guidance:
    """The guidance; it asks to come nearer where the face is narrower than the profile wants it."""
    if guidance.finished or seen is None or seen.face is None or guidance.hint in WEIGHTIER:
        return guidance
    return replace(guidance, hint=Hint.TOO_FAR) if seen.face.width < limits.least_face_px else guidance


def held_to(result: VerificationResult, limits: Limits) -> VerificationResult:
    """The result, the face's size held against the profile's limit, too: a face that falls short is not accepted.

    What would be accepted is referred then, as with any check that fails without speaking for an attack.
    """
    checks = tuple(_held(check, limits) if check.name == SIZE else check for check in result.liveness.checks)
    if not any(check.name == SIZE and check.state is State.FAILED for check in checks):
        return replace(result, liveness=replace(result.liveness, checks=checks))
    pad, decision = result.liveness.decision, result.decision
    pad = PadDecision.NOT_ASSESSED if pad is PadDecision.BONA_FIDE else pad
    liveness = replace(result.liveness, checks=checks, decision=pad)
    return replace(result, liveness=liveness, decision=_without_accept(decision))


def _held(check: CheckResult, limits: Limits) -> CheckResult:
    if check.value is None or check.limit is None or limits.least_face_px <= check.limit:
        return check
    limit = float(limits.least_face_px)
    if check.value >= limit:
        return replace(check, limit=limit)
    text = f"The face is only {check.value:.0f} pixels wide; come nearer to the camera."
    return replace(check, state=State.FAILED, limit=limit, text=text)


def _without_accept(decision: Decision) -> Decision:
    told = [one for one in decision.reasons if one.code not in ("accepted", "unsettled", SIZE)]
    outcome = Outcome.REFER if decision.outcome is Outcome.ACCEPT else decision.outcome
    return Decision(outcome, (*told, reason(SIZE)))
