"""blink: both eyes shut for a moment and opened again."""

from simreg.liveness.actions.base import ActionRule
from simreg.liveness.neutral import Reading
from simreg.liveness.types import Action

SHUT, OPEN_AGAIN = 0.5, 0.3
"""Closure, 1 = shut, 0 = the subject's own open eyes: from the first an eye counts as shut, below the second as open."""

LONGEST_S = 0.75
"""A longer closure is no blink."""

REOPENED = 0.3
"""Closure by which eyes that were shut further have opened again: lids may stay half lowered after a blink."""

MOST_YAW = 30.0
"""Degrees of head turn beyond which eyes are not judged: the far eye is foreshortened."""

MOST_PITCH = 18.0
"""Degrees from neutral beyond which eyes are not judged: lids sink when the chin does."""


def closure(reading: Reading) -> float | None:
    """1 for shut eyes, 0 for open ones, by the wider open eye; None while the head is turned."""
    readable = abs(reading.head) <= MOST_YAW and abs(reading.pitch) <= MOST_PITCH
    return 1.0 - reading.eyes if readable else None


RULE = ActionRule(
    Action.BLINK, closure, SHUT, OPEN_AGAIN, hold_s=0.0, least_frames=1, longest_s=LONGEST_S, recovery=REOPENED
)
