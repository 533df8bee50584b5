import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.comparison.score import assess
from simreg.comparison.types import ComparisonDecision, Interval
from synthetic.engine import synthetic_threshold

THRESHOLD = synthetic_threshold(value=0.4049, refer_from=0.3352)


@pytest.mark.parametrize(
    ("similarity", "decision", "words"),
    [
        (0.9, ComparisonDecision.MATCH, "The faces match"),
        (0.4049, ComparisonDecision.MATCH, "The faces match"),
        (0.40489999, ComparisonDecision.NON_MATCH, "nearly, but not clearly, alike"),
        (0.3352, ComparisonDecision.NON_MATCH, "nearly, but not clearly, alike"),
        (0.3351, ComparisonDecision.NON_MATCH, "do not match"),
        (-0.2, ComparisonDecision.NON_MATCH, "do not match"),
    ],
)
def test_a_similarity_is_read_against_the_threshold(similarity: float, decision: ComparisonDecision, words: str) -> None:
    score = assess(similarity, 5, THRESHOLD)
    assert score.decision is decision
    assert words in score.text
    assert (score.similarity, score.probes, score.threshold) == (similarity, 5, THRESHOLD)


@pytest.mark.parametrize("similarity", [None, math.nan, math.inf])
def test_what_cannot_be_compared_is_not_assessed_and_never_a_match(similarity: float | None) -> None:
    score = assess(similarity, 0, THRESHOLD, "No frame was good enough.")
    assert score.decision is ComparisonDecision.NOT_ASSESSED
    assert score.similarity is None
    assert score.text == "The two faces could not be compared. No frame was good enough."


def test_without_a_reason_the_text_is_still_a_sentence() -> None:
    assert assess(None, 0, THRESHOLD).text == "The two faces could not be compared."


def test_the_text_says_what_the_threshold_is_worth() -> None:
    text = assess(0.62, 5, THRESHOLD).text
    assert "the similarity 0.620 reaches the threshold 0.405" in text
    assert "On synthetic, synthetic let about 1 of 10,000 comparisons of different persons reach it" in text
    assert "(FMR 1.0e-04)" in text
    assert "1.0% of those of one person" in text


@pytest.mark.parametrize(
    ("fmr", "words"), [(0.0, "none of 100,000"), (9.98e-5, "1 of 10,000"), (1 / 3, "1 of 3"), (1.0, "1 of 1 ")]
)
def test_rates_are_told_in_round_numbers(fmr: float, words: str) -> None:
    assert words in assess(0.5, 1, replace(THRESHOLD, fmr=fmr, fmr_interval=Interval(0, 1))).text


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_the_two_values_are_never_written_alike_unless_they_are(similarity: float, value: float) -> None:
    text = assess(similarity, 3, synthetic_threshold(value=value, refer_from=-1.0)).text
    written = re.findall(r"-?\d+\.\d+", text)[:2]
    if abs(similarity - value) > 1e-8:
        assert written[0] != written[1]


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_only_a_similarity_that_reaches_the_threshold_matches(similarity: float, value: float) -> None:
    score = assess(similarity, 1, synthetic_threshold(value=value, refer_from=-1.0))
    assert (score.decision is ComparisonDecision.MATCH) == (similarity >= value)
