from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from face.sessions import FakeSession
from simreg.capture.frame import Image
from simreg.face.recogniser import (
    TEMPLATE_112,
    Adjustment,
    OnnxRecogniser,
    Preprocessing,
    align,
    five_points,
    similarity,
)
from synthetic.head import STRAIGHT, landmarks

ADJUSTMENTS = [
    Adjustment(centre=(0.5, 0.0, 0.0, 0.0)),
    Adjustment(centre=(0.5, 0.0, 0.0, 0.001)),
    Adjustment(lengths=(2.0, 8.0), power=0.5),
    Adjustment(lengths=(2.0, 9.0), power=0.5),
    Adjustment(lengths=(2.0, 8.0), power=0.25),
]
PLAIN = Preprocessing(112, "rgb", 1.0, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), 1.0, mirror=False)


def apply(matrix: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64]:
    return places @ matrix[:, :2].T + matrix[:, 2]


def turned(scale: float, degrees: float, x: float, y: float) -> NDArray[np.float64]:
    cos, sin = scale * np.cos(np.radians(degrees)), scale * np.sin(np.radians(degrees))
    return np.array([[cos, -sin, x], [sin, cos, y]])


@given(st.floats(0.05, 20), st.floats(-180, 180), st.floats(-500, 500), st.floats(-500, 500))
def test_a_similarity_is_found_exactly(scale: float, degrees: float, x: float, y: float) -> None:
    there = turned(scale, degrees, x, y)
    assert similarity(TEMPLATE_112, apply(there, TEMPLATE_112)) == pytest.approx(there, abs=1e-6 * (1 + abs(x) + abs(y)))


@given(st.integers(0, 2**32 - 1), st.floats(-0.2, 0.2), st.floats(-0.2, 0.2), st.floats(-3, 3))
def test_no_other_similarity_fits_better(seed: int, scale: float, turn: float, shift: float) -> None:
    rng = np.random.default_rng(seed)
    source, target = rng.normal(0, 30, (5, 2)), rng.normal(0, 30, (5, 2))
    best = similarity(source, target)
    other = best.copy()
    other[:, :2] = turned(1 + scale, np.degrees(turn), 0, 0)[:, :2] @ best[:, :2]
    other[:, 2] += shift
    assert np.square(apply(best, source) - target).sum() <= np.square(apply(other, source) - target).sum() + 1e-6


@given(st.integers(0, 2**32 - 1))
def test_a_similarity_never_mirrors(seed: int) -> None:
    rng = np.random.default_rng(seed)
    source = rng.normal(0, 30, (5, 2))
    assert np.linalg.det(similarity(source, source * [-1, 1])[:, :2]) >= 0


def test_points_that_fall_together_give_numbers() -> None:
    assert np.isfinite(similarity(np.full((5, 2), 7.0), TEMPLATE_112)).all()


def ramp() -> Image:
    """Red tells x, green tells y, one grey level a pixel."""
    y, x = np.mgrid[0:256, 0:256]
    return np.stack([x, y, 0 * x], axis=-1).astype(np.uint8)


@pytest.mark.parametrize("roll", [-40, 0, 25])
@pytest.mark.parametrize("width", [60, 110])
@pytest.mark.parametrize("side", [112, 150])
def test_an_aligned_face_has_its_points_in_their_places(roll: int, width: int, side: int) -> None:
    points = landmarks(STRAIGHT.but(roll=roll, width=width, x=128, y=128))
    chip = align(ramp(), points, side)
    assert chip.shape == (side, side, 3)
    matrix = similarity(five_points(points), TEMPLATE_112 * side / 112)
    places = apply(matrix, five_points(points)).round().astype(int)
    seen = chip[places[:, 1], places[:, 0], :2].astype(float)
    assert seen == pytest.approx(five_points(points), abs=2)


def test_the_subjects_right_eye_is_at_the_left_of_the_aligned_face() -> None:
    places = five_points(landmarks(STRAIGHT))
    assert places[0, 0] < places[1, 0]
    assert places[3, 0] < places[4, 0]
    assert TEMPLATE_112[0, 0] < TEMPLATE_112[1, 0]


def test_a_large_face_is_reduced_without_aliasing() -> None:
    stripes = np.zeros((2000, 2000, 3), np.uint8)
    stripes[:, ::2] = 254
    chip = align(stripes, landmarks(STRAIGHT.but(width=1000, x=1000, y=1000)), 112)
    assert np.ptp(chip[20:90, 20:90]) < 40


def test_a_margin_shows_more_around_the_face() -> None:
    points = landmarks(STRAIGHT.but(x=128, y=128))
    near, far = (align(ramp(), points, 112, margin)[56, 20:92, 0].astype(int) for margin in (1.0, 1.5))
    assert np.ptp(far) == pytest.approx(1.5 * np.ptp(near), abs=3)


def test_what_preprocessing_is_called_tells_it_apart() -> None:
    others = [
        Preprocessing(150, "rgb", 1.0, (0.0,) * 3, (1.0,) * 3, 1.0, mirror=False),
        Preprocessing(112, "bgr", 1.0, (0.0,) * 3, (1.0,) * 3, 1.0, mirror=False),
        Preprocessing(112, "rgb", 1 / 255, (0.0,) * 3, (1.0,) * 3, 1.0, mirror=False),
        Preprocessing(112, "rgb", 1.0, (0.5,) * 3, (1.0,) * 3, 1.0, mirror=False),
        Preprocessing(112, "rgb", 1.0, (0.0,) * 3, (0.5,) * 3, 1.0, mirror=False),
        Preprocessing(112, "rgb", 1.0, (0.0,) * 3, (1.0,) * 3, 1.2, mirror=False),
        Preprocessing(112, "rgb", 1.0, (0.0,) * 3, (1.0,) * 3, 1.0, mirror=True),
        *(replace(PLAIN, adjustment=adjustment) for adjustment in ADJUSTMENTS),
    ]
    assert len({str(one) for one in [PLAIN, *others]}) == len(others) + 1


def recogniser(session: FakeSession, preprocessing: Preprocessing) -> OnnxRecogniser:
    return OnnxRecogniser("name", "ab" * 32, session, preprocessing)


def test_the_network_is_fed_as_the_preprocessing_says() -> None:
    chip = np.zeros((112, 112, 3), np.uint8)
    chip[..., 0], chip[..., 1], chip[..., 2] = 10, 20, 30
    session = FakeSession({"out": np.ones((1, 4), np.float32)})
    recogniser(session, Preprocessing(112, "bgr", 0.1, (1.0, 1.0, 1.0), (2.0, 2.0, 4.0), 1.0, mirror=False)).template(
        chip
    )
    (_, fed) = session.runs[0]
    assert fed.shape == (1, 3, 112, 112)
    assert fed[0, :, 5, 5] == pytest.approx([(3 - 1) / 2, (2 - 1) / 2, (1 - 1) / 4])


def test_a_template_has_length_one_and_its_mirror_image_has_the_same() -> None:
    def halves(fed: NDArray[np.float32]) -> NDArray[np.float32]:
        return fed[0, :, :, :56].reshape(1, -1)[:, ::97]

    rng = np.random.default_rng(3)
    chip = rng.integers(0, 255, (112, 112, 3), np.uint8)
    both = recogniser(FakeSession(halves), Preprocessing(112, "rgb", 1, (127.0,) * 3, (1.0,) * 3, 1.0, mirror=True))
    one = recogniser(FakeSession(halves), Preprocessing(112, "rgb", 1, (127.0,) * 3, (1.0,) * 3, 1.0, mirror=False))
    flipped = np.ascontiguousarray(chip[:, ::-1])
    assert np.linalg.norm(both.template(chip)) == pytest.approx(1)
    assert np.linalg.norm(one.template(chip)) == pytest.approx(1)
    assert both.template(chip) == pytest.approx(both.template(flipped), abs=1e-6)
    assert one.template(chip) != pytest.approx(one.template(flipped), abs=0.01)


BLANK = np.zeros((112, 112, 3), np.uint8)


@pytest.mark.parametrize("adjustment", [Adjustment(), *ADJUSTMENTS], ids=str)
def test_a_network_that_says_nothing_gives_a_template_that_is_like_none(adjustment: Adjustment) -> None:
    session = FakeSession({"out": np.zeros((1, 4), np.float32)})
    assert not recogniser(session, replace(PLAIN, adjustment=adjustment)).template(BLANK).any()


def test_without_an_adjustment_the_preprocessing_is_called_as_ever() -> None:
    assert str(PLAIN).endswith("mirror=no")


def template(out: list[float], adjustment: Adjustment) -> NDArray[np.float32]:
    session = FakeSession({"out": np.array([out], np.float32)})
    return recogniser(session, replace(PLAIN, adjustment=adjustment)).template(BLANK)


def test_the_centre_is_taken_from_features_of_length_one() -> None:
    adjustment = Adjustment(centre=(0.6, 0.0, 0.0))
    assert template([6.0, 8.0, 0.0], adjustment) == pytest.approx([0.0, 1.0, 0.0])
    assert template([60.0, 80.0, 0.0], adjustment) == pytest.approx([0.0, 1.0, 0.0])


@pytest.mark.parametrize(("length", "expected"), [(0.1, 1.0), (2.0, 1.0), (4.5, 2 / 3), (8.0, 0.5), (90.0, 0.5)])
def test_longer_features_count_less_between_the_two_lengths(length: float, expected: float) -> None:
    made = template([length * 0.6, 0.0, length * 0.8], Adjustment(lengths=(2.0, 8.0), power=0.5))
    assert made == pytest.approx([0.6 * expected, 0.0, 0.8 * expected])


@given(st.floats(1e-6, 1e6), st.floats(1e-3, 1e3), st.floats(1.0, 100.0), st.floats(0.0, 1.0), st.integers(0, 2**32 - 1))
def test_a_template_is_never_longer_than_one(length: float, low: float, ratio: float, power: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    centre, features = (values / np.linalg.norm(values) for values in rng.normal(size=(2, 8)))
    made = template((features * length).tolist(), Adjustment(tuple(0.3 * centre), (low, low * ratio), power))
    assert 0 < np.linalg.norm(made) <= 1 + 1e-6


@pytest.mark.parametrize("mirror", [True, False])
@pytest.mark.parametrize("adjustment", [Adjustment(), *ADJUSTMENTS], ids=str)
def test_a_quick_template_is_not_adjusted_and_spares_a_run_where_it_can(mirror: bool, adjustment: Adjustment) -> None:
    def four(fed: NDArray[np.float32]) -> NDArray[np.float32]:
        return fed[0, 0, :2, [0, -1]].reshape(1, -1)

    chip = np.random.default_rng(3).integers(1, 255, (112, 112, 3), np.uint8)
    session = FakeSession(four)
    one = recogniser(session, replace(PLAIN, mirror=mirror, adjustment=adjustment))
    quick = one.quick_template(chip)
    assert quick == pytest.approx(recogniser(session, PLAIN).quick_template(chip))
    before = len(session.runs)
    made = one.template(chip, quick)
    assert len(session.runs) - before == (1 if mirror or adjustment.power else 0)
    assert made == pytest.approx(one.template(chip), abs=1e-6)
