"""open-mouth: the mouth opened wide."""

from simreg.liveness.actions.base import ActionRule
from simreg.liveness.neutral import Reading
from simreg.liveness.types import Action

WIDE, SHUT = 0.30, 0.15
"""Gap between the lips over the mouth's width, above the subject's neutral state."""


def signal(reading: Reading) -> float:
    """Mouth gap above the subject's own neutral state."""
    return reading.mouth


RULE = ActionRule(Action.OPEN_MOUTH, signal, WIDE, SHUT, hold_s=0.2)
