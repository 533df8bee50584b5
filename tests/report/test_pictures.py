import base64

import cv2
import numpy as np
import pytest

from simreg.report.pictures import LARGEST_SIDE, data_uri


def decoded(address: str) -> np.ndarray:
    kind, _, data = address.partition(",")
    assert kind == "data:image/jpeg;base64"
    image = cv2.imdecode(np.frombuffer(base64.b64decode(data), np.uint8), cv2.IMREAD_COLOR_RGB)
    assert image is not None
    return image


@pytest.mark.parametrize(
    ("shape", "expected"),
    [((600, 300), (240, 120)), ((300, 1200), (60, 240)), ((100, 80), (100, 80)), ((2000, 1), (240, 1)), ((1, 1), (1, 1))],
)
def test_a_picture_is_made_smaller_never_larger(shape: tuple[int, int], expected: tuple[int, int]) -> None:
    image = np.full((*shape, 3), 128, np.uint8)
    assert decoded(data_uri(image)).shape == (*expected, 3)
    assert max(expected) <= LARGEST_SIDE


def test_red_stays_red() -> None:
    image = np.zeros((40, 40, 3), np.uint8)
    image[..., 0] = 200
    middle = decoded(data_uri(image))[20, 20]
    assert middle == pytest.approx([200, 0, 0], abs=6)
