"""look-up: the chin raised."""

from simreg.liveness.actions.base import ActionRule
from simreg.liveness.neutral import Reading
from simreg.liveness.types import Action

LOOK_DEGREES = 13.0
"""From here a raised or lowered chin counts."""

LOOK_LEAVE = 7.0
"""Below this the head is straight again."""


def signal(reading: Reading) -> float:
    """Degrees above the subject's own neutral state."""
    return reading.pitch


RULE = ActionRule(Action.LOOK_UP, signal, LOOK_DEGREES, LOOK_LEAVE, hold_s=0.15, opposite=Action.LOOK_DOWN)
