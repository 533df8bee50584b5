"""What a reviewer is shown of a referred attempt: checks in words, curves, and what was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from simreg.console.texts import Texts
from simreg.liveness.types import Action, ActionResult, CheckResult, PadDecision, PadResult, Sample, State
from simreg.report.charts import figure
from simreg.report.formats import apart, known, number, plain, seconds
from simreg.report.gauges import gauge
from simreg.report.rows import CurveRow, curve_rows
from simreg.report.texts import Texts as ReportTexts
from simreg.report.texts import texts_for as report_texts
from simreg.storage.types import AttemptRecord, Json


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check in words, with its drawing where it is known on which side of the limit it passes.

    ``suspicious`` says that it failed in a way that speaks for an attack rather than for a poor picture.
    """

    name: str
    state: State
    word: str
    value: str
    bound: str
    drawing: Markup
    suspicious: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """All of a referred attempt but its pictures."""

    asked: tuple[tuple[str, bool], ...]
    reactions: tuple[str, ...]
    band: str
    probes: int
    quality: int | None
    recording: str
    checks: tuple[CheckLine, ...]
    figure: Markup
    rows: tuple[CurveRow, ...]


def shown(attempt: AttemptRecord, curves: Sequence[Mapping[str, Any]], texts: Texts) -> Shown | None:
    """What is kept of an attempt's result in words; None where there was no result."""
    result = attempt.result
    if result is None:
        return None
    words, pad, capture = report_texts(texts.language), _pad(result, curves), result["capture"]
    return Shown(
        asked=tuple((words.actions.names[one.action], one.passed) for one in pad.actions),
        reactions=tuple(texts.review.reaction.format(time=number(ms / 1000, 2)) for ms in attempt.reaction_ms),
        band=texts.review.bands[result["comparison"]["band"]],
        probes=result["comparison"]["probes"],
        quality=result["reference"]["quality"],
        recording=texts.review.recording_words.format(**capture | {"seconds": seconds(capture["duration_s"])}),
        checks=tuple(_line(check, words, texts) for check in result["liveness"]["checks"]),
        figure=figure(pad, capture["duration_s"], words),
        rows=tuple(curve_rows(pad, words.curves)) if pad.curves else (),
    )


def _pad(result: Json, curves: Sequence[Mapping[str, Any]]) -> PadResult:
    """The result as far as it was kept, for the report's drawings: the times of the actions were not."""
    asked = [ActionResult(Action(one["action"]), one["passed"], None, None) for one in result["liveness"]["actions"]]
    return PadResult(
        decision=PadDecision(result["liveness"]["decision"]),
        challenge=tuple(one.action for one in asked),
        actions=tuple(asked),
        seen=(),
        checks=(),
        fault=result["liveness"]["fault"],
        curves=tuple(Sample(**sample) for sample in curves),
    )


def _line(kept: Json, words: ReportTexts, texts: Texts) -> CheckLine:
    name, state = str(kept["name"]), State(kept["state"])
    value, limit = kept["value"], kept["limit"]
    above = kept["above"] if known(limit) and "above" in kept else passes_above(state, value, limit)
    written, bound = apart(value, limit)
    if not known(limit):
        told = ""
    elif above is None:
        told = texts.review.bound.format(limit=bound)
    else:
        told = (words.checks.at_least if above else words.checks.at_most).format(limit=bound)
    check = CheckResult(name, state, value, limit, "", above=bool(above))
    drawing = Markup("") if above is None or not known(value) else gauge(check, words.checks)
    shown_value = written if known(value) else ""
    return CheckLine(
        words.checks.names.get(name, plain(name)),
        state,
        words.checks.states[state],
        shown_value,
        told,
        drawing,
        words.checks.suspicious if kept.get("suspicious") else "",
    )


def passes_above(state: State, value: float | None, limit: float | None) -> bool | None:
    """On which side of its limit a check passes, as its outcome tells; None where that cannot be told.

    For records of before the side was kept with the result; value and limit are kept to two digits only.
    """
    if not known(value) or not known(limit) or value == limit or state is State.NOT_ASSESSED:
        return None
    return (value > limit) is (state is State.PASSED)
