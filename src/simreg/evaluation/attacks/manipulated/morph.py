"""Pictures between two: faces go over into each other along their landmarks."""

from dataclasses import dataclass

import cv2
import numpy as np

from simreg.capture.frame import Image
from simreg.demo.surface import Floats, Triangles
from simreg.evaluation.attacks.manipulated.piecewise import SKIN, bend, net
from simreg.face.types import Points

HEAD = 1.4
"""Size of the head's outline over the face's: hair and chin go along as far."""

OUTLINE = (10, 297, 284, 389, 454, 361, 397, 379, 400, 152, 176, 150, 172, 132, 234, 162, 54, 67)
"""Landmarks along the edge of the face."""

BORDER = 8
"""Points along each side of the frame, which stay."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the landmarks of the face in it, None where there is none."""

    image: Image
    points: Points | None


def morph(first: Picture, second: Picture, share: float) -> Image:
    """A picture ``share`` (0..1) of the way from one to another of its size: both are bent to where the face is then and
    faded. Without a face in both they are only faded.
    """
    images = first.image, second.image
    if first.points is not None and second.points is not None:
        places = [_places(points, first.image.shape) for points in (first.points, second.points)]
        between = places[0] + (places[1] - places[0]) * np.float32(share)
        triangles = net(between)
        images = _bent(images[0], places[0], between, triangles), _bent(images[1], places[1], between, triangles)
    return np.asarray(cv2.addWeighted(images[0], 1 - share, images[1], share, 0), np.uint8)


def _bent(image: Image, source: Floats, target: Floats, triangles: Triangles) -> Image:
    return bend(image, source, target, triangles, image.shape)[0]


def _places(points: Points, shape: tuple[int, ...]) -> Floats:
    """Landmarks, the head's outline and points along the frame, shape (n, 2), in pixels."""
    height, width = shape[0] - 1, shape[1] - 1
    face = points[:SKIN, :2]
    middle = face.mean(axis=0)
    head = middle + (face[list(OUTLINE)] - middle) * HEAD
    along, ends = np.linspace(0, 1, BORDER), np.zeros(BORDER)
    sides = [(along, ends), (along, ends + 1), (ends[1:-1], along[1:-1]), (ends[1:-1] + 1, along[1:-1])]
    frame = np.concatenate([np.column_stack(side) for side in sides]) * (width, height)
    return np.concatenate([face, head, frame]).astype(np.float32)
