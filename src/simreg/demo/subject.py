"""The subject of the demonstration: a public-domain portrait that a package carries, as a head and as a print."""

from dataclasses import dataclass

from simreg.capture.frame import Frame, Image
from simreg.capture.picture import read_picture
from simreg.demo.head import Head
from simreg.demo.portrait import head_surface
from simreg.demo.surface import printed
from simreg.errors import ModelError
from simreg.face.observe import Observer, Track
from simreg.face.types import FaceDetector, MeshFinder
from simreg.models.store import ModelStore

PORTRAIT = "astronaut.png"
"""Eileen Collins, astronaut; photograph by NASA, in the public domain."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A portrait, the head made of it, and the print made of it."""

    portrait: Image
    head: Head
    print: Head


def make_subject(store: ModelStore, detector: FaceDetector, mesh: MeshFinder) -> Subject:
    """The subject of the demonstration; raises `ModelError` where the portrait cannot be had or shows no face."""
    portrait = read_picture(store.path(PORTRAIT)).image
    _, seen = Observer(detector, mesh).observe(Track(), Frame(0, 0.0, portrait))
    if seen.face is None:
        sentence = "No face is found in the demonstration's portrait."
        raise ModelError("demo-no-face", sentence, "Run `simreg models check`.")
    surface = head_surface(portrait, seen.face.points)
    paper = printed(portrait, seen.face.points, surface.room)
    return Subject(portrait, Head(surface), Head(paper))
