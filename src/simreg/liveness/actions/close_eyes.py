"""close-eyes: both eyes shut and held shut."""

from simreg.liveness.actions.base import ActionRule
from simreg.liveness.actions.blink import OPEN_AGAIN, SHUT, closure
from simreg.liveness.types import Action

HOLD_S = 0.8
"""For how long the eyes must stay shut."""

RULE = ActionRule(Action.CLOSE_EYES, closure, SHUT, OPEN_AGAIN, hold_s=HOLD_S, least_frames=4)
