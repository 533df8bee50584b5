import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.liveness.types import CheckResult, State
from simreg.report.gauges import gauge, window
from simreg.report.texts import ENGLISH

from .parsed import Element, parse


def drawing(check: CheckResult) -> Element:
    return parse(gauge(check, ENGLISH.checks)).one("svg", class_="gauge")


def place(element: Element, name: str) -> float:
    return float(element.attributes[name].removesuffix("%"))


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_the_window_holds_value_and_limit(value: float, limit: float) -> None:
    low, high = window(value, limit)
    assert low < high
    assert low <= min(value, limit)
    assert max(value, limit) <= high


@pytest.mark.parametrize(("above", "thick"), [(True, (48.5, 98.5)), (False, (1.5, 48.5))])
def test_the_line_is_thick_where_the_check_passes(above: bool, thick: tuple[float, float]) -> None:
    check = CheckResult("x", State.PASSED, 0.9 if above else 0.1, 0.4845, "", above=above)
    line = drawing(check).one("line", class_="pass")
    assert (place(line, "x1"), place(line, "x2")) == pytest.approx(thick, abs=0.5)


def test_the_mark_has_a_shape_of_its_own_for_a_failure() -> None:
    passed = drawing(CheckResult("x", State.PASSED, 0.9, 0.5, ""))
    failed = drawing(CheckResult("x", State.FAILED, 0.1, 0.5, ""))
    unknown = drawing(CheckResult("x", State.NOT_ASSESSED, 0.45, 0.5, ""))
    assert passed.one(class_="mark").name == "circle"
    assert unknown.one(class_="mark").attributes["class"] == "mark not-assessed"
    assert failed.one(class_="mark").name == "path"
    assert failed.attributes["aria-label"] == "0.1 on a scale from 0 to 1"


@pytest.mark.parametrize(
    ("value", "limit"), [(None, 1.0), (1.0, None), (float("nan"), 1.0), (float("inf"), 0.5), (None, None)]
)
def test_no_drawing_without_value_and_limit(value: float | None, limit: float | None) -> None:
    assert gauge(CheckResult("x", State.FAILED, value, limit, ""), ENGLISH.checks) == ""
