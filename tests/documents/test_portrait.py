import math
from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.marked import MarkedDetector, MarkedMesh, PaintedFace, paint
from simreg.capture.frame import Image
from simreg.decision.reasons import REASONS
from simreg.documents.portrait import Portrait, find_portrait
from simreg.face.eyes import eye_centres
from simreg.face.pose import pose
from simreg.face.types import Detection, Mesh, Region

MAIN = PaintedFace(160, 180, 60)


def look(image: Image) -> Portrait:
    return find_portrait(image, MarkedDetector(), MarkedMesh())


def turned(image: Image, quarters: int) -> Image:
    return np.ascontiguousarray(np.rot90(image, -quarters))


def scaled(image: Image, contrast: float, light: float) -> Image:
    return np.asarray((light + contrast * (image.astype(np.float32) - 128)).clip(0, 255), np.uint8)


@pytest.mark.parametrize("tilt", [0, 20, -25])
@pytest.mark.parametrize("quarters", range(4))
def test_the_portrait_is_turned_upright(quarters: int, tilt: int) -> None:
    portrait = look(turned(paint(640, 420, PaintedFace(160, 180, 60, tilt)), quarters))
    summary = portrait.summary
    assert summary.problem is None
    assert summary.rotation == (360 - 90 * quarters) % 360
    assert (summary.width, summary.height) == (640, 420)
    assert summary.face_box is not None
    assert math.dist(summary.face_box.centre, (160, 190)) < 30
    assert summary.eye_distance == pytest.approx(60, abs=2)
    assert portrait.points is not None
    assert pose(portrait.points).roll == pytest.approx(tilt, abs=3)


@pytest.mark.parametrize("quarters", range(4))
def test_the_landmarks_lie_on_the_face_in_the_cut_out(quarters: int) -> None:
    portrait = look(turned(paint(640, 420, MAIN), quarters))
    assert portrait.points is not None
    right, left = (tuple(eye.round().astype(int)) for eye in eye_centres(portrait.points)[:, :2])
    assert portrait.image[right[1], right[0]].argmax() == 0
    assert portrait.image[left[1], left[0]].argmax() == 1
    assert portrait.image.shape[0] < 420


def test_a_large_picture_keeps_the_portrait_s_full_resolution() -> None:
    portrait = look(paint(3000, 2200, PaintedFace(800, 900, 200)))
    assert portrait.summary.eye_distance == pytest.approx(200, abs=4)


def test_a_plain_portrait_takes_few_looks() -> None:
    detector = MarkedDetector()
    find_portrait(paint(250, 250, PaintedFace(125, 110, 45)), detector, MarkedMesh())
    assert detector.calls <= 3


@pytest.mark.parametrize("quarters", range(4))
def test_a_document_that_is_small_in_its_photograph_is_found(quarters: int) -> None:
    portrait = look(turned(paint(1600, 1200, PaintedFace(1100, 300, 36)), quarters))
    assert portrait.summary.problem is None
    assert portrait.summary.rotation == (360 - 90 * quarters) % 360


def test_no_face_is_a_result() -> None:
    picture = paint(500, 400)
    portrait = look(picture)
    assert portrait.summary.problem == "reference-no-face"
    assert (portrait.summary.face_box, portrait.summary.quality, portrait.points) == (None, None, None)
    assert (portrait.summary.width, portrait.summary.height, portrait.summary.faces) == (500, 400, 0)
    assert portrait.image is picture


@settings(max_examples=25, deadline=None)
@given(width=st.integers(1, 700), height=st.integers(1, 700))
def test_pictures_of_any_size_give_a_result(width: int, height: int) -> None:
    assert look(paint(width, height)).summary.problem == "reference-no-face"


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        pytest.param(PaintedFace(480, 180, 60, person=2), "reference-several-faces", id="another person"),
        pytest.param(PaintedFace(480, 180, 45, person=2), "reference-several-faces", id="another person, smaller"),
        pytest.param(PaintedFace(480, 180, 30, person=2), None, id="another person, half as large"),
        pytest.param(PaintedFace(480, 180, 60, person=2, contrast=0.4), "reference-several-faces", id="paler person"),
        pytest.param(PaintedFace(480, 180, 60, person=2, contrast=0.2), None, id="hardly visible person"),
        pytest.param(PaintedFace(480, 180, 60, person=1), None, id="same picture"),
        pytest.param(PaintedFace(480, 180, 60, person=1, contrast=0.4, light=190), None, id="pale ghost"),
        pytest.param(PaintedFace(480, 180, 24, person=1, contrast=0.4), None, id="small ghost"),
    ],
)
@pytest.mark.parametrize("quarters", range(4))
def test_a_ghost_portrait_is_told_from_a_second_holder(second: PaintedFace, problem: str | None, quarters: int) -> None:
    portrait = look(turned(paint(640, 420, MAIN, second), quarters))
    assert portrait.summary.problem == problem
    assert (portrait.points is None) == (problem is not None)


def test_of_two_prints_the_stronger_is_the_portrait() -> None:
    for ghost in (PaintedFace(480, 180, 60, contrast=0.5, light=190), PaintedFace(480, 180, 40)):
        box = look(paint(640, 420, MAIN, ghost)).summary.face_box
        assert box is not None
        assert box.centre[0] == pytest.approx(160, abs=10)


def test_both_holders_are_counted() -> None:
    assert look(paint(640, 420, MAIN, PaintedFace(480, 180, 60, person=2))).summary.faces == 2


def test_a_second_holder_is_seen_in_a_large_photograph() -> None:
    two = paint(1600, 1200, PaintedFace(300, 500, 70), PaintedFace(1200, 520, 68, person=2))
    assert look(two).summary.problem == "reference-several-faces"


def too_small() -> Image:
    return paint(200, 200, PaintedFace(100, 90, 16))


def dark() -> Image:
    return scaled(paint(640, 420, MAIN), 0.15, 20)


def pale() -> Image:
    return scaled(paint(640, 420, MAIN), 0.13, 200)


def burnt() -> Image:
    return paint(640, 420, PaintedFace(160, 180, 60, light=300))


def blurred() -> Image:
    return np.asarray(cv2.GaussianBlur(paint(640, 420, MAIN), (0, 0), 8), np.uint8)


@pytest.mark.parametrize(
    ("picture", "problem"),
    [
        (too_small, "reference-too-small"),
        (dark, "reference-light"),
        (pale, "reference-light"),
        (burnt, "reference-light"),
        (blurred, "reference-blurred"),
    ],
)
def test_a_poor_portrait_has_a_reason_and_no_landmarks(picture: Callable[[], Image], problem: str) -> None:
    portrait = look(picture())
    assert portrait.summary.problem == problem
    assert portrait.points is None
    assert portrait.summary.quality is not None
    assert portrait.summary.quality < 50


@pytest.mark.parametrize(
    ("yaw", "problem"), [(30, None), (-30, None), (48, "reference-turned"), (-48, "reference-turned")]
)
def test_a_face_that_looks_aside_is_turned(yaw: float, problem: str | None) -> None:
    portrait = find_portrait(paint(640, 420, MAIN), MarkedDetector(), MarkedMesh(yaw))
    assert portrait.summary.problem == problem


def test_a_mesh_that_is_elsewhere_than_the_detection_is_no_face() -> None:
    class Elsewhere(MarkedMesh):
        def find(self, image: Image, region: Region) -> Mesh:
            found = super().find(image, region)
            return Mesh(found.points + np.array([0.0, 40.0, 0.0], np.float32), found.presence)

    assert find_portrait(paint(640, 420, MAIN), MarkedDetector(), Elsewhere()).summary.problem == "reference-no-face"


@pytest.mark.parametrize(
    ("score", "presence", "believed"),
    [(0.75, 0.999999, True), (0.75, 0.99, False), (0.85, 0.99, True), (0.6, 1.0, False)],
)
def test_a_doubtful_detection_needs_a_certain_mesh(score: float, presence: float, believed: bool) -> None:
    class Doubtful(MarkedDetector):
        def detect(self, image: Image) -> list[Detection]:
            return [replace(one, score=score) for one in super().detect(image)]

    class Mesh478(MarkedMesh):
        def find(self, image: Image, region: Region) -> Mesh:
            found = super().find(image, region)
            return replace(found, presence=min(found.presence, presence))

    portrait = find_portrait(paint(640, 420, MAIN), Doubtful(), Mesh478())
    assert (portrait.summary.faces == 1) == believed


def test_a_good_portrait_has_at_least_the_least_quality() -> None:
    quality = look(paint(640, 420, MAIN)).summary.quality
    assert quality is not None
    assert quality >= 50


def test_every_problem_has_a_reason() -> None:
    codes = ("no-face", "several-faces", "too-small", "light", "blurred", "turned")
    assert {f"reference-{code}" for code in codes} <= set(REASONS)
