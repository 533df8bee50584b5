import numpy as np
import pytest

from simreg.face.eyes import LEFT_CORNERS, LEFT_LIDS, MOUTH_CORNERS, MOUTH_LIPS, RIGHT_CORNERS, RIGHT_LIDS
from simreg.face.mesh_refinement import LEFT_EYE, LEFT_IRIS, LID_EDGE, LIPS, RIGHT_EYE, RIGHT_IRIS, refine

TABLES = {"lips": LIPS, "right eye": RIGHT_EYE, "left eye": LEFT_EYE}


def parts() -> list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """Six outputs whose numbers tell where they come from."""
    shapes = ((468, 3), (80, 2), (71, 2), (71, 2), (5, 2), (5, 2))
    return [np.arange(np.prod(s), dtype=np.float32).reshape(s) + 10_000 * n for n, s in enumerate(shapes)]


@pytest.mark.parametrize("name", TABLES)
def test_no_landmark_is_named_twice(name: str) -> None:
    assert len(set(TABLES[name].tolist())) == len(TABLES[name])


def test_the_tables_share_no_landmark_and_stay_in_the_mesh() -> None:
    together = np.concatenate(list(TABLES.values()))
    assert len(set(together.tolist())) == 80 + 71 + 71
    assert 0 <= together.min() <= together.max() < 468


def test_what_is_read_of_eyes_and_mouth_is_refined() -> None:
    for corners, lids, table in ((RIGHT_CORNERS, RIGHT_LIDS, RIGHT_EYE), (LEFT_CORNERS, LEFT_LIDS, LEFT_EYE)):
        assert {*corners, *np.ravel(lids).tolist()} <= set(table[:LID_EDGE].tolist())
    assert {*MOUTH_CORNERS, *np.ravel(MOUTH_LIPS).tolist()} <= set(LIPS.tolist())


def test_refined_points_take_the_place_of_the_coarse_ones_and_keep_their_depth() -> None:
    mesh, lips, right, left, right_iris, left_iris = parts()
    points = refine(mesh, lips, right, left, right_iris, left_iris)
    assert points.shape == (478, 3)
    for table, values in ((LIPS, lips), (RIGHT_EYE, right), (LEFT_EYE, left)):
        assert (points[table, :2] == values).all()
        assert (points[table, 2] == mesh[table, 2]).all()
    coarse = sorted(set(range(468)) - {*LIPS.tolist(), *RIGHT_EYE.tolist(), *LEFT_EYE.tolist()})
    assert (points[coarse] == mesh[coarse]).all()
    assert (points[RIGHT_IRIS, :2] == right_iris).all()
    assert (points[LEFT_IRIS, :2] == left_iris).all()
    assert points[RIGHT_IRIS, 2] == pytest.approx(mesh[RIGHT_EYE[:LID_EDGE], 2].mean())
    assert points[LEFT_IRIS, 2] == pytest.approx(mesh[LEFT_EYE[:LID_EDGE], 2].mean())


def test_any_shape_of_the_outputs_will_do() -> None:
    first = refine(*parts())
    assert (refine(*(part.reshape(1, 1, 1, -1) for part in parts())) == first).all()
