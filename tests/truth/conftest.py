"""The heads that the networks look at: one portrait, and its mirror image."""

import cv2
import pytest

from conftest import Weights
from simreg.capture.picture import read_picture
from simreg.demo.subject import PORTRAIT
from simreg.face.detector import BlazeFace
from simreg.face.mesh import AttentionMesh
from simreg.face.observe import Observer
from simreg.models.session import open_session
from truth.rendered import Onlooker

DETECTOR, MESH = "blazeface-short-range.tflite", "attention-mesh.tflite"


@pytest.fixture(scope="session")
def onlookers(weights: Weights) -> tuple[Onlooker, Onlooker]:
    """The portrait's head, and that of its mirror image."""
    cv2.setNumThreads(1)
    portrait = read_picture(weights.path(PORTRAIT)).image
    detector, mesh = (open_session(weights.ready(name)) for name in (DETECTOR, MESH))
    observer = Observer(BlazeFace(detector), AttentionMesh(mesh))
    return Onlooker(observer, portrait), Onlooker(observer, portrait, mirror=True)


@pytest.fixture(scope="session")
def onlooker(onlookers: tuple[Onlooker, Onlooker]) -> Onlooker:
    """The portrait's head."""
    return onlookers[0]
