import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from face.sessions import FakeSession
from simreg.face.passive_pad import BRIGHT, INPUT_SIDE, MiniFasNet, brightening, surroundings
from simreg.face.types import Box

Picture = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def picture(width: int = 320, height: int = 240, blue: int = 9) -> Picture:
    """Red tells x."""
    row = np.linspace(0, 255, width).round().astype(np.uint8)
    red = np.tile(row, (height, 1))
    return np.stack([red, np.zeros_like(red), np.full_like(red, blue)], axis=-1)


def network(*logits: float) -> FakeSession:
    return FakeSession({"out": np.array([logits], np.float32)})


def test_the_score_is_the_mean_share_of_bona_fide() -> None:
    sure, unsure = network(0, 10, 0), network(0, 0, 0)
    box = Box(100, 80, 60, 80)
    assert MiniFasNet(((sure, 2.7),)).score(picture(), box) == pytest.approx(1, abs=1e-3)
    assert MiniFasNet(((unsure, 2.7),)).score(picture(), box) == pytest.approx(1 / 3)
    assert MiniFasNet(((sure, 2.7), (unsure, 4.0))).score(picture(), box) == pytest.approx(2 / 3, abs=1e-3)


@pytest.mark.parametrize("logits", [(1e4, -1e4, 0), (-1e4, 1e4, 1e4), (0, 1e30, 0)])
def test_extreme_outputs_stay_shares(logits: tuple[float, float, float]) -> None:
    assert 0 <= MiniFasNet(((network(*logits), 2.7),)).score(picture(), Box(10, 10, 50, 50)) <= 1


def test_the_network_sees_blue_first_in_0_to_255() -> None:
    session = network(0, 0, 0)
    MiniFasNet(((session, 2.7),)).score(picture(blue=250), Box(200, 80, 60, 80))
    (_, fed) = session.runs[0]
    assert fed.shape == (1, 3, INPUT_SIDE, INPUT_SIDE)
    assert (fed[0, 0] == 250).all()
    assert fed[0, 2].max() > 200


def test_a_dim_face_is_brightened_and_a_bright_one_left() -> None:
    dim, bright = np.full((100, 100, 3), 22, np.uint8), np.full((100, 100, 3), 190, np.uint8)
    for image, expected in ((dim, BRIGHT), (bright, 190)):
        session = network(0, 0, 0)
        MiniFasNet(((session, 2.7),)).score(image, Box(30, 30, 20, 20))
        assert session.runs[0][1] == pytest.approx(expected)


def test_brightening_goes_by_the_face_and_ends_at_white() -> None:
    image = np.full((100, 100, 3), 200, np.uint8)
    image[30:52, 30:52] = 11
    assert brightening(image, Box(30, 30, 20, 20)) == pytest.approx(10)
    session = network(0, 0, 0)
    MiniFasNet(((session, 2.7),)).score(image, Box(30, 30, 20, 20))
    assert session.runs[0][1].max() == 255


@pytest.mark.parametrize("box", [Box(-80, -80, 20, 20), Box(500, 10, 20, 20), Box(-5, -5, 3, 3)])
def test_a_box_outside_the_picture_brightens_nothing(box: Box) -> None:
    assert brightening(np.zeros((100, 100, 3), np.uint8), box) == 1


def test_surroundings_are_as_many_times_the_box() -> None:
    seen = surroundings(picture(), Box(150, 110, 20, 20), 2.0)[:, :, 0].astype(int)
    assert np.ptp(seen) == pytest.approx(40 / 319 * 255, abs=3)
    assert seen.mean() == pytest.approx(160 / 319 * 255, abs=2)


@given(st.floats(-300, 600), st.floats(-300, 500), st.floats(1, 700), st.floats(1, 700), st.sampled_from([1.0, 2.7, 4.0]))
def test_any_box_has_surroundings_inside_the_picture(
    x: float, y: float, width: float, height: float, scale: float
) -> None:
    assert surroundings(picture(), Box(x, y, width, height), scale).shape == (INPUT_SIDE, INPUT_SIDE, 3)
