import re
from dataclasses import replace
from itertools import pairwise

import pytest

from simreg.liveness.types import Action, PadResult, Sample
from simreg.report.charts import figure
from simreg.report.panels import panels
from simreg.report.texts import CHINESE, ENGLISH

from .parsed import Element, parse
from .sample import DURATION_S, refused_result, sample_result

PAD = sample_result().liveness


def drawing(pad: PadResult, duration_s: float = DURATION_S) -> Element:
    return parse(figure(pad, duration_s, ENGLISH)).one("svg", class_="curves")


def share(element: Element, name: str) -> float:
    return float(element.attributes[name].removesuffix("%"))


def test_three_panels_over_one_axis_of_time() -> None:
    svg = drawing(PAD)
    titles = [title.words for title in svg.all("text", class_="panel-title")]
    assert titles == ["Yaw, degrees", "Pitch, degrees", "Eye openness"]
    assert len(svg.all("path", class_="curve")) == 3
    assert [t.words for t in svg.all("text", class_="tick")].count("Time from the first frame, seconds") == 1
    assert {"subject’s left (+)", "subject’s right (−)"} <= {t.words for t in svg.all("text", class_="end")}


def test_mouth_and_size_are_shown_where_they_matter() -> None:
    challenge = (Action.OPEN_MOUTH, Action.APPROACH, Action.LOOK_UP)
    shown = panels(replace(PAD, challenge=challenge), ENGLISH.curves)
    assert len(shown) == 5
    assert [panel.limits for panel in shown] == [(-25, 25), (-13, 13), (0.5,), (0.3,), (1.25,)]


def test_an_axis_holds_every_value() -> None:
    wild = (Sample(0.0, -88.0, 51.0, 0.0, -0.1, 0.4), Sample(1.0, 20.0, -60.0, 3.2, 1.3, 2.7))
    challenge = (Action.OPEN_MOUTH, Action.APPROACH)
    for panel in panels(replace(PAD, challenge=challenge, curves=wild), ENGLISH.curves):
        for sample in wild:
            value = panel.read(sample)
            assert value is not None
            assert panel.low <= value <= panel.high
        if panel.unit:
            assert panel.low == -panel.high


def test_the_line_is_broken_and_the_gap_shaded() -> None:
    svg = drawing(PAD)
    for path in svg.all("path", class_="curve"):
        assert path.attributes["d"].count("M") == 2
    assert len(svg.all("rect", class_="gap")) == 3
    assert svg.all("text", class_="gap-label") == []


def test_a_long_gap_says_what_it_is() -> None:
    blind = tuple(replace(s, yaw=None, pitch=None, eyes=None, mouth=None, size=None) for s in PAD.curves)
    svg = drawing(replace(PAD, curves=blind, actions=(), seen=()))
    assert [text.words for text in svg.all("text", class_="gap-label")] == ["no face"] * 3
    assert [path.attributes["d"] for path in svg.all("path", class_="curve")] == ["", "", ""]


def test_a_single_sample_is_a_dot() -> None:
    svg = drawing(replace(PAD, curves=(Sample(0.0, 1.0, 1.0, 1.0, None, None),), actions=(), seen=()))
    places = re.findall(r"[ML]([^ML]+)", svg.all("path", class_="curve")[0].attributes["d"])
    assert len(places) == 2
    assert places[0] == places[1]


def test_no_samples_no_drawing() -> None:
    assert figure(replace(PAD, curves=()), DURATION_S, ENGLISH) == ""


@pytest.mark.parametrize("duration_s", [0.0, float("nan"), float("inf"), 1e-9])
def test_a_duration_that_says_nothing_is_left_aside(duration_s: float) -> None:
    assert "nan" not in str(drawing(PAD, duration_s))


def test_bands_lie_where_the_actions_were() -> None:
    svg = drawing(PAD)
    band = svg.all("rect", class_="band")[0]
    assert share(band, "x") == pytest.approx(0.93 / DURATION_S * 100, abs=0.01)
    assert share(band, "width") == pytest.approx((2.07 - 0.93) / DURATION_S * 100, abs=0.01)
    assert [text.words for text in svg.all("text", class_="band-label")] == ["Turn left", "Blink", "Turn right", "Blink"]
    assert len(svg.all("rect", class_="unasked")) == 1


def test_only_actions_that_passed_carry_how_far_they_went() -> None:
    assert [text.words for text in drawing(PAD).all("text", class_="peak-label")] == ["+40°", "−43°", "0.05"]
    assert [t.words for t in drawing(refused_result().liveness).all("text", class_="peak-label")] == ["+40°"]


def test_limits_are_named_on_the_axis_and_crowd_nothing_out() -> None:
    svg = drawing(PAD)
    assert [text.words for text in svg.all("text", class_="of-limit")] == ["−25°", "25°", "0.5"]
    heights = sorted(float(t.attributes["y"]) for t in svg.all("text", class_="tick") if t.attributes["x"] == "-6")
    assert all(below - above >= 11 for above, below in pairwise(heights))


def test_the_drawing_says_in_words_what_it_shows() -> None:
    label = drawing(PAD).attributes["aria-label"]
    assert "Turn left from 0.93 s to 2.07 s." in label
    assert "眨眼：3.13 s 至 3.40 s。" in figure(PAD, DURATION_S, CHINESE)
