import pytest

from simreg.comparison.types import Interval
from simreg.evaluation.comparison.types import Rate
from simreg.evaluation.report.words import rate, ratios, share, span, times


@pytest.mark.parametrize(
    ("errors", "trials", "expected"),
    [(23, 1000, "2.3 %"), (0, 3000, "≤ 0.1 %"), (0, 0, "–"), (5, 5, "100 %"), (0, 2, "≤ 100 %")],
)
def test_a_rate_or_its_bound(errors: int, trials: int, expected: str) -> None:
    assert rate(Rate(errors, trials, Interval(0, 1))) == expected


def test_what_is_not_there() -> None:
    assert (rate(None), span(None), times(None), ratios(None)) == ("–", "–", "–", "")


def test_intervals_ratios_and_shares() -> None:
    assert span(Interval(0.0162, 0.0294)) == "1.6 – 2.9 %"
    assert ratios(Interval(0.51, 2.04)) == "0.51 – 2 ×"
    assert (times(1.85), share(1e-4)) == ("1.9 ×", "1 in 10,000")
