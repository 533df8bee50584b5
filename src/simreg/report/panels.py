"""The panels of the figure: one for each curve that is worth showing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simreg.liveness.actions import RULES
from simreg.liveness.types import Action, PadResult, Sample
from simreg.report import curves
from simreg.report.axis import widened
from simreg.report.curves import Reading
from simreg.report.texts.types import CurveTexts

TICKS, STEPS = 4, 8
"""Written values on an axis, and the round steps to whose ends it goes: about as many of each."""

ROOM = 1.25
"""By how much an axis goes beyond the largest value, for a label."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One curve on its axis from ``low`` to ``high``.

    ``limits`` are the values from which an action counts; ``upper`` and ``lower`` say in words what the ends of the
    axis mean; ``height`` is in pixels; angles have the unit ``°`` and an axis that is alike on both sides of 0.
    """

    title: str
    read: Reading
    low: float
    high: float
    limits: tuple[float, ...]
    upper: str
    lower: str
    height: int
    unit: str = ""

    def written(self, value: float) -> str:
        """A value of this curve, angles whole and with their sign."""
        return (f"{round(value):+d}°" if self.unit else f"{value:.2f}").replace("-", "−")


def panels(pad: PadResult, words: CurveTexts) -> tuple[Panel, ...]:
    """Yaw, pitch and eyes always; mouth and size where an action of theirs was asked for or seen."""
    turn, look = RULES[Action.TURN_LEFT].enter, RULES[Action.LOOK_UP].enter
    shut, wide = 1 - RULES[Action.BLINK].enter, RULES[Action.OPEN_MOUTH].enter
    near = 1 + RULES[Action.APPROACH].enter
    actions = {*pad.challenge, *(seen.action for seen in pad.seen)}
    looks = (-look, look) if actions & {Action.LOOK_UP, Action.LOOK_DOWN} else ()
    shown = [
        Panel(words.yaw, curves.yaw, -35, 35, (-turn, turn), words.to_left, words.to_right, 150, "°"),
        Panel(words.pitch, curves.pitch, -20, 20, looks, words.up, words.down, 110, "°"),
        Panel(words.eyes, curves.eyes, 0, 1.2, (shut,), words.own_open, "", 110),
    ]
    if Action.OPEN_MOUTH in actions:
        shown.append(Panel(words.mouth, curves.mouth, 0, 0.5, (wide,), words.own_neutral, "", 90))
    if Action.APPROACH in actions:
        shown.append(Panel(words.size, curves.size, 0.8, 1.4, (near,), "", "", 90))
    return tuple(_fitted(panel, pad.curves) for panel in shown)


def _fitted(panel: Panel, samples: Sequence[Sample]) -> Panel:
    """The panel with its axis widened to hold every value of the curve, and a label beyond it."""
    values = [value for _, value in curves.points(samples, panel.read)]
    lowest, highest = min(values, default=0.0), max(values, default=0.0)
    low, high = widened(min(panel.low, lowest, lowest * ROOM), max(panel.high, highest * ROOM), STEPS)
    if panel.unit:
        low, high = min(low, -high), max(high, -low)
    return replace(panel, low=low, high=high)
