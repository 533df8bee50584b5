"""look-down: the chin lowered."""

from simreg.liveness.actions.base import ActionRule
from simreg.liveness.actions.look_up import LOOK_DEGREES, LOOK_LEAVE
from simreg.liveness.neutral import Reading
from simreg.liveness.types import Action


def signal(reading: Reading) -> float:
    """Degrees below the subject's own neutral state."""
    return -reading.pitch


RULE = ActionRule(Action.LOOK_DOWN, signal, LOOK_DEGREES, LOOK_LEAVE, hold_s=0.15, opposite=Action.LOOK_UP)
