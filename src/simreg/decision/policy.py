"""The policy: facts in, outcome and ordered reasons out."""

from dataclasses import dataclass

from simreg.comparison.types import ComparisonDecision, ComparisonScore
from simreg.decision.reasons import reason
from simreg.decision.types import Decision, Outcome
from simreg.liveness.types import PadDecision, PadResult, State

OF_FAILED_CHECK = {
    "face-present": "face-left",
    "one-face": "several-faces",
    "same-person": "person-changed",
    "continuity": "capture-cut",
    "freeze": "capture-frozen",
    "repeats": "capture-repeats",
    "loop": "capture-looped",
    "frame-times": "frame-times",
    "frame-rate": "frame-rate",
    "not-flat": "flat-face",
    "turn-shape": "flat-face",
    "passive-pad": "passive-pad",
    "light": "light",
    "size": "size",
    "sharpness": "sharpness",
}
"""Reason code of a check that failed."""

OF_UNASSESSED_CHECK = {"not-flat": "turn-too-small", "turn-shape": "turn-too-small", "passive-pad": "passive-pad-unsure"}
"""Reason code of a check that could not be made; `capture-too-short` for all others."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the policy looks at.

    ``faces`` is the number of frames with a face, ``neutral`` whether the neutral state was found, ``passive_pad``
    whether such a network is there, ``reference_problem`` a reason code or None. ``open_checks`` are the checks that
    stand in the way because they could not be made.
    """

    liveness: PadResult
    comparison: ComparisonScore
    reference_problem: str | None
    faces: int
    neutral: bool
    passive_pad: bool
    open_checks: tuple[str, ...]


def decide(facts: Facts) -> Decision:
    """Accept only what is bona fide and a match; refuse what is an attack, somebody else, or did not do what was asked;
    refer the rest to a person.
    """
    refusing, referring = _refusing(facts), _referring(facts)
    if refusing:
        return _decision(Outcome.REFUSE, [*refusing, *referring])
    settled = facts.liveness.decision is PadDecision.BONA_FIDE and facts.comparison.decision is ComparisonDecision.MATCH
    if referring or not settled:
        return _decision(Outcome.REFER, referring or ["unsettled"])
    return _decision(Outcome.ACCEPT, ["accepted"])


def _decision(outcome: Outcome, codes: list[str]) -> Decision:
    return Decision(outcome, tuple(reason(code) for code in dict.fromkeys(codes)))


def _refusing(facts: Facts) -> list[str]:
    """Codes that refuse, weightiest first."""
    pad = facts.liveness
    if not facts.faces:
        return ["capture-no-face"]
    codes = [OF_FAILED_CHECK[check.name] for check in pad.checks if check.state is State.FAILED and check.suspicious]
    if pad.fault and facts.neutral:
        codes.append(f"challenge-{pad.fault}")
    if facts.comparison.decision is ComparisonDecision.NON_MATCH and not _near(facts.comparison):
        codes.append("non-match")
    return codes


def _referring(facts: Facts) -> list[str]:
    """Codes that refer, weightiest first."""
    pad, comparison = facts.liveness, facts.comparison
    codes = [] if facts.reference_problem is None else [facts.reference_problem]
    if not pad.challenge:
        codes.append("challenge-none")
    if facts.faces and not facts.neutral:
        codes.append("capture-no-neutral")
    codes += [OF_FAILED_CHECK[c.name] for c in pad.checks if c.state is State.FAILED and not c.suspicious]
    codes += [_of_open_check(name, facts.passive_pad) for name in facts.open_checks]
    if comparison.decision is ComparisonDecision.NON_MATCH and _near(comparison):
        codes.append("near-threshold")
    if comparison.decision is ComparisonDecision.NOT_ASSESSED and facts.reference_problem is None:
        codes.append("no-probe")
    return codes


def _of_open_check(name: str, passive_pad: bool) -> str:
    if name == "passive-pad" and not passive_pad:
        return "passive-pad-missing"
    return OF_UNASSESSED_CHECK.get(name, "capture-too-short")


def _near(comparison: ComparisonScore) -> bool:
    """Whether a similarity below the threshold lies in the band that is referred."""
    return comparison.similarity is not None and comparison.similarity >= comparison.threshold.refer_from
