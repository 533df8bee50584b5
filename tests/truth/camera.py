"""A pinhole camera that sees the landmarks of a head, or of a picture of one, exactly.

Lengths in space are face widths: x to the image's right, y down, z away from the camera.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simreg.face.types import Points
from synthetic.head import STRAIGHT, HeadState, rotation, solid

Solid = NDArray[np.float64]
Place = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Camera:
    """``focal`` length in widths of the picture (0.6 wide angle .. 1.2 narrow); ``width`` and ``height`` in pixels."""

    focal: float = 0.9
    width: int = 640
    height: int = 480

    def see(self, shape: Solid, place: Place = (0.0, 0.0, 4.5)) -> Points:
        """Landmarks as an ideal mesh gives them: float32, shape (n, 3), pixels.

        ``place`` is where the origin of the shape (n, 3) is. x and y are in perspective; z is depth beyond the origin
        along the line of sight, at the origin's scale: a mesh sees a part of the picture and knows no distance.
        """
        points = shape + np.array(place)
        focal = self.focal * self.width
        flat = points[:, :2] * (focal / points[:, 2:]) + np.array([self.width, self.height]) / 2
        sight = np.array(place) / np.linalg.norm(place)
        return np.column_stack([flat, shape @ sight * focal / place[2]]).astype(np.float32)

    def head(self, state: HeadState = STRAIGHT, place: Place = (0.0, 0.0, 4.5)) -> Points:
        """The landmarks of a head in this state; its size and place in the picture come from ``place``."""
        return self.see(solid(state), place)


def picture(yaw: float = 0.0, pitch: float = 0.0, radius: float | None = None, state: HeadState = STRAIGHT) -> Solid:
    """A picture of a head, turned and raised: landmarks in space, shape (478, 3).

    It lies in a plane, or round an upright cylinder of ``radius`` face widths, and was taken straight from afar.
    """
    flat = solid(state) * (1, 1, 0)
    if radius is not None:
        angle = flat[:, 0] / radius
        flat = np.column_stack([radius * np.sin(angle), flat[:, 1], radius * (1 - np.cos(angle))])
    return np.asarray(flat @ rotation(yaw, pitch, 0).T)


def believed(paper: Points, share: float, yaw: float, camera: Camera, place: Place = (0.0, 0.0, 4.5)) -> Points:
    """A picture's landmarks as a mesh gives them: where they are in the frame, with the depth of a head that is turned by
    this share of the picture's ``yaw``, as a mesh has only ever seen heads.
    """
    return np.column_stack([paper[:, :2], camera.head(STRAIGHT.but(yaw=share * yaw), place)[:, 2]])
