"""Named facts of the result, written for people."""

from markupsafe import Markup

from simreg.comparison.types import ComparisonScore, Interval
from simreg.decision.reasons import REASONS
from simreg.face.types import Box
from simreg.report.formats import apart, milliseconds, number, percent, plain, seconds, short_digest
from simreg.report.svg import tag
from simreg.report.texts.types import CaptureTexts, ComparisonTexts, ReferenceTexts
from simreg.result import CaptureSummary, ReferenceSummary

Fact = tuple[str, str]
"""What it is, and its value."""

OUTLINE = 120.0
"""Pixels of the longer side of a picture's outline."""


def comparison_facts(comparison: ComparisonScore, words: ComparisonTexts) -> list[Fact]:
    """The score, the threshold it is read against, and where that comes from."""
    threshold = comparison.threshold
    score, value = apart(comparison.similarity, threshold.value)

    def rate(measured: float, interval: Interval, pairs: int) -> str:
        ends = percent(interval.low), percent(interval.high)
        return words.rate.format(rate=percent(measured), low=ends[0], high=ends[1], pairs=f"{pairs:,}")

    return [
        (words.similarity, score),
        (words.threshold, value),
        (words.refer_from, number(threshold.refer_from)),
        (words.target_fmr, percent(threshold.target_fmr)),
        (words.fmr, rate(threshold.fmr, threshold.fmr_interval, threshold.non_mated)),
        (words.fnmr, rate(threshold.fnmr, threshold.fnmr_interval, threshold.mated)),
        (words.probes, number(comparison.probes)),
        (words.recogniser, threshold.recogniser),
        (words.model, short_digest(threshold.model_sha256)),
        (words.preprocessing, threshold.preprocessing),
        (words.data_set, threshold.data_set),
        (words.date, threshold.date),
        (words.source, threshold.source),
    ]


def reference_facts(reference: ReferenceSummary, words: ReferenceTexts) -> list[Fact]:
    """The document's portrait; a measure that was not made is left out."""
    box, eyes = reference.face_box, reference.eye_distance
    facts: list[tuple[str, str | None]] = [
        (words.problem, None if reference.problem is None else _problem(reference.problem)),
        (words.face_box, words.no_box if box is None else _box(box, words)),
        (words.eye_distance, None if eyes is None else _pixels(eyes)),
        (words.quality, None if reference.quality is None else words.of_hundred.format(value=reference.quality)),
        (words.sharpness, None if reference.sharpness is None else number(reference.sharpness, 2)),
        (words.brightness, None if reference.brightness is None else number(reference.brightness)),
        (words.contrast, None if reference.contrast is None else number(reference.contrast)),
        (words.faces, number(reference.faces)),
        (words.picture, _dimensions(reference.width, reference.height)),
        (words.rotation, words.turned.format(degrees=reference.rotation) if reference.rotation else None),
    ]
    return _known(facts)


def outline(reference: ReferenceSummary, words: ReferenceTexts) -> Markup:
    """The picture as an empty rectangle with the face box in its place; nothing where no face was found."""
    box, longest = reference.face_box, max(reference.width, reference.height)
    if box is None or longest <= 0:
        return Markup("")
    share = OUTLINE / longest
    width, height = reference.width * share, reference.height * share
    page = tag("rect", class_="page", x=0.5, y=0.5, width=width - 1, height=height - 1, rx=3.0)
    place = {"x": box.left * share, "y": box.top * share, "width": box.width * share, "height": box.height * share}
    face = tag("rect", class_="face", rx=2.0, **place)
    return tag("svg", page, face, class_="outline", role="img", aria_label=words.box_label, width=width, height=height)


def capture_facts(capture: CaptureSummary, words: CaptureTexts) -> list[Fact]:
    """The recording as it was read."""
    facts: list[tuple[str, str | None]] = [
        (words.frames, number(capture.frames)),
        (words.duration, seconds(capture.duration_s)),
        (words.fps, words.a_second.format(value=number(capture.fps))),
        (words.picture, _dimensions(capture.width, capture.height)),
        (words.codec, capture.codec),
        (words.container, capture.container),
        (words.rotation, words.turned.format(degrees=capture.rotation) if capture.rotation else None),
        (words.mirrored, words.yes if capture.mirrored else words.no),
    ]
    return _known(facts)


def timing_facts(timing_ms: dict[str, float], words: CaptureTexts) -> list[Fact]:
    """What took how long, in the order of the result, the total last."""
    ordered = sorted(timing_ms.items(), key=lambda item: item[0] == "total")
    return [(words.timings.get(name, plain(name).lower()), milliseconds(value)) for name, value in ordered]


def _known(facts: list[tuple[str, str | None]]) -> list[Fact]:
    return [(name, value) for name, value in facts if value is not None]


def _problem(code: str) -> str:
    return REASONS[code][0] if code in REASONS else plain(code)


def _box(box: Box, words: ReferenceTexts) -> str:
    sides = {"width": box.width, "height": box.height, "left": box.left, "top": box.top}
    return words.box.format(**{name: number(float(round(side))) for name, side in sides.items()})


def _pixels(value: float) -> str:
    return f"{number(value)} px"


def _dimensions(width: int, height: int) -> str:
    return f"{width:,} × {height:,} px"
