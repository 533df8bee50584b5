"""Reads a similarity against a threshold and says in words what it is worth."""

import math

from simreg.comparison.types import ComparisonDecision, ComparisonScore, Threshold


def assess(similarity: float | None, probes: int, threshold: Threshold, why: str = "") -> ComparisonScore:
    """The comparison's score and decision.

    ``similarity`` is -1..1, or None where there was nothing to compare, with ``why`` as a sentence; ``probes`` is the
    number of live frames in it. A match reaches the threshold's value; below it, from ``refer_from`` on, the score is a
    non-match that a person should look at.
    """
    if similarity is None or not math.isfinite(similarity):
        text = " ".join(part for part in ("The two faces could not be compared.", why) if part)
        return ComparisonScore(ComparisonDecision.NOT_ASSESSED, None, probes, threshold, text)
    match = similarity >= threshold.value
    decision = ComparisonDecision.MATCH if match else ComparisonDecision.NON_MATCH
    text = f"{_finding(similarity, threshold)} {_worth(threshold)}"
    return ComparisonScore(decision, similarity, probes, threshold, text)


def _finding(similarity: float, threshold: Threshold) -> str:
    if similarity >= threshold.value:
        seen, written = "The faces match", "reaches"
    elif similarity >= threshold.refer_from:
        seen, written = "The faces are nearly, but not clearly, alike", "is just below"
    else:
        seen, written = "The faces do not match", "is below"
    places = _places(similarity, threshold.value)
    return f"{seen}: the similarity {similarity:.{places}f} {written} the threshold {threshold.value:.{places}f}."


def _worth(threshold: Threshold) -> str:
    """How often the threshold errs, as measured: for 9.9e-5, 1 of 10,000."""
    often = f"about 1 of {_round(1 / threshold.fmr):,}" if threshold.fmr > 0 else f"none of {threshold.non_mated:,}"
    return (
        f"On {threshold.data_set}, {threshold.recogniser} let {often} comparisons of different persons reach it "
        f"(FMR {threshold.fmr:.1e}) and {threshold.fnmr:.1%} of those of one person fall short of it (FNMR)."
    )


def _places(similarity: float, value: float) -> int:
    """So many decimals that two values that differ are not written alike."""
    if similarity == value:
        return 3
    return next((n for n in range(3, 9) if f"{similarity:.{n}f}" != f"{value:.{n}f}"), 9)


def _round(value: float) -> int:
    """To two digits."""
    return int(round(value, 1 - math.floor(math.log10(value))))
