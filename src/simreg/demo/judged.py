"""Whether a scene ended as expected, and what it shows about artificial faces."""

from simreg.comparison.types import ComparisonDecision
from simreg.decision.types import Outcome
from simreg.demo.words import Words
from simreg.liveness.types import State
from simreg.result import VerificationResult

PASSIVE_PAD = "passive-pad"
"""The one check that may see that a head was made by code."""


def as_expected(scene: str, result: VerificationResult) -> bool:
    """``live`` does all that is asked, matches, and passes every check but passive PAD; the others are not accepted, as
    something asked for was not seen.
    """
    seen = all(action.passed for action in result.liveness.actions)
    if scene != "live":
        return not seen and result.decision.outcome is not Outcome.ACCEPT
    failed = {check.name for check in result.liveness.checks if check.state is State.FAILED}
    return seen and result.comparison.decision is ComparisonDecision.MATCH and failed <= {PASSIVE_PAD}


def notes(scene: str, result: VerificationResult, words: Words) -> list[str]:
    """Which checks an artificial face passes and which it cannot, and why, as this result shows."""
    failed = any(check.state is State.FAILED for check in result.liveness.checks)
    said = [words.fooled] if scene == "live" and not failed else []
    if scene == "print":
        yaws = [abs(sample.yaw) for sample in result.liveness.curves if sample.yaw is not None]
        said.append(words.print_stops.format(yaw=max(yaws, default=0.0)))
    for check in result.liveness.checks:
        if check.name == PASSIVE_PAD and scene != "ignores":
            said.append(_of_passive_pad(check.state, words).format(text=check.text, value=check.value or 0.0))
        elif check.name != PASSIVE_PAD and check.state is State.FAILED:
            said.append(words.other_stops.format(check=check.name, text=check.text))
    return said


def _of_passive_pad(state: State, words: Words) -> str:
    ways = {State.PASSED: words.pad_fooled, State.FAILED: words.pad_stops, State.NOT_ASSESSED: words.pad_unsure}
    return ways[state]
