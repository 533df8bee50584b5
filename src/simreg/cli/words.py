"""A result in plain words for a terminal."""

from simreg.decision.types import Outcome
from simreg.liveness.types import PadDecision, State
from simreg.result import VerificationResult

OUTCOMES = {
    Outcome.ACCEPT: "ACCEPTED",
    Outcome.REFER: "REFERRED to a person",
    Outcome.REFUSE: "REFUSED",
}
LIVENESS = {
    PadDecision.BONA_FIDE: "a live person followed the challenge",
    PadDecision.ATTACK: "not a live person who followed the challenge",
    PadDecision.NOT_ASSESSED: "could not be settled",
}
MARKS = {State.PASSED: "ok", State.FAILED: "FAILED", State.NOT_ASSESSED: "not assessed"}


def told(result: VerificationResult) -> str:
    """Outcome, why, what was seen when, how alike the faces are and what that is worth."""
    return "\n".join([*_outcome(result), "", *_movements(result), "", *_checks(result), "", *_faces(result)])


def _outcome(result: VerificationResult) -> list[str]:
    lines = [OUTCOMES[result.decision.outcome]]
    for reason in result.decision.reasons:
        lines += [f"  {reason.text} [{reason.code}]", f"    {reason.remedy}"]
    return lines


def _movements(result: VerificationResult) -> list[str]:
    pad = result.liveness
    lines = [f"Liveness: {LIVENESS[pad.decision]}"]
    for action in pad.actions:
        if action.passed and action.start_s is not None and action.end_s is not None:
            lines.append(f"  {action.action:<11} seen from {action.start_s:.1f} s to {action.end_s:.1f} s")
        else:
            lines.append(f"  {action.action:<11} NOT SEEN when it was due")
    asked = {(a.start_s, a.end_s) for a in pad.actions}
    other = [f"{s.action} at {s.start_s:.1f} s" for s in pad.seen if (s.start_s, s.end_s) not in asked]
    if other:
        lines.append(f"  {'also' if pad.actions else 'Without a challenge,'} seen: {', '.join(other)}")
    return lines


def _checks(result: VerificationResult) -> list[str]:
    lines = ["Checks:"]
    for check in result.liveness.checks:
        value = "" if check.value is None else f" {check.value:.3g}"
        limit = "" if check.limit is None else f" (limit {check.limit:.3g})"
        lines.append(f"  {MARKS[check.state]:<13}{check.name:<13}{value}{limit}  {check.text}")
    return lines


def _faces(result: VerificationResult) -> list[str]:
    score, threshold = result.comparison, result.comparison.threshold
    lines = [f"Comparison: {score.decision}", f"  {score.text}"]
    models = ", ".join(f"{m.name} ({m.source})" for m in result.models)
    lines.append(
        f"  Recogniser {threshold.recogniser}, threshold {threshold.value:.3f}, target FMR {threshold.target_fmr:g}"
    )
    lines.append(f"Networks: {models}")
    total = result.timing_ms.get("total")
    if total is not None:
        lines.append(f"Took {total / 1000:.2f} s for {result.capture.frames} frames, and {_load(result)} s to load.")
    return lines


def _load(result: VerificationResult) -> str:
    return f"{result.timing_ms.get('load', 0.0) / 1000:.2f}"
