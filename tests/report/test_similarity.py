from dataclasses import replace

import pytest

from simreg.report.similarity import similarity_scale, window, worth
from simreg.report.texts import CHINESE, ENGLISH

from .parsed import Element, parse
from .sample import sample_result, sample_threshold

COMPARISON = sample_result().comparison
THRESHOLD = sample_threshold()


def drawing(similarity: float | None) -> Element:
    svg = similarity_scale(replace(COMPARISON, similarity=similarity), ENGLISH.comparison)
    return parse(svg).one("svg", class_="similarity")


def place(element: Element, name: str = "x") -> float:
    return float(element.attributes[name].removesuffix("%"))


def test_three_zones_lie_side_by_side() -> None:
    non_match, refer, match = drawing(0.7).all("rect", class_="zone")
    assert place(non_match) == 0
    assert place(non_match, "width") == pytest.approx(place(refer), abs=0.02)
    assert place(refer) + place(refer, "width") == pytest.approx(place(match), abs=0.02)
    assert place(match) + place(match, "width") == pytest.approx(100, abs=0.02)


@pytest.mark.parametrize(("similarity", "at"), [(1.0, 100), (0.1, 25), (0.4, 50), (-1.0, 0)])
def test_the_score_stands_in_its_place(similarity: float, at: float) -> None:
    assert place(drawing(similarity).one("text", class_="score")) == pytest.approx(at, abs=0.01)


def test_a_score_just_below_the_threshold_is_told_apart() -> None:
    svg = drawing(0.35726)
    assert "0.35726" in svg.one("text", class_="score").words
    assert "threshold 0.3573" in svg.words
    assert "Similarity 0.35726" in svg.attributes["aria-label"]


@pytest.mark.parametrize("similarity", [None, float("nan")])
def test_no_mark_without_a_score(similarity: float | None) -> None:
    svg = drawing(similarity)
    assert svg.all(class_="score") == []
    assert svg.all(class_="pin") == []
    assert svg.attributes["aria-label"].startswith("No similarity")


def test_the_window_shows_what_there_is() -> None:
    assert window(THRESHOLD, 0.7) == (-0.2, 1.0)
    assert window(THRESHOLD, -0.4) == (-1.0, 1.0)


def test_the_worth_of_a_threshold_in_words() -> None:
    said = " ".join(worth(THRESHOLD, ENGLISH.comparison))
    assert "about 1 of 10,000 pairs of different people would be taken for the same person" in said
    assert "measured on 29,630,000 such pairs of LFW" in said
    assert "About 1 of 39 pairs of one person" in said
    assert "每 10,000 对不同的人中约有 1 对" in worth(THRESHOLD, CHINESE.comparison)[0]


def test_a_rate_that_was_not_measured_is_not_made_up() -> None:
    unknown = worth(replace(THRESHOLD, non_mated=0, mated=0, fmr=0.0, fnmr=0.0), ENGLISH.comparison)
    assert unknown[0] == "What this threshold is worth was not measured."
    assert len(unknown) == 2
    none = " ".join(worth(replace(THRESHOLD, non_mated=500, mated=20, fmr=0.0, fnmr=0.0), ENGLISH.comparison))
    assert "none of 500 pairs of different people" in none
    assert "All of 20 pairs" in none
