"""turn-right: the head turned to the subject's own right."""

from simreg.liveness.actions.base import ActionRule
from simreg.liveness.actions.turn_left import TURN_DEGREES, TURN_LEAVE
from simreg.liveness.neutral import Reading
from simreg.liveness.types import Action


def signal(reading: Reading) -> float:
    """Degrees to the subject's right of their own neutral state."""
    return -reading.yaw


RULE = ActionRule(Action.TURN_RIGHT, signal, TURN_DEGREES, TURN_LEAVE, hold_s=0.1, is_turn=True)
