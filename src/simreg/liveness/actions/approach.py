"""approach: the face brought nearer to the camera."""

from simreg.liveness.actions.base import ActionRule
from simreg.liveness.neutral import Reading
from simreg.liveness.types import Action

NEARER, BACK = 0.25, 0.12
"""Growth of the face's width over the subject's own neutral state."""


def signal(reading: Reading) -> float:
    """Growth of the face since the neutral state: 0.25 is a quarter wider."""
    return reading.size - 1.0


RULE = ActionRule(Action.APPROACH, signal, NEARER, BACK, hold_s=0.2)
