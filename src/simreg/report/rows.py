"""The rows of the page's tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from simreg.liveness.types import Action, CheckResult, PadResult, State
from simreg.report import bands, curves
from simreg.report.formats import NOTHING, apart, known, number, plain, seconds
from simreg.report.gauges import gauge
from simreg.report.panels import Panel, panels
from simreg.report.texts.types import ActionTexts, CheckTexts, CurveTexts


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action that was asked for or seen: its name, whether it passed, when it came and how far it went."""

    name: str
    passed: bool
    when: str
    extent: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check: its name, state, sentence, value and limit in words, and its drawing."""

    name: str
    state: State
    word: str
    suspicious: bool
    text: str
    value: str
    limit: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class CurveRow:
    """The lowest and highest value of a curve and when they were."""

    name: str
    lowest: str
    highest: str


def asked_rows(pad: PadResult, words: ActionTexts) -> list[ActionRow]:
    """The challenge in order, each action with what came of it."""
    return [_action(pad, asked.action, asked.passed, asked.start_s, asked.end_s, words) for asked in pad.actions]


def unasked_rows(pad: PadResult, words: ActionTexts) -> list[ActionRow]:
    """The actions that were seen although nobody asked for them, or not when they were due."""
    return [_action(pad, seen.action, False, seen.start_s, seen.end_s, words) for seen in bands.unasked(pad)]


def check_rows(checks: Sequence[CheckResult], words: CheckTexts) -> list[CheckRow]:
    """All checks, as the result orders them."""
    rows = []
    for check in checks:
        value, limit = apart(check.value, check.limit)
        bound = (words.at_least if check.above else words.at_most).format(limit=limit) if known(check.limit) else ""
        name, suspicious = (
            words.names.get(check.name, plain(check.name)),
            check.suspicious and check.state is State.FAILED,
        )
        drawing, word = gauge(check, words), words.states[check.state]
        rows.append(CheckRow(name, check.state, word, suspicious, check.text, value, bound, drawing))
    return rows


def curve_rows(pad: PadResult, words: CurveTexts) -> list[CurveRow]:
    """What the figure shows, in figures."""
    return [_curve(panel, curves.points(pad.curves, panel.read), words) for panel in panels(pad, words)]


def _action(
    pad: PadResult, action: Action, passed: bool, start_s: float | None, end_s: float | None, words: ActionTexts
) -> ActionRow:
    name = words.names[action]
    if start_s is None or end_s is None:
        return ActionRow(name, passed, NOTHING, NOTHING)
    when = words.span.format(start=seconds(start_s), end=seconds(end_s))
    peak = curves.peak(pad.curves, action, start_s, end_s)
    if peak is None:
        return ActionRow(name, passed, when, NOTHING)
    angle = curves.curve_of(action) in (curves.yaw, curves.pitch)
    extent = words.extents[action].format(value=number(float(round(peak[1])) if angle else peak[1], 2))
    return ActionRow(name, passed, when, extent)


def _curve(panel: Panel, points: Sequence[curves.Point], words: CurveTexts) -> CurveRow:
    if not points:
        return CurveRow(panel.title, NOTHING, NOTHING)
    ends = (min(points, key=lambda point: point[1]), max(points, key=lambda point: point[1]))
    lowest, highest = (words.at.format(value=panel.written(value), time=seconds(when)) for when, value in ends)
    return CurveRow(panel.title, lowest, highest)
