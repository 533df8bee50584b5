import json
import re
from dataclasses import replace

import numpy as np
import pytest

from report.parsed import parse
from simreg.evaluation.comparison.as_json import summary_as_json
from simreg.evaluation.comparison.page import main_point, render
from simreg.evaluation.comparison.summary import Summary, summarise
from synthetic.engine import synthetic_threshold

from .made_up import ORIGIN, scores


def summary(seed: int = 3, people: int = 20, **options: float) -> Summary:
    stated = {f"p{person}": f"<group {person % 3}>" for person in range(people - 1)}
    return summarise(scores(seed, people, **options), stated, synthetic_threshold(value=0.2, refer_from=0.1))


def test_rates_that_n_cannot_show_are_bounds_and_never_zero() -> None:
    told = summary_as_json(summary())
    json.dumps(told, allow_nan=False)
    points = {point["target_fmr"]: point for point in told["operating_points"]}
    assert points[1e-2]["fmr"]["value"] is not None
    for target in (1e-3, 1e-4, 1e-5):
        point, trials = points[target], told["comparisons"]["non_mated"]["compared"]
        assert (point["similarity"], point["fnmr"]) == (None, None)
        assert point["fmr_at_most"] == pytest.approx(3 / trials)
        assert point["fnmr_at_least"] >= points[1e-2]["fnmr"]["value"]
    assert told["pictures"]["fta"] == {
        "value": None,
        "at_most": pytest.approx(3 / told["pictures"]["number"]),
        "interval": [0.0, pytest.approx(0.07, abs=0.05)],
        "errors": 0,
        "trials": told["pictures"]["number"],
    }


def test_histograms_and_curve_hold_every_comparison() -> None:
    told = summary_as_json(summary(failing=0.1))
    assert sum(told["histograms"]["mated"]) == told["comparisons"]["mated"]["compared"]
    assert sum(told["histograms"]["non_mated"]) == told["comparisons"]["non_mated"]["compared"]
    fmr, fnmr = np.array(told["det"]).T
    assert (np.diff(fmr) <= 0).all()
    assert (np.diff(fnmr) >= 0).all()


def test_the_page_shows_what_was_measured() -> None:
    s = summary(failing=0.1)
    page = parse(render(s))
    words = page.words
    assert f"{s.mated_compared:,} mated" in words
    assert "these pairs show" in words
    assert "What these numbers do not say" in words
    assert ORIGIN.model_sha256 in words
    assert "<group 0>" in words
    assert len(page.all("svg", class_="chart")) >= 4
    assert all(svg.attributes["aria-label"] for svg in page.all("svg", role="img"))
    assert page.one("h1").words == "How well synthetic tells faces apart"


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    text = render(summary())
    assert not re.search(r"""(?:src|href|action)\s*=|<script|@import|url\((?!#)""", text)
    assert "default-src 'none'" in text


def test_names_from_outside_are_text() -> None:
    table = scores(3)
    text = render(summarise(replace(table, origin=replace(ORIGIN, data_set="<script>alert(1)</script>"))))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("kind", ["mated", "non-mated", "both"])
def test_a_page_without_one_kind_of_comparison_still_opens(kind: str) -> None:
    table = scores(3)
    lost = {"mated": table.pairs.mated, "non-mated": ~table.pairs.mated, "both": np.ones_like(table.pairs.mated)}[kind]
    table.similarity[lost] = np.nan
    s = summarise(table)
    assert s.eer is None
    json.dumps(summary_as_json(s), allow_nan=False)
    assert "needs both kinds" in parse(render(s)).words


def test_the_page_speaks_first_of_the_usual_rate_or_of_the_nearest_one_measured() -> None:
    found = main_point(summary())
    assert found is not None
    assert found.target_fmr == 1e-2
    assert main_point(summarise(scores(3, people=3))) is None
