"""How a check's result is read in tests: state, value, limit and text belong together."""

from simreg.liveness.checks import Check
from simreg.liveness.evidence import Evidence
from simreg.liveness.types import CheckResult, State


def passed(check: Check, evidence: Evidence) -> CheckResult:
    """The result of a check that passes."""
    result = check(evidence)
    assert result.state is State.PASSED, result
    assert result.value is not None
    assert result.limit is not None
    assert result.value >= result.limit if result.above else result.value <= result.limit
    assert not result.suspicious
    assert result.text.endswith(".")
    return result


def failed(check: Check, evidence: Evidence, *, suspicious: bool) -> CheckResult:
    """The result of a check that fails, as an attack does or as a poor picture does."""
    result = check(evidence)
    assert result.state is State.FAILED, result
    assert result.value is not None
    assert result.limit is not None
    assert not (result.value >= result.limit if result.above else result.value <= result.limit)
    assert result.suspicious is suspicious
    assert result.text.endswith(".")
    return result


def not_assessed(check: Check, evidence: Evidence) -> CheckResult:
    """The result of a check that could not be made."""
    result = check(evidence)
    assert result.state is State.NOT_ASSESSED, result
    assert not result.suspicious
    assert result.text.endswith(".")
    return result
