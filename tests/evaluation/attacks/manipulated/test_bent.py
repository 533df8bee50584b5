"""Pictures that are bent."""

from itertools import pairwise

import numpy as np
import pytest

from evaluation.attacks.manipulated.staged import A, apart, made, take
from simreg.demo.head import HeadState
from simreg.evaluation.attacks.manipulated.animated import AnimatedPhotograph
from simreg.evaluation.attacks.manipulated.footage import photograph
from simreg.evaluation.attacks.manipulated.grain import Grain, level
from simreg.evaluation.attacks.manipulated.landmarks import INNER_LIPS, face_net, open_mouth, shut_eyes
from simreg.evaluation.attacks.manipulated.piecewise import SKIN, bend, net
from simreg.evaluation.attacks.manipulated.puppet import Puppet
from simreg.evaluation.attacks.manipulated.warped_still import WarpedStill, drifted
from synthetic.head import STRAIGHT, landmarks

PICTURE = np.tile(np.arange(0, 240, 2).astype(np.uint8)[None, :, None], (100, 1, 3))
SQUARE = np.array([[20, 20], [80, 20], [20, 80], [80, 80]], np.float32)
FACE = np.ascontiguousarray(landmarks(STRAIGHT)[:SKIN, :2])


def test_what_goes_nowhere_stays() -> None:
    bent, covered, part = bend(PICTURE, SQUARE, SQUARE, net(SQUARE), PICTURE.shape)
    assert apart(bent, PICTURE[part]) < 0.5
    assert covered[4:-4, 4:-4].min() == 1


def test_a_shifted_square_shows_its_own_picture() -> None:
    bent, _, part = bend(PICTURE, SQUARE, SQUARE + np.array([10, 0], np.float32), net(SQUARE), PICTURE.shape)
    inside = bent[10:50, 10:50].astype(int)
    assert np.abs(inside - PICTURE[part][10:50, 10:50] + 20).max() <= 1


def test_a_square_squeezed_to_half_shows_all_of_it() -> None:
    target = SQUARE.copy()
    target[[1, 3], 0] = 50
    bent, _, _ = bend(PICTURE, SQUARE, target, net(SQUARE), PICTURE.shape)
    row = bent[30, 4:-4, 0].astype(float)
    assert np.diff(row).mean() == pytest.approx(4, abs=0.2)


def test_what_shows_its_back_is_left_out() -> None:
    mirrored = SQUARE.copy()
    mirrored[:, 0] = 100 - mirrored[:, 0]
    _, covered, _ = bend(PICTURE, SQUARE, mirrored, net(SQUARE), PICTURE.shape)
    assert covered.max() == 0


def test_the_nearer_triangle_hides_the_other() -> None:
    source = np.concatenate([SQUARE, SQUARE + np.array([30, 0], np.float32)])
    triangles = np.concatenate([net(SQUARE), net(SQUARE) + 4])
    for near, expected in ((0, 100), (1, 160)):
        depth = np.repeat([0.0, 1.0] if near == 0 else [1.0, 0.0], 4)
        target = np.column_stack([np.tile(SQUARE, (2, 1)), depth]).astype(np.float32)
        bent, _, _ = bend(PICTURE, source, target, triangles, PICTURE.shape)
        assert bent[30, 30, 0] == pytest.approx(expected, abs=2)


def test_shut_lids_meet_and_the_rest_stays() -> None:
    places = FACE.copy()
    shut_eyes(places, 1.0)
    for upper, lower in ((159, 145), (386, 374)):
        assert places[lower, 1] - places[upper, 1] < 0.1 * (FACE[lower, 1] - FACE[upper, 1])
    assert np.array_equal(places[[1, 4, 152, 33, 263, 13, 14]], FACE[[1, 4, 152, 33, 263, 13, 14]])


def test_an_open_mouth_lowers_the_lip_and_the_chin_alone() -> None:
    places = FACE.copy()
    open_mouth(places, 1.0)
    moved = places[:, 1] - FACE[:, 1]
    assert moved[14] > 5
    assert moved[152] > 5
    assert np.abs(moved[[13, 1, 33, 263, 10, INNER_LIPS[0], INNER_LIPS[10]]]).max() < 0.5


def test_no_triangle_lies_between_the_lips() -> None:
    assert not np.isin(face_net(FACE), INNER_LIPS).all(axis=1).any()


def test_a_puppet_at_rest_is_the_photograph() -> None:
    image, points = _photograph()
    assert np.array_equal(Puppet(image, points).shown(HeadState()), image)


@pytest.mark.parametrize(
    ("state", "direction"),
    [
        (HeadState(yaw=20), (1, 0)),
        (HeadState(yaw=-20), (-1, 0)),
        (HeadState(pitch=15), (0, -1)),
        (HeadState(x=0.1), (1, 0)),
    ],
)
def test_a_puppets_nose_goes_where_the_head_turns(state: HeadState, direction: tuple[int, int]) -> None:
    image, points = _photograph()
    marked = image.copy()
    x, y = points[1, :2].round().astype(int)
    marked[y - 3 : y + 4, x - 3 : x + 4] = (0, 255, 0)
    shown = Puppet(marked, points).shown(state).astype(int)
    green = np.argwhere((shown[..., 1] > 230) & (shown[..., 0] < 40) & (shown[..., 2] < 40)).mean(axis=0)
    assert (np.array([green[1] - x, green[0] - y]) @ direction) > 4


def test_a_puppets_surroundings_stay() -> None:
    image, points = _photograph()
    shown = Puppet(image, points).shown(HeadState(yaw=25, eyes=0.0, mouth=1.0))
    assert np.array_equal(shown[:, :3], image[:, :3])
    assert apart(shown[60:190, 90:230], image[60:190, 90:230]) > 2


def test_a_still_that_nears_is_enlarged() -> None:
    image, points = _photograph()
    small, large = (drifted(image, points, HeadState(scale=scale), 110.0) for scale in (1.0, 1.5))
    x, y = points[:SKIN, :2].mean(axis=0).round().astype(int)
    assert apart(small[y - 5 : y + 5, x - 5 : x + 5], large[y - 5 : y + 5, x - 5 : x + 5]) < 20
    assert apart(small, large) > 5


def test_a_still_cannot_turn() -> None:
    assert WarpedStill().make(take((A.TURN_LEFT,)), [], np.random.default_rng(1)) is None
    assert AnimatedPhotograph().make(take((A.TURN_LEFT,)), [], np.random.default_rng(1)) is not None


def test_a_still_changes_most_where_it_blinks() -> None:
    frames = made(WarpedStill(), take((A.BLINK,)))
    steps = np.array([apart(a.image, b.image) for a, b in pairwise(frames)])
    times = np.array([frame.time_s for frame in frames[1:]])
    calm = np.median(steps[times < 1.4])
    assert steps[(times > 1.5) & (times < 2.2)].max() > 1.02 * calm
    assert steps.min() > 0


def test_noise_is_as_strong_as_asked_and_different_each_time() -> None:
    grey = np.full((120, 160, 3), 128, np.uint8)
    grain = Grain(grey.shape, 2.5, np.random.default_rng(1))
    first, second = grain.add(grey).astype(int), grain.add(grey).astype(int)
    assert first.std() == pytest.approx(2.5, rel=0.15)
    assert abs(first.mean() - 128) < 0.2
    assert (first != second).mean() > 0.5


def test_a_cameras_noise_is_read_off_its_frames() -> None:
    assert 0.6 <= level(take()) <= 4.0


def test_the_photograph_looks_straight_with_open_eyes() -> None:
    image, points = _photograph()
    straight = [
        f.image for f, p in zip(take().frames, take().points, strict=True) if p is not None and abs(p[1, 0] - 160) < 6
    ]
    assert any(np.array_equal(image, other) for other in straight)
    assert points[145, 1] - points[159, 1] > 4


def _photograph() -> tuple[
    np.ndarray[tuple[int, ...], np.dtype[np.uint8]], np.ndarray[tuple[int, ...], np.dtype[np.float32]]
]:
    found = photograph(take())
    assert found is not None
    return found
