import numpy as np
import pytest

from demo.made_up import made_up_points
from simreg.demo.expression import deform
from simreg.demo.head import Head, HeadState
from simreg.demo.person import person
from simreg.demo.portrait import FACE, head_surface
from simreg.demo.surface import Surface
from simreg.face.mesh_refinement import LEFT_EYE, LIPS, RIGHT_EYE

POINTS = made_up_points()


def made_up_portrait() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """A skin-coloured ellipse with shoulders before a grey wall, noisy enough for a segmentation to have statistics."""
    y, x = np.mgrid[:240, :240]
    body = (((x - 120) / 48) ** 2 + ((y - 115) / 70) ** 2 < 1) | ((y > 160) & (np.abs(x - 120) < 30 + (y - 160)))
    picture = np.where(body[..., None], (200, 150, 120), (120, 125, 130)).astype(np.float64)
    return np.asarray(picture + np.random.default_rng(1).normal(0, 4, picture.shape), np.uint8)


@pytest.fixture(scope="module")
def surface() -> Surface:
    return head_surface(made_up_portrait(), POINTS)


def test_the_landmarks_are_the_first_vertices_in_face_widths(surface: Surface) -> None:
    expected = (POINTS[:FACE] - (120, 120, 0)) / 80
    assert surface.vertices[:FACE] == pytest.approx(expected, abs=1e-5)
    assert surface.places[:FACE] == pytest.approx(POINTS[:FACE, :2])


def test_a_rolled_portrait_gives_the_same_head(surface: Surface) -> None:
    turn = np.array([[np.cos(0.2), np.sin(0.2), 0], [-np.sin(0.2), np.cos(0.2), 0], [0, 0, 1]])
    rolled = ((POINTS - (120, 120, 0)) @ turn + (120, 120, 0)).astype(np.float32)
    assert head_surface(made_up_portrait(), rolled).vertices[:FACE] == pytest.approx(surface.vertices[:FACE], abs=1e-4)


def test_depth_scales_only_the_depth(surface: Surface) -> None:
    deeper = head_surface(made_up_portrait(), POINTS, depth=1.5)
    assert deeper.vertices == pytest.approx(surface.vertices * (1, 1, 1.5), abs=1e-5)


def test_all_of_the_head_turns_and_the_shoulders_stay(surface: Surface) -> None:
    high = surface.vertices[:, 1] < surface.vertices[:FACE, 1].max()
    assert (surface.follows[high] == 1).all()
    assert surface.follows.min() == 0


def test_the_subject_is_found_without_the_wall() -> None:
    found = person(made_up_portrait(), POINTS)
    assert found[115, 120] == 1
    assert found[215, 120] == 1
    assert found[:40].sum() + found[100:140, :60].sum() + found[100:140, 180:].sum() == 0


def test_shut_lids_reach_over_the_lower_lids_and_open_ones_lie_above(surface: Surface) -> None:
    assert surface.lids is not None
    shut, open_ = deform(surface, (0, 0), 0), deform(surface, (1, 1), 0)
    for eye, lid in zip((RIGHT_EYE, LEFT_EYE), surface.lids, strict=True):
        way = shut[lid[-1], 1] - shut[eye[[0, *range(9, 16), 8]], 1]
        whole = shut[eye[:9], 1] - shut[eye[[0, *range(9, 16), 8]], 1]
        assert way == pytest.approx(1.15 * whole, abs=1e-5)
        assert np.ptp(open_[lid], axis=0) == pytest.approx(np.zeros((9, 3)), abs=1e-6)


@pytest.mark.parametrize("side", [0, 1])
def test_each_eye_shuts_for_itself(surface: Surface, side: int) -> None:
    assert surface.lids is not None
    eyes = (0.0, 1.0) if side == 0 else (1.0, 0.0)
    both, one, none = (deform(surface, state, 0) for state in ((0, 0), eyes, (1, 1)))
    assert np.array_equal(one[surface.lids[side]], both[surface.lids[side]])
    assert np.array_equal(one[surface.lids[1 - side]], none[surface.lids[1 - side]])


def test_an_open_mouth_lowers_the_lower_lip_and_not_the_upper_one(surface: Surface) -> None:
    rest, wide = deform(surface, (1, 1), 0), deform(surface, (1, 1), 1)
    assert wide[LIPS[11:20]] == pytest.approx(rest[LIPS[11:20]])
    assert (wide[LIPS[1:10], 1] >= rest[LIPS[1:10], 1]).all()
    assert surface.mouth is not None
    assert wide[surface.mouth[2]] == pytest.approx(wide[LIPS[20:31]])


def test_a_turned_head_shows_another_picture_of_the_same_size(surface: Surface) -> None:
    head = Head(surface)
    frontal, turned = head.render(HeadState()), head.render(HeadState(yaw=40))
    assert frontal.shape == turned.shape == (480, 640, 3)
    assert frontal.dtype == np.uint8
    assert (np.abs(frontal.astype(int) - turned).max(axis=2) > 40).mean() > 0.02
