"""From a picture to a template: the face nearest the middle, or a failure to acquire."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simreg.capture.frame import Image
from simreg.capture.picture import read_picture
from simreg.errors import InputError
from simreg.evaluation.comparison.types import Acquired
from simreg.face.mesh import region_of_detection, region_of_points
from simreg.face.observe import LEAST_PRESENCE
from simreg.face.types import Detection, FaceDetector, MeshFinder, Points, Recogniser

LEAST_WIDTH = 0.4
"""Width over that of the largest face from which a face can be the labelled one."""


@dataclass(frozen=True, slots=True)
class Networks:
    """What templates are made with; ``digests`` of the weights that find the face."""

    detector: FaceDetector
    mesh: MeshFinder
    recogniser: Recogniser
    digests: tuple[str, ...]


OpenNetworks = Callable[[], Networks]
"""Opens them; it can be sent to another process."""


class Template(NamedTuple):
    """What became of a picture, and its template (float32, shape (d,), length at most 1) or None."""

    acquired: Acquired
    features: NDArray[np.float32] | None


def acquire(path: Path, networks: Networks) -> Template:
    """The template of the labelled face of a picture; a picture that cannot be used is a result, not an error."""
    try:
        image = read_picture(path).image
    except InputError:
        return Template(Acquired.UNREADABLE, None)
    points = find_points(image, networks.detector, networks.mesh)
    if points is None:
        return Template(Acquired.NO_FACE, None)
    return Template(Acquired.TEMPLATE, networks.recogniser.template(networks.recogniser.chip(image, points)))


def find_points(image: Image, detector: FaceDetector, mesh: MeshFinder) -> Points | None:
    """Landmarks of the labelled face, or None where none is found."""
    height, width = image.shape[:2]
    face = labelled(detector.detect(image), width, height)
    if face is None:
        return None
    first = mesh.find(image, region_of_detection(face))
    second = mesh.find(image, region_of_points(first.points))
    return second.points if second.presence >= LEAST_PRESENCE else None


def labelled(found: list[Detection], width: int, height: int) -> Detection | None:
    """The face nearest the picture's middle among those of sensible size: data sets label the one in the middle."""
    large = max((face.box.width for face in found), default=0.0)
    faces = [face for face in found if face.box.width >= LEAST_WIDTH * large]
    return min(faces, key=lambda face: math.dist(face.box.centre, (width / 2, height / 2)), default=None)
