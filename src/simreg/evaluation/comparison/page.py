"""The report on a comparison: what a page says of its figures."""

from collections.abc import Sequence

from markupsafe import Markup

from simreg.evaluation.comparison.differentials import Differential, GroupRates
from simreg.evaluation.comparison.rates import ErrorRates
from simreg.evaluation.comparison.summary import OperatingPoint, Summary
from simreg.evaluation.report.bars import Bar, bars
from simreg.evaluation.report.det import Mark, det_curve
from simreg.evaluation.report.histogram import histogram, lowest
from simreg.evaluation.report.page import render_page
from simreg.evaluation.report.words import rate, share, span
from simreg.report.formats import number, percent

USUAL_FMR = 1e-4
"""The operating point that the page speaks of first, where it can be measured."""


def render(summary: Summary) -> str:
    """The page as HTML text."""
    main = main_point(summary)
    context = {
        "s": summary,
        "main": main,
        "det": det_curve(summary.det, _marks(summary.points), _det_label(summary)),
        "spread": _spread(summary, main),
        "grouped": _grouped(summary),
        "mated_text": f"{summary.mated_compared:,} mated",
        "non_mated_text": f"{summary.non_mated_compared:,} non-mated",
    }
    return render_page("comparison.html.j2", context, "simreg.evaluation.comparison")


def main_point(summary: Summary) -> OperatingPoint | None:
    """The point at the usual FMR, or at the lowest higher one that could be measured; None where none could."""
    measured = [point for point in summary.points if point.rates and point.target_fmr >= USUAL_FMR * (1 - 1e-9)]
    return min(measured, key=lambda point: point.target_fmr, default=None)


def _marks(points: Sequence[OperatingPoint]) -> list[Mark]:
    marks = []
    for one in points:
        if one.rates is not None and one.rates.fmr.value is not None and one.rates.fnmr.value is not None:
            fmr, fnmr = one.rates.fmr, one.rates.fnmr
            name = f"{percent(fnmr.value)} at {number(one.rates.similarity)}"
            marks.append(Mark(fmr.errors / fmr.trials, fnmr.errors / fnmr.trials, fmr.interval, fnmr.interval, name))
    return marks


def _det_label(summary: Summary) -> str:
    told = (
        f"at an FMR of {share(one.target_fmr)} the FNMR is {rate(one.rates.fnmr)}" for one in summary.points if one.rates
    )
    return "DET curve: " + "; ".join(told) + "."


def _spread(summary: Summary, main: OperatingPoint | None) -> Markup:
    lines = []
    if summary.in_use is not None:
        lines.append((summary.in_use.threshold.value, f"threshold {number(summary.in_use.threshold.value)}"))
    elif main is not None and main.rates is not None:
        lines.append((main.rates.similarity, f"FMR {share(main.target_fmr)}: {number(main.rates.similarity)}"))
    label = "Similarities of mated comparisons lie high, those of non-mated ones low; the tables give the overlap."
    mated, other = summary.mated_histogram, summary.non_mated_histogram
    return histogram(mated, other, lines, label, lowest(mated, other))


def _grouped(summary: Summary) -> list[dict[str, object]]:
    """What is shown of the groups: at the threshold in use, and at each target FMR from 1e-3 on, as far as measured."""
    found: list[tuple[str, ErrorRates, Sequence[GroupRates]]] = []
    if summary.in_use is not None and summary.in_use.groups:
        title = f"At the threshold in use, {number(summary.in_use.threshold.value)}"
        found.append((title, summary.in_use.rates, summary.in_use.groups))
    for point in summary.points:
        if point.rates is not None and point.groups and point.target_fmr < 5e-3:
            title = f"Where the FMR of all is {share(point.target_fmr)}: similarity {number(point.rates.similarity)}"
            found.append((title, point.rates, point.groups))
    return [
        {
            "title": title,
            "groups": groups,
            "fmr": bars([_bar(one.name, one.fmr) for one in groups], "FMR of each group", rates.fmr.value),
            "fnmr": bars([_bar(one.name, one.fnmr) for one in groups], "FNMR of each group", rates.fnmr.value),
        }
        for title, rates, groups in found
    ]


def _bar(name: str, one: Differential) -> Bar:
    note = f"{rate(one.rate)} ({span(one.rate.interval)})" if one.rate.trials else "no comparisons"
    interval = one.rate.interval
    high = interval.high if one.rate.trials else 0.0
    return Bar(name, one.rate.value, interval.low, high, note)
