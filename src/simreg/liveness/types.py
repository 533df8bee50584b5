"""What the liveness rooms hand on: actions, checks, and the result of presentation attack detection."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """A movement that can be asked for. Left and right are the subject's own."""

    TURN_LEFT = "turn-left"
    TURN_RIGHT = "turn-right"
    LOOK_UP = "look-up"
    LOOK_DOWN = "look-down"
    BLINK = "blink"
    CLOSE_EYES = "close-eyes"
    OPEN_MOUTH = "open-mouth"
    APPROACH = "approach"


class State(StrEnum):
    """Outcome of a check. Not assessed is a state of its own and never counts as passed."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ASSESSED = "not-assessed"


class PadDecision(StrEnum):
    """Outcome of presentation attack detection (ISO/IEC 30107-3)."""

    BONA_FIDE = "bona-fide"
    ATTACK = "attack"
    NOT_ASSESSED = "not-assessed"


@dataclass(frozen=True, slots=True)
class SeenAction:
    """An action that was seen, asked for or not, from ``start_s`` to ``end_s`` in seconds of the capture."""

    action: Action
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class ActionResult:
    """One action of the challenge: whether it came when it was due, and when (None where it did not).

    ``due_s`` is when it became due, so that ``start_s`` less ``due_s`` is how long the person took to begin.
    """

    action: Action
    passed: bool
    start_s: float | None
    end_s: float | None
    due_s: float | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check: its native value and the limit it was held against (None where there is none), and a sentence.

    ``name`` is the check's stable name. ``above`` says on which side of the limit it passes: True when the value must
    reach the limit, False when it must not exceed it. ``suspicious`` marks a failure that speaks for an attack rather
    than for a poor picture.
    """

    name: str
    state: State
    value: float | None
    limit: float | None
    text: str
    above: bool = True
    suspicious: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """One point of the evidence curves; None where no face was seen or the neutral state is not known.

    Degrees; eye openness over the subject's own open eyes (1 = open); the mouth's gap above neutral (0 = neutral); the
    face's size over the neutral one (1 = neutral).
    """

    time_s: float
    yaw: float | None
    pitch: float | None
    eyes: float | None
    mouth: float | None
    size: float | None


@dataclass(frozen=True, slots=True)
class PadResult:
    """Presentation attack detection of one capture: decision, what was asked and seen, checks, evidence curves.

    ``fault`` is the code of what broke the challenge (``wrong-action``, ``action-missing``, ``too-late``) or None.
    """

    decision: PadDecision
    challenge: tuple[Action, ...]
    actions: tuple[ActionResult, ...]
    seen: tuple[SeenAction, ...]
    checks: tuple[CheckResult, ...]
    fault: str | None
    curves: tuple[Sample, ...]
