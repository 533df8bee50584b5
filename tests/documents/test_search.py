import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.capture.frame import Image
from simreg.documents.cut_out import turned
from simreg.documents.search import BASE_SIDE, Search, distinct, overlap, reduced, square_sides
from simreg.face.detector import INPUT_SIDE
from simreg.face.types import Box, Detection


class BrightSpot:
    """Takes the one bright spot of a picture for a face, the larger the surer, and keeps what it was shown."""

    def __init__(self) -> None:
        self.shown: list[Image] = []

    def detect(self, image: Image) -> list[Detection]:
        self.shown.append(image)
        rows, columns = np.nonzero(image[..., 0] > 200)
        if not rows.size:
            return []
        left, top, right, bottom = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
        box = Box(float(left), float(top), float(right - left), float(bottom - top))
        points = np.tile(np.array([[left, top]], np.float32), (6, 1))
        return [Detection(box, 0.5 + 0.4 * box.area / INPUT_SIDE**2, points)]


def spot(width: int, height: int, left: int, top: int, side: int) -> Image:
    picture = np.zeros((height, width, 3), np.uint8)
    picture[top : top + side, left : left + side] = 255
    return picture


@settings(max_examples=60, deadline=None)
@given(data=st.data(), turn=st.integers(0, 3))
def test_what_is_found_is_told_in_pixels_of_the_picture(data: st.DataObject, turn: int) -> None:
    width, height = data.draw(st.integers(200, 900)), data.draw(st.integers(200, 900))
    part = data.draw(st.sampled_from((1.0, 0.6, 0.36)))
    square = part * max(width, height)
    side = max(8, int(0.25 * square))
    left, top = data.draw(st.integers(0, max(0, width - side))), data.draw(st.integers(0, max(0, height - side)))
    side = min(side, width, height)
    found = Search(spot(width, height, left, top, side), BrightSpot()).scan(square, turn)
    assert found
    whole = max(found, key=lambda one: one.box.area).box
    pixel = 2.5 * square / INPUT_SIDE
    assert (whole.left, whole.top) == pytest.approx((left, top), abs=pixel)
    assert (whole.width, whole.height) == pytest.approx((side, side), abs=2 * pixel)


def test_the_points_turn_with_the_picture() -> None:
    picture = spot(600, 400, 100, 50, 60)
    corners = [Search(picture, BrightSpot()).scan(600, turn)[0].keypoints[0] for turn in range(4)]
    expected = [(100, 50), (100, 110), (160, 110), (160, 50)]  # the turned picture's upper left corner of the spot
    for corner, place in zip(corners, expected, strict=True):
        assert tuple(corner) == pytest.approx(place, abs=6)


def test_no_square_is_looked_at_twice() -> None:
    detector = BrightSpot()
    search = Search(spot(600, 400, 100, 50, 60), detector)
    first = search.scan(400, 1)
    looks = len(detector.shown)
    assert search.scan(400, 1) is first
    assert len(detector.shown) == looks
    assert all(shown.shape == (INPUT_SIDE, INPUT_SIDE, 3) for shown in detector.shown)


@given(width=st.integers(1, 5000), height=st.integers(1, 5000))
def test_squares_go_from_the_whole_picture_to_small_ones(width: int, height: int) -> None:
    sides = square_sides(width, height)
    assert sides[0] == max(width, height)
    assert sides == sorted(sides, reverse=True)
    assert len(sides) <= 4


@pytest.mark.parametrize("shape", [(10, 10), (1, 3000), (1000, 1400), (4000, 3000), (2999, 4001)])
def test_a_large_picture_is_reduced_by_a_whole_number(shape: tuple[int, int]) -> None:
    small, factor = reduced(np.zeros((*shape, 3), np.uint8))
    assert small.shape[:2] == (shape[0] // factor, shape[1] // factor)
    assert max(small.shape) >= min(BASE_SIDE, max(shape))
    assert min(shape) < factor or max(small.shape) < 2 * BASE_SIDE + 1 or factor == 1


def test_the_best_detection_of_a_face_is_kept() -> None:
    points = np.zeros((6, 2), np.float32)
    weak, best = Detection(Box(10, 10, 100, 100), 0.6, points), Detection(Box(20, 15, 95, 95), 0.8, points)
    other = Detection(Box(300, 10, 100, 100), 0.7, points)
    assert distinct([weak, other, best]) == [best, other]


def test_a_part_of_a_face_overlaps_it() -> None:
    assert overlap(Box(0, 0, 100, 100), Box(35, 35, 30, 30))
    assert not overlap(Box(0, 0, 100, 100), Box(110, 0, 100, 100))


@given(width=st.integers(1, 60), height=st.integers(1, 60), turn=st.integers(0, 3), data=st.data())
def test_landmarks_turn_as_pixels_do(width: int, height: int, turn: int, data: st.DataObject) -> None:
    x, y = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
    picture = np.zeros((height, width), np.uint8)
    picture[y, x] = 1
    there = turned(np.array([[x, y, 7]], np.float32), width, height, turn)[0]
    assert np.rot90(picture, -turn)[int(there[1]), int(there[0])] == 1
    assert there[2] == 7
