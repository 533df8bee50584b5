"""The networks that real clips are looked at with."""

from pathlib import Path
from typing import Protocol

import cv2
import pytest

from liveness.clips import Clips
from simreg.face.detector import BlazeFace
from simreg.face.mesh import AttentionMesh
from simreg.face.observe import Observer
from simreg.models.session import open_session


class Weights(Protocol):
    def ready(self, name: str) -> Path: ...


@pytest.fixture(scope="session")
def clips(material: Path, weights: Weights) -> Clips:
    """Real clips, each looked at once."""
    cv2.setNumThreads(1)
    detector, mesh = weights.ready("blazeface-short-range.tflite"), weights.ready("attention-mesh.tflite")
    observer = Observer(BlazeFace(open_session(detector)), AttentionMesh(open_session(mesh)))
    return Clips(material / "clips", lambda: observer)
