"""What all checks share: a value, a limit, and the side on which it passes."""

from simreg.liveness.types import CheckResult, State


def at_least(name: str, value: float, limit: float, good: str, bad: str, *, suspicious: bool = False) -> CheckResult:
    """Passed when the value reaches the limit; ``good`` and ``bad`` are the sentences."""
    passed = value >= limit
    state = State.PASSED if passed else State.FAILED
    return CheckResult(name, state, value, limit, good if passed else bad, True, suspicious and not passed)


def at_most(name: str, value: float, limit: float, good: str, bad: str, *, suspicious: bool = False) -> CheckResult:
    """Passed when the value does not exceed the limit."""
    passed = value <= limit
    state = State.PASSED if passed else State.FAILED
    return CheckResult(name, state, value, limit, good if passed else bad, False, suspicious and not passed)


def not_assessed(name: str, limit: float | None, text: str, *, above: bool = True) -> CheckResult:
    """The check could not be made, which is never a pass."""
    return CheckResult(name, State.NOT_ASSESSED, None, limit, text, above)
