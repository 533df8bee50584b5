import pytest
from hypothesis import given
from hypothesis import strategies as st

from simreg.face.types import Box

SIDES = st.floats(0.1, 500)
PLACES = st.floats(-500, 500)
BOXES = st.builds(Box, PLACES, PLACES, SIDES, SIDES)


@given(BOXES, BOXES)
def test_overlap_is_symmetric_and_a_share(a: Box, b: Box) -> None:
    assert a.iou(b) == pytest.approx(b.iou(a))
    assert 0 <= a.iou(b) <= 1 + 1e-9


@given(BOXES)
def test_a_box_covers_itself(box: Box) -> None:
    assert box.iou(box) == pytest.approx(1)


def test_overlap_of_halves_and_of_neighbours() -> None:
    assert Box(0, 0, 10, 10).iou(Box(5, 0, 10, 10)) == pytest.approx(1 / 3)
    assert Box(0, 0, 10, 10).iou(Box(10, 0, 10, 10)) == 0


def test_centre_and_area() -> None:
    box = Box(10, 20, 30, 40)
    assert (box.centre, box.area) == ((25, 40), 1200)
