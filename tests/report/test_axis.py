import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.report.axis import Scale, step, ticks, widened

values = st.floats(-1e6, 1e6)
spans = st.floats(1e-3, 1e6)
counts = st.integers(1, 12)


@given(values, spans, counts)
def test_ticks_are_few_evenly_spaced_and_within(low: float, span: float, count: int) -> None:
    high = low + span
    found = ticks(low, high, count)
    size = step(high - low, count)
    assert len(found) <= count + 1
    assert all(low - 1e-6 * size <= tick <= high + 1e-6 * size for tick in found)
    assert all(math.isclose(b - a, size, rel_tol=1e-6) for a, b in pairwise(found))
    assert all(math.isclose(tick / size, round(tick / size), abs_tol=1e-6) for tick in found)


@given(spans, counts)
def test_a_step_is_1_2_or_5_times_a_power_of_ten(span: float, count: int) -> None:
    size = step(span, count)
    assert f"{size:e}"[0] in "125"
    assert span / size <= count * (1 + 1e-6)
    assert span / size >= count / 2.5 * (1 - 1e-6)


@given(values, spans, counts)
def test_a_widened_range_holds_the_range_and_ends_on_ticks(low: float, span: float, count: int) -> None:
    high = low + span
    wide = widened(low, high, count)
    size = step(high - low, count)
    assert wide[0] <= low + 1e-6 * size
    assert wide[1] >= high - 1e-6 * size
    assert wide[1] - wide[0] <= span + 2 * size


@given(values, spans, values, values)
def test_a_scale_keeps_order_and_stays_on_its_length(low: float, span: float, first: float, second: float) -> None:
    scale = Scale(low, low + span)
    assert 0 <= scale(first) <= 100
    assert (scale(first) <= scale(second)) or first > second
    assert scale(low) == 0
    assert scale(low + span) == pytest.approx(100)


def test_a_scale_may_point_downwards() -> None:
    scale = Scale(-40, 40, 150, 0)
    assert [scale(-40), scale(0), scale(40)] == [150, 75, 0]


def test_ticks_have_no_negative_zero() -> None:
    assert ticks(-1, 1, 4) == (-1, -0.5, 0, 0.5, 1)
    assert "-0.0" not in map(str, ticks(-1, 1, 4))
