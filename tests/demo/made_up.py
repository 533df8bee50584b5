"""A head and a print made of made-up landmarks, and somebody who looks at pictures."""

import numpy as np

from conftest import Weights
from simreg.capture.frame import Frame, Image
from simreg.demo.head import Head, HeadState
from simreg.demo.subject import PORTRAIT
from simreg.demo.surface import Surface
from simreg.face.detector import BlazeFace
from simreg.face.mesh import AttentionMesh
from simreg.face.observe import Observer, Track
from simreg.face.types import ObservedFace, Points
from simreg.models.session import open_session

DETECTOR, MESH = "blazeface-short-range.tflite", "attention-mesh.tflite"


def need_all(weights: Weights) -> None:
    """Skip unless everything is there that a demonstration needs."""
    recogniser = "mobilefacenet.onnx" if weights.store.available("mobilefacenet.onnx") else "dlib-resnet.dat"
    for name in (PORTRAIT, DETECTOR, MESH, recogniser):
        weights.path(name)


class Onlooker:
    """Sees single pictures with the project's networks."""

    def __init__(self, weights: Weights) -> None:
        self.detector = BlazeFace(open_session(weights.ready(DETECTOR)))
        self.mesh = AttentionMesh(open_session(weights.ready(MESH)))
        self._observer = Observer(self.detector, self.mesh)

    def see(self, image: Image) -> ObservedFace:
        face = self._observer.observe(Track(), Frame(0, 0.0, image))[1].face
        assert face is not None, "no face is seen"
        return face


def made_up_points(size: int = 240) -> Points:
    """478 landmarks on an ellipsoid in the middle of a picture of this size, the cheeks level and equally near."""
    random = np.random.default_rng(3)
    angle, radius = random.uniform(0, 2 * np.pi, 478), np.sqrt(random.uniform(0, 0.95, 478))
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    z = -0.6 * np.sqrt(1 - radius**2)
    points = np.column_stack([x * 40 + size / 2, y * 55 + size / 2, z * 80])
    points[[234, 454]] = [[size / 2 - 40, size / 2, 0], [size / 2 + 40, size / 2, 0]]
    return points.astype(np.float32)


def surface_of(vertices: object, triangles: object, colours: object) -> Surface:
    """A surface without a face; each vertex has its own colour, and the room is black."""
    shape, corners = np.array(vertices, np.float32), np.array(triangles, np.int32)
    texture = np.repeat(np.array(colours, np.uint8)[None], 8, axis=0).repeat(8, axis=1)
    places = np.column_stack([np.arange(len(shape)) * 8 + 3.5, np.full(len(shape), 3.5)]).astype(np.float32)
    ones = np.ones(len(shape), np.float32)
    return Surface(shape, places, corners, np.ones(len(corners), np.float32), ones, texture, np.zeros_like(texture))


class Recorder(Head):
    """A head that remembers what it was asked to show and shows next to nothing."""

    def __init__(self) -> None:
        super().__init__(surface_of([[0, 0, 0]], np.empty((0, 3)), [[0, 0, 0]]))
        self.states: list[HeadState] = []

    def render(self, state: HeadState, width: int = 640, height: int = 480, shot: int = 0) -> Image:
        self.states.append(state)
        return np.full((2, 2, 3), shot % 256, np.uint8)
