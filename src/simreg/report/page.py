"""The page about one verification: one HTML file that needs nothing else."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from simreg.comparison.types import ComparisonDecision
from simreg.liveness.types import PadDecision, State
from simreg.report.charts import figure
from simreg.report.facts import capture_facts, comparison_facts, outline, reference_facts, timing_facts
from simreg.report.pictures import data_uri
from simreg.report.rows import asked_rows, check_rows, curve_rows, unasked_rows
from simreg.report.similarity import similarity_scale, worth
from simreg.report.texts import Texts, texts_for
from simreg.report.texts.types import PictureTexts
from simreg.result import Pictures, VerificationResult

STATES = {
    PadDecision.BONA_FIDE: State.PASSED,
    PadDecision.ATTACK: State.FAILED,
    PadDecision.NOT_ASSESSED: State.NOT_ASSESSED,
    ComparisonDecision.MATCH: State.PASSED,
    ComparisonDecision.NON_MATCH: State.FAILED,
    ComparisonDecision.NOT_ASSESSED: State.NOT_ASSESSED,
}
"""How the two decisions are marked at the top of the page."""


def render_report(
    result: VerificationResult, *, title: str | None = None, notes: tuple[str, ...] = (), language: str = "en"
) -> str:
    """The page as HTML text, in English (``en``) or Chinese (``zh``).

    ``title`` stands above everything; ``notes`` are sentences shown near the top. Face pictures are in it only where
    ``result.pictures`` holds them. Raises `InputError` ``unknown-language``.
    """
    texts = texts_for(language)
    return _environment().get_template("report.html.j2").render(_context(result, title, notes, texts))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("simreg.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _context(result: VerificationResult, title: str | None, notes: tuple[str, ...], texts: Texts) -> dict[str, object]:
    pad, comparison, reference = result.liveness, result.comparison, result.reference
    return {
        "texts": texts,
        "title": title or texts.title,
        "notes": notes,
        "result": result,
        "states": STATES,
        "passed": sum(check.state is State.PASSED for check in pad.checks),
        "asked": asked_rows(pad, texts.actions),
        "unasked": unasked_rows(pad, texts.actions),
        "fault": None if pad.fault is None else texts.actions.faults.get(pad.fault, pad.fault),
        "figure": figure(pad, result.capture.duration_s, texts),
        "curve_rows": curve_rows(pad, texts.curves),
        "checks": check_rows(pad.checks, texts.checks),
        "similarity_scale": similarity_scale(comparison, texts.comparison),
        "worth": worth(comparison.threshold, texts.comparison),
        "comparison_facts": comparison_facts(comparison, texts.comparison),
        "outline": outline(reference, texts.reference),
        "reference_facts": reference_facts(reference, texts.reference),
        "capture_facts": capture_facts(result.capture, texts.capture),
        "timing_facts": timing_facts(result.timing_ms, texts.capture),
        "pictures": _pictures(result.pictures, texts.pictures),
    }


def _pictures(pictures: Pictures | None, words: PictureTexts) -> list[tuple[str, str]]:
    """What each picture shows, and its ``data:`` address."""
    if pictures is None:
        return []
    shown = [] if pictures.reference is None else [(words.reference, data_uri(pictures.reference))]
    return shown + [(words.probe.format(number=n), data_uri(probe)) for n, probe in enumerate(pictures.probes, 1)]
