"""The comparison on its scale, and what its threshold is worth in words."""

from markupsafe import Markup

from simreg.comparison.types import ComparisonScore, Threshold
from simreg.report.axis import Scale, ticks
from simreg.report.formats import apart, known, number, one_of
from simreg.report.svg import across, tag
from simreg.report.texts.types import ComparisonTexts

TOP, THICK = 46.0, 18.0
"""Pixels: where the bar begins, and how thick it is."""

BOTTOM = TOP + THICK


def similarity_scale(comparison: ComparisonScore, words: ComparisonTexts) -> Markup:
    """A bar of similarities with its three zones, the threshold, where referral begins, and the score as a mark."""
    threshold, score = comparison.threshold, comparison.similarity
    score = score if known(score) else None
    low, high = window(threshold, score)
    scale = Scale(low, high)
    written, value = apart(score, threshold.value)
    parts = [
        _zone("non-match", scale(low), scale(threshold.refer_from)),
        _zone("refer", scale(threshold.refer_from), scale(threshold.value)),
        _zone("match", scale(threshold.value), scale(high)),
        _zone_name(words.non_match_zone, 0.0, scale(threshold.refer_from), "start"),
        _zone_name(words.match_zone, 100.0, 100.0 - scale(threshold.value), "end"),
        _border(scale(threshold.refer_from), words.refer_mark.format(value=number(threshold.refer_from)), "end"),
        _border(scale(threshold.value), words.threshold_mark.format(value=value), "start"),
        *(_tick(tick, scale) for tick in ticks(low, high, 6)),
    ]
    if score is not None:
        parts.append(_score(scale(score), f"{words.similarity} {written}"))
    said = words.label_unscored if score is None else words.label
    label = said.format(
        score=written, low=number(low), high=number(high), threshold=value, refer=number(threshold.refer_from)
    )
    return tag("svg", *parts, class_="similarity", role="img", aria_label=label, width="100%", height=BOTTOM + 50)


def window(threshold: Threshold, score: float | None) -> tuple[float, float]:
    """The part of -1..1 to draw: from -0.2 where nothing lies below it."""
    lowest = min(threshold.refer_from, threshold.value, 1.0 if score is None else score)
    return (-0.2, 1.0) if lowest >= -0.15 else (-1.0, 1.0)


def worth(threshold: Threshold, words: ComparisonTexts) -> tuple[str, ...]:
    """Sentences that say how often the threshold is wrong, as measured."""
    return (_false_matches(threshold, words), *_false_non_matches(threshold, words), words.population)


def _false_matches(threshold: Threshold, words: ComparisonTexts) -> str:
    pairs = f"{threshold.non_mated:,}"
    if threshold.non_mated <= 0:
        return words.worth_unknown
    if threshold.fmr <= 0:
        return words.worth_none.format(pairs=pairs, data_set=threshold.data_set)
    some, many = one_of(threshold.fmr)
    return words.worth.format(some=some, many=many, pairs=pairs, data_set=threshold.data_set)


def _false_non_matches(threshold: Threshold, words: ComparisonTexts) -> tuple[str, ...]:
    pairs = f"{threshold.mated:,}"
    if threshold.mated <= 0:
        return ()
    if threshold.fnmr <= 0:
        return (words.missed_none.format(pairs=pairs),)
    some, many = one_of(threshold.fnmr)
    return (words.missed.format(some=some, many=many, pairs=pairs),)


def _zone(kind: str, left: float, right: float) -> Markup:
    return tag("rect", class_=f"zone {kind}", x=across(left), y=TOP, width=across(max(right - left, 0.0)), height=THICK)


def _zone_name(text: str, place: float, width: float, anchor: str) -> Markup:
    """At the outer end of a zone, where a score is rarely."""
    if width < 25:
        return Markup("")
    aside = 6.0 if anchor == "start" else -6.0
    return tag("text", text, class_="zone-name", x=across(place), dx=aside, y=TOP + 13, text_anchor=anchor)


def _border(place: float, text: str, anchor: str) -> Markup:
    line = tag("line", class_="border", x1=across(place), x2=across(place), y1=TOP - 4, y2=BOTTOM + 28)
    aside = 4.0 if anchor == "start" else -4.0
    word = tag("text", text, class_="border-label", dx=aside, x=across(place), y=BOTTOM + 30, text_anchor=anchor)
    return line + word


def _tick(value: float, scale: Scale) -> Markup:
    return tag("text", number(value), class_="tick", x=across(scale(value)), y=BOTTOM + 14, text_anchor="middle")


def _score(place: float, text: str) -> Markup:
    anchor = "start" if place < 20 else "end" if place > 80 else "middle"
    pin = tag("path", class_="pin", d=f"M0 {BOTTOM + 2}V{TOP - 12}m-6-9h12l-6 9z")
    word = tag("text", text, class_="score", x=across(place), y=16.0, text_anchor=anchor)
    return word + tag("svg", pin, x=across(place), class_="stretched")
