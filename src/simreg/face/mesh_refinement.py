"""Puts the attention mesh's refined lips, eyes and irises in the place of the coarse mesh's points.

The network names its outputs by the side of the picture; here the sides are the subject's own, so that its output
"left eye" is RIGHT_EYE. The tables are the order in which MediaPipe (Apache-2.0) numbers the outputs; the model itself
carries the first three as the landmarks that it crops around.
"""

import numpy as np
from numpy.typing import NDArray

from simreg.face.types import Points

# fmt: off
LIPS = np.array([
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
    76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408,
    62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
])
RIGHT_EYE = np.array([
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173,
    130, 25, 110, 24, 23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190,
    226, 31, 228, 229, 230, 231, 232, 233, 244, 113, 225, 224, 223, 222, 221, 189,
    35, 124, 46, 53, 52, 65,
    143, 111, 117, 118, 119, 120, 121, 128, 245, 156, 70, 63, 105, 66, 107, 55, 193,
])
LEFT_EYE = np.array([
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398,
    359, 255, 339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414,
    446, 261, 448, 449, 450, 451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413,
    265, 353, 276, 283, 282, 295,
    372, 340, 346, 347, 348, 349, 350, 357, 465, 383, 300, 293, 334, 296, 336, 285, 417,
])
# fmt: on
RIGHT_IRIS = np.arange(468, 473)
LEFT_IRIS = np.arange(473, 478)
_PLACES = np.concatenate([LIPS, RIGHT_EYE, LEFT_EYE, RIGHT_IRIS, LEFT_IRIS])
LID_EDGE = 16
"""So many first points of an eye's table are the edge of its lids."""


def refine(
    mesh: NDArray[np.float32],
    lips: NDArray[np.float32],
    right_eye: NDArray[np.float32],
    left_eye: NDArray[np.float32],
    right_iris: NDArray[np.float32],
    left_iris: NDArray[np.float32],
) -> Points:
    """One mesh of 478 points out of the network's six outputs.

    ``mesh`` has 468 points x, y, z (any shape of 1404 values), the others 80, 71, 71, 5 and 5 points x, y; all in pixels
    of the network's input. Lips and eyes take x and y from their own output and keep the mesh's z; an iris lies as deep
    as the mean of its lids' edge. Result: float32, (478, 3), in the same pixels.
    """
    points = np.empty((478, 3), np.float32)
    points[:468] = mesh.reshape(468, 3)
    parts = lips, right_eye, left_eye, right_iris, left_iris
    points[_PLACES, :2] = np.concatenate([values.reshape(-1, 2) for values in parts])
    points[RIGHT_IRIS, 2] = points[RIGHT_EYE[:LID_EDGE], 2].mean()
    points[LEFT_IRIS, 2] = points[LEFT_EYE[:LID_EDGE], 2].mean()
    return points
