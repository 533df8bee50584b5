"""MediaPipe's crops, computed point by point, and the options that its operators carry."""

from dataclasses import dataclass

import numpy as np
from flatbuffers import flexbuffers

from .running import Array


@dataclass
class Crop:
    """A crop around landmarks."""

    left: int
    right: int
    subset: list[int]
    width: int = 4
    height: int = 3
    scale_x: float = 1.5
    scale_y: float = 1.25
    target: float = 0.0

    def options(self) -> bytes:
        """The flexbuffer of Landmarks2TransformMatrix."""
        build = flexbuffers.Builder()
        with build.Map():
            build.Int("left_rotation_idx", self.left)
            build.Int("right_rotation_idx", self.right)
            build.Int("output_width", self.width)
            build.Int("output_height", self.height)
            build.Float("scale_x", self.scale_x)
            build.Float("scale_y", self.scale_y)
            build.Float("target_rotation_radians", self.target)
            build.TypedVectorFromElements("subset_idxs", self.subset)
        return bytes(build.Finish())

    def sampling(self) -> bytes:
        """The flexbuffer of TransformTensorBilinear."""
        build = flexbuffers.Builder()
        with build.Map():
            build.Int("output_width", self.width)
            build.Int("output_height", self.height)
        return bytes(build.Finish())

    def place(self, landmarks: Array, u: float, v: float) -> Array:
        """Where the position (u, v) of the crop lies in the picture."""
        dx, dy = landmarks[self.right, :2] - landmarks[self.left, :2]
        cosine, sine = np.array([dx, dy]) / np.hypot(dx, dy)
        upright = landmarks[self.subset, :2] @ np.array([[cosine, -sine], [sine, cosine]])
        low, high = upright.min(axis=0), upright.max(axis=0)
        x = (low[0] + high[0]) / 2 + (u / self.width - 0.5) * self.scale_x * (high[0] - low[0])
        y = (low[1] + high[1]) / 2 + (v / self.height - 0.5) * self.scale_y * (high[1] - low[1])
        return np.array([cosine * x - sine * y, sine * x + cosine * y], np.float32)

    def sample(self, landmarks: Array, picture: Array) -> Array:
        """Pixels of the crop out of a picture (1, rows, columns, channels)."""
        result = np.zeros((1, self.height, self.width, picture.shape[3]), np.float32)
        for row in range(self.height):
            for column in range(self.width):
                position = self.place(landmarks, column + 0.5, row + 0.5) - 0.5
                result[0, row, column] = bilinear(picture[0], *position.tolist())
        return result


def bilinear(picture: Array, x: float, y: float) -> Array:
    """The picture between its pixels; zero outside."""
    rows, columns = picture.shape[:2]
    if not (0 <= x <= columns - 1 and 0 <= y <= rows - 1):
        return np.zeros(picture.shape[2], np.float32)
    left, top = min(int(x), columns - 2), min(int(y), rows - 2)
    across, down = x - left, y - top
    upper = picture[top, left] * (1 - across) + picture[top, left + 1] * across
    lower = picture[top + 1, left] * (1 - across) + picture[top + 1, left + 1] * across
    return np.asarray(upper * (1 - down) + lower * down, np.float32)
