"""turn-left: the head turned to the subject's own left."""

from simreg.liveness.actions.base import ActionRule
from simreg.liveness.neutral import Reading
from simreg.liveness.types import Action

TURN_DEGREES = 25.0
"""From here a turn counts: a flat print turned as far as it goes reads less (docs/results)."""

TURN_LEAVE = 12.0
"""Below this the head is straight again."""


def signal(reading: Reading) -> float:
    """Degrees to the subject's left of their own neutral state."""
    return reading.yaw


RULE = ActionRule(Action.TURN_LEFT, signal, TURN_DEGREES, TURN_LEAVE, hold_s=0.1, is_turn=True)
