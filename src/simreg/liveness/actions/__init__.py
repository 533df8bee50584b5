"""The movements that can be asked for, one file each."""

from simreg.liveness.actions import (
    approach,
    blink,
    close_eyes,
    look_down,
    look_up,
    open_mouth,
    turn_left,
    turn_right,
)
from simreg.liveness.actions.base import ActionRule
from simreg.liveness.types import Action

RULES: dict[Action, ActionRule] = {
    module.RULE.action: module.RULE
    for module in (turn_left, turn_right, look_up, look_down, blink, close_eyes, open_mouth, approach)
}
"""All rules by action."""
