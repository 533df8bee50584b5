from statistics import NormalDist

import pytest

from report.parsed import Element, parse
from simreg.comparison.types import Interval
from simreg.evaluation.report.bars import Bar, bars
from simreg.evaluation.report.det import HEIGHT, Mark, det_curve, deviate
from simreg.evaluation.report.histogram import histogram, lowest

NORMAL = NormalDist()


def gaussian(places: int = 60) -> list[tuple[float, float]]:
    """FMR and FNMR of two normal distributions of one width, 3 widths apart, for rising thresholds."""
    thresholds = [0.3 + 2.4 * place / (places - 1) for place in range(places)]
    return [(1 - NORMAL.cdf(t), NORMAL.cdf(t - 3)) for t in thresholds]  # all below 40 %


def curve(svg: str) -> list[tuple[float, float]]:
    path = parse(svg).one("path", class_="curve").attributes["d"]
    return [(float(x), float(y)) for x, y in (point.split() for point in path.removeprefix("M").split("L"))]


def test_two_normal_distributions_give_a_straight_line() -> None:
    points = curve(det_curve(gaussian(), (), "x"))
    (x0, y0), (x1, y1) = points[0], points[-1]
    for x, y in points:
        assert y == pytest.approx(y0 + (y1 - y0) * (x - x0) / (x1 - x0), abs=0.5)


def test_fewer_false_matches_lie_left_and_fewer_misses_low() -> None:
    points = curve(det_curve(gaussian(), (), "x"))
    assert all(0 <= x <= 1000 and 0 <= y <= HEIGHT for x, y in points)
    assert [x for x, _ in points] == sorted((x for x, _ in points), reverse=True)
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)


def test_a_mark_lies_on_the_curve_with_its_intervals_around() -> None:
    fmr, fnmr = gaussian()[30]
    mark = Mark(fmr, fnmr, Interval(fmr / 2, fmr * 2), Interval(fnmr / 2, fnmr * 2), "here <")
    svg = parse(det_curve(gaussian(), [mark], "x"))
    dot = svg.one("circle", class_="peak").attributes
    x, y = curve(det_curve(gaussian(), (), "x"))[30]
    assert float(dot["cx"].removesuffix("%")) * 10 == pytest.approx(x, abs=0.5)
    assert float(dot["cy"]) == pytest.approx(y, abs=0.5)
    assert "here <" in svg.words
    across, down = svg.all("line", class_="whisker")
    assert place(across, "x1") < float(dot["cx"].removesuffix("%")) < place(across, "x2")
    assert place(down, "y1") > float(dot["cy"]) > place(down, "y2")


def test_without_a_curve_nothing_is_drawn() -> None:
    assert det_curve([], (), "x") == ""
    assert det_curve([(0.01, 0.01)], (), "x") == ""
    assert det_curve([(0.7, 0.01), (0.6, 0.02)], (), "x") == ""


def test_an_axis_may_hold_one_rate_alone() -> None:
    assert "path" in det_curve([(0.01, 0.001), (0.001, 0.001)], (), "x")


def test_deviates_of_the_ends_are_finite() -> None:
    assert deviate(0) < deviate(1e-6) < deviate(0.5) == 0 < deviate(1)


def test_outlines_lie_over_their_similarities() -> None:
    mated, other = [0] * 100, [0] * 100
    mated[90], other[50] = 7, 70_000
    svg = parse(histogram(mated, other, [(0.4, "threshold 0.4")], "x"))
    for kind, left in (("mated", 900), ("non-mated", 500)):
        path = svg.one("path", class_=kind).attributes["d"]
        top = [part.split() for part in path.removeprefix("M").rstrip("Z").split("L") if part.endswith(" 0.0")]
        assert [float(x) for x, _ in top] == [left, left + 10]
    assert place(svg.one("line", class_="border"), "x1") == 70
    assert "threshold 0.4" in svg.words
    assert histogram([0], [0], [], "x") == ""


def test_the_scale_begins_below_what_there_is() -> None:
    mated, other = [0] * 100, [0] * 100
    mated[90], other[40] = 7, 70_000
    assert -0.5 <= lowest(mated, other) <= -0.2
    other[0] = 69_000
    assert lowest(mated, other) == -1
    assert lowest([0], [0]) == -1


def test_a_bar_is_as_long_as_its_rate_and_a_bound_has_none() -> None:
    rows = [Bar("a", 0.5, 0.25, 1.0, "50 %"), Bar("b <", None, 0.0, 0.1, "≤ 10 %")]
    svg = parse(bars(rows, "label", limit=0.75))
    assert place(svg.one("rect", class_="bar"), "width") == 50
    assert place(svg.one("line", class_="limit"), "x1") == 75
    assert "b <" in svg.words
    assert svg.one("svg", role="img").attributes["aria-label"] == "label"
    assert bars([], "x") == ""


def test_a_long_bound_does_not_make_the_others_small() -> None:
    rows = [Bar("a", 0.01, 0.005, 0.02, ""), Bar("few", None, 0.0, 0.6, "")]
    assert place(parse(bars(rows, "x")).one("rect", class_="bar"), "width") == 50
    assert "NaN" not in bars([Bar("nothing", None, 0.0, 0.0, "")], "x")


def place(element: Element, name: str) -> float:
    return float(element.attributes[name].removesuffix("%"))
