"""Likeness of two prints, and sharpness of a portrait."""

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from documents.marked import MarkedDetector, MarkedMesh, PaintedFace, paint
from simreg.capture.frame import Image
from simreg.documents.cut_out import CutOut, cut_out
from simreg.documents.faces import find_faces
from simreg.documents.ghost import SAME_PICTURE, likeness
from simreg.documents.sharpness import portrait_sharpness


def seen(picture: Image) -> CutOut:
    """The one face in a picture."""
    (face,) = find_faces(picture, MarkedDetector(), MarkedMesh())
    return cut_out(picture, face)


def face(person: int = 1, **how: Any) -> CutOut:
    return seen(paint(400, 400, replace(PaintedFace(200, 180, 50, person=person), **how)))


@pytest.mark.parametrize(
    "ghost",
    [
        {"eyes": 25},
        {"contrast": 0.4, "light": 200},
        {"angle": 20},
        {"eyes": 30, "angle": -15, "contrast": 0.5, "light": 190},
    ],
)
def test_one_picture_printed_twice_is_alike(ghost: dict[str, Any]) -> None:
    assert likeness(face(), face(**ghost)) > SAME_PICTURE


@pytest.mark.parametrize("person", [2, 3, 4])
def test_two_persons_are_less_alike(person: int) -> None:
    assert likeness(face(), face(person)) < SAME_PICTURE


def test_blur_lowers_the_sharpness_step_by_step() -> None:
    picture = paint(400, 400, PaintedFace(200, 180, 50))
    blurred = [np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.uint8) for sigma in (1, 2, 3, 4, 6)]
    values = [portrait_sharpness(seen(one)) for one in (picture, *blurred)]
    assert values == sorted(values, reverse=True)
    assert values[-1] < 0.4 * values[0]


def test_noise_does_not_make_a_blurred_portrait_sharp() -> None:
    picture = cv2.GaussianBlur(paint(400, 400, PaintedFace(200, 180, 80)), (0, 0), 6)
    noise = np.random.default_rng(1).normal(0, 4, (400, 400, 1))
    noisy = np.asarray((picture + noise).clip(0, 255), np.uint8)
    assert portrait_sharpness(seen(noisy)) == pytest.approx(
        portrait_sharpness(seen(np.asarray(picture, np.uint8))), abs=0.05
    )


def test_contrast_does_not_change_the_sharpness() -> None:
    assert portrait_sharpness(face(contrast=0.5)) == pytest.approx(portrait_sharpness(face()), abs=0.06)
