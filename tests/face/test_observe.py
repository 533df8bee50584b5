from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from simreg.capture.frame import Frame, Image
from simreg.face.observe import LEAST_OTHER, SEARCH_EVERY_S, THUMBNAIL, Observer, Track, face_width, thumbnail
from simreg.face.types import Detection, Mesh, Observation, Region
from synthetic.engine import SyntheticDetector, SyntheticMesh
from synthetic.head import STRAIGHT, HeadState, landmarks
from synthetic.picture import Shot, draw, read_heads
from synthetic.script import Subject, each, film, joined_by, taken, without_faces


def watch(
    frames: Sequence[Frame], detector: SyntheticDetector | None = None, mesh: SyntheticMesh | None = None
) -> list[Observation]:
    observer, track, seen = Observer(detector or SyntheticDetector(), mesh or SyntheticMesh()), Track(), []
    for frame in frames:
        track, one = observer.observe(track, frame)
        seen.append(one)
    return seen


def shots(seconds: float = 4.0, head: HeadState = STRAIGHT) -> list[Shot]:
    return Subject(head).hold(seconds).shots


# --- following -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", [12, 15, 30])
def test_the_whole_frame_is_searched_only_now_and_then(fps: int) -> None:
    detector = SyntheticDetector()
    seen = watch(film(Subject(fps=fps).hold(4.0).shots, fps), detector)
    assert detector.calls == sum(one.searched for one in seen)
    assert 4.0 / (SEARCH_EVERY_S + 1 / fps) - 1 <= detector.calls <= 4.0 / SEARCH_EVERY_S + 1
    assert seen[0].searched
    assert not seen[0].tracked
    assert all(one.tracked and one.face is not None for one in seen[1:])


def test_a_followed_face_costs_one_mesh_a_frame() -> None:
    mesh = SyntheticMesh()
    seen = watch(film(shots()), mesh=mesh)
    assert mesh.calls == len(seen) + 1  # it is looked for twice where it is new


def test_a_turning_head_is_followed_without_a_search() -> None:
    detector = SyntheticDetector()
    moved = Subject().hold(0.1).move(0.3, yaw=45).move(0.3, yaw=-45).move(0.2, yaw=0)
    seen = watch(film(moved.shots[:6]), detector)
    assert detector.calls == 1
    assert all(one.face is not None for one in seen)


def test_what_is_seen_is_what_was_there() -> None:
    head = STRAIGHT.but(yaw=20, pitch=5, mouth=0.4, left_eye=0.5, width=90, x=200, y=110)
    (seen,) = watch([Frame(3, 0.2, draw(Shot((head,))))])
    face = seen.face
    assert face is not None
    assert (seen.index, seen.time_s, seen.width, seen.height) == (3, 0.2, 320, 240)
    assert (face.pose.yaw, face.pose.pitch) == pytest.approx((20, 5), abs=1)
    assert face.mouth == pytest.approx(0.4, abs=0.01)
    assert face.eyes.left / face.eyes.right == pytest.approx(0.5, abs=0.01)
    assert face.width == pytest.approx(90, abs=0.5)
    assert face.points == pytest.approx(landmarks(head))
    assert face.occlusion == 0
    assert seen.thumbnail.shape == (THUMBNAIL[1], THUMBNAIL[0])


def test_width_is_kept_by_a_turned_head() -> None:
    widths = [face_width(landmarks(STRAIGHT.but(yaw=yaw))) for yaw in range(-60, 61, 20)]
    assert widths == pytest.approx([STRAIGHT.width] * len(widths), rel=1e-4)


# --- losing and finding ----------------------------------------------------------------------------------------------


def test_nobody_is_nobody_and_is_searched_for_in_every_frame() -> None:
    detector = SyntheticDetector()
    seen = watch(film(without_faces(shots(1.0))), detector)
    assert detector.calls == len(seen)
    assert all(one.face is None and one.faces == 0 and not one.tracked for one in seen)


def test_a_face_that_leaves_is_gone_and_one_that_comes_back_is_found_at_once() -> None:
    present = shots(1.0)
    seen = watch(film([*present, *without_faces(present), *each(present, x=230.0)]))
    assert [one.face is not None for one in seen] == [True] * 15 + [False] * 15 + [True] * 15
    assert not seen[30].tracked
    assert seen[31].tracked
    assert [one.faces for one in seen[::15]] == [1, 0, 1]


def test_a_face_that_jumps_is_found_in_the_same_frame() -> None:
    calm = shots(0.6)
    seen = watch(film([*each(calm, x=70.0, width=80), *each(calm, x=250.0, width=80)]))
    assert all(one.face is not None for one in seen)
    assert seen[9].searched
    assert not seen[9].tracked


def test_a_mesh_that_is_unsure_is_no_face() -> None:
    seen = watch(film(each(shots(0.5), presence=0.3)))
    assert all(one.face is None for one in seen)


def test_without_a_detection_there_is_no_face_to_follow() -> None:
    class Blind(SyntheticDetector):
        def detect(self, image: Image) -> list[Detection]:
            super().detect(image)
            return []

    assert all(one.face is None and one.faces == 0 for one in watch(film(shots(0.5)), Blind()))


def test_a_search_that_finds_nothing_does_not_end_following() -> None:
    class Tired(SyntheticDetector):
        def detect(self, image: Image) -> list[Detection]:
            found = super().detect(image)
            return found if self.calls == 1 else []

    seen = watch(film(shots(2.0)), Tired())
    assert all(one.face is not None and one.faces == 1 for one in seen)
    assert all(one.tracked for one in seen[1:])


def test_following_what_is_no_face_ends_at_the_next_search() -> None:
    class Drifting(SyntheticMesh):
        """Once it has a face it goes on seeing it where nobody is any more."""

        def find(self, image: Image, region: Region) -> Mesh:
            mesh = super().find(image, region)
            if mesh.presence < 0.5 and region.x < 120:
                return Mesh(landmarks(STRAIGHT.but(x=70, width=80)), 0.9)
            return mesh

    calm = shots(1.2)
    seen = watch(film([*each(calm, x=70.0, width=80), *each(calm, x=250.0, width=80)]), mesh=Drifting())
    places = [one.face.box.centre[0] for one in seen if one.face is not None]
    assert len(places) == len(seen)
    assert places[-1] > 200
    moved = next(index for index, place in enumerate(places) if place > 200)
    assert seen[moved].searched
    assert not seen[moved].tracked
    assert seen[moved].time_s - seen[18].time_s <= SEARCH_EVERY_S + 0.1


# --- several faces ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "faces"), [(110 * LEAST_OTHER - 5, 1), (110 * LEAST_OTHER + 5, 2), (80, 2)])
def test_other_faces_count_from_a_size_on(width: float, faces: int) -> None:
    other = STRAIGHT.but(x=270, y=60, width=width)
    seen = watch(film(joined_by(shots(0.5), other)))
    assert {one.faces for one in seen} == {faces}


def test_the_nearest_face_is_the_subjects() -> None:
    small = STRAIGHT.but(x=60, y=60, width=60)
    (seen,) = watch([Frame(0, 0.0, draw(Shot((small, STRAIGHT.but(x=220)))))])
    assert seen.face is not None
    assert seen.face.box.centre[0] == pytest.approx(220, abs=3)
    assert seen.faces == 2


def test_the_subject_stays_the_same_when_somebody_larger_comes() -> None:
    calm = each(shots(1.0), x=90.0, width=80)
    seen = watch(film([*calm, *joined_by(calm, STRAIGHT.but(x=240, width=120))]))
    assert all(one.face is not None and one.face.box.centre[0] < 120 for one in seen)
    assert seen[-1].faces == 2


@pytest.mark.parametrize("width", [20.0, 60.0])
def test_a_smaller_face_does_not_take_over_while_the_detector_misses_the_turned_subject(width: float) -> None:
    """A portrait on the wall, and a head turned further than the detector finds heads."""

    class Frontal(SyntheticDetector):
        def detect(self, image: Image) -> list[Detection]:
            found = super().detect(image)
            turned = any(abs(head.yaw) > 25 and head.width > 100 for head in read_heads(image))
            return [one for one in found if not (turned and one.box.width > 70)]

    behind = STRAIGHT.but(x=290, y=40, width=width, person=2)
    turning = Subject().hold(1).move(0.6, yaw=40).hold(1).move(0.6, yaw=0).hold(1)
    seen = watch(film(joined_by(turning.shots, behind)), Frontal())
    assert all(one.face is not None and one.face.width > 100 for one in seen)


# --- odd pictures ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("x", "y"), [(0.0, 125.0), (320.0, 125.0), (160.0, 0.0), (160.0, 240.0), (0.0, 0.0)])
def test_a_face_at_the_pictures_edge_is_seen_in_part(x: float, y: float) -> None:
    (seen,) = watch([Frame(0, 0.0, draw(Shot((STRAIGHT.but(x=x, y=y),))))])
    assert seen.face is not None
    assert seen.face.occlusion is not None
    assert 0.2 < seen.face.occlusion < 0.9


def test_a_face_wholly_outside_is_described_without_a_fault() -> None:
    (seen,) = watch([Frame(0, 0.0, draw(Shot((STRAIGHT.but(x=-400.0),))))])
    assert seen.face is None or seen.face.occlusion == 1


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_mesh_that_is_no_number_is_no_face(value: float) -> None:
    class Broken(SyntheticMesh):
        def find(self, image: Image, region: Region) -> Mesh:
            mesh = super().find(image, region)
            return replace(mesh, points=np.full_like(mesh.points, value))

    assert all(one.face is None for one in watch(film(shots(0.3)), mesh=Broken()))


@pytest.mark.parametrize("size", [(1, 1), (2, 300), (300, 2)])
def test_any_picture_has_a_thumbnail(size: tuple[int, int]) -> None:
    assert thumbnail(np.zeros((*size, 3), np.uint8)).shape == (36, 48)


def test_frames_of_one_time_are_followed_too() -> None:
    calm = shots(1.0)
    seen = watch(film(calm, times=[0.0] * len(calm)))
    assert all(one.face is not None for one in seen)


def test_a_time_that_runs_backwards_does_not_end_the_searches() -> None:
    calm = shots(4.0)
    seen = watch(film(calm, times=[100.0, *(index / 15 for index in range(len(calm) - 1))]))
    assert sum(one.searched for one in seen) >= 4


@pytest.mark.parametrize("change", [{"light": 0.05}, {"light": 5.0}, {"blur": 6.0}])
def test_bad_light_and_blur_are_told_not_raised(change: dict[str, float]) -> None:
    (good,), (bad,) = watch(film(shots(0.07))), watch(film(taken(shots(0.07), **change)))
    assert good.face is not None
    assert bad.face is not None
    assert bad.face.clipped > good.face.clipped or bad.face.sharpness < good.face.sharpness
