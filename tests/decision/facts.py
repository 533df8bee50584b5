"""Facts made by hand, from a plain acceptance to whatever a test changes in it."""

from dataclasses import replace
from typing import Any

from simreg.comparison.types import ComparisonDecision, ComparisonScore
from simreg.decision.policy import OF_FAILED_CHECK, Facts
from simreg.liveness.types import Action, ActionResult, CheckResult, PadDecision, PadResult, State
from synthetic.engine import synthetic_threshold

CHALLENGE = (Action.TURN_LEFT, Action.BLINK)
NAMES = tuple(OF_FAILED_CHECK)


def check(name: str, state: State = State.PASSED, *, suspicious: bool = False) -> CheckResult:
    """One check that came out so."""
    value = None if state is State.NOT_ASSESSED else 0.5
    return CheckResult(name, state, value, 0.5, "text", True, suspicious and state is State.FAILED)


def score(decision: ComparisonDecision, similarity: float | None) -> ComparisonScore:
    """A comparison against a threshold of 0.5 that refers from 0.4 on."""
    return ComparisonScore(decision, similarity, 5, synthetic_threshold(0.5, 0.4), "text")


MATCH = score(ComparisonDecision.MATCH, 0.8)
NEARLY = score(ComparisonDecision.NON_MATCH, 0.45)
ANOTHER = score(ComparisonDecision.NON_MATCH, 0.1)
UNKNOWN = score(ComparisonDecision.NOT_ASSESSED, None)


def facts(*checks: CheckResult, **changes: Any) -> Facts:
    """An attempt in which all is well but for these checks and changes; a change is of the facts or of the liveness."""
    named = {one.name: one for one in checks}
    followed = tuple(ActionResult(action, True, 1.0, 2.0) for action in CHALLENGE)
    told = tuple(named.get(name, check(name)) for name in NAMES)
    liveness = PadResult(PadDecision.BONA_FIDE, CHALLENGE, followed, (), told, None, ())
    own = {name: value for name, value in changes.items() if name in {"decision", "challenge", "fault"}}
    others = {name: value for name, value in changes.items() if name not in own}
    whole = Facts(replace(liveness, **own), MATCH, None, 100, neutral=True, passive_pad=True, open_checks=())
    return replace(whole, **others)
