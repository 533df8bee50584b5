"""The converted networks against what they give in the libraries that they were made for.

The recorded values are made by scripts/reference_outputs.py, which names the libraries and their versions.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pytest
from numpy.typing import NDArray

from simreg.face.mesh_refinement import refine
from simreg.models.convert import convert_dlib_resnet, convert_tflite, speed_up
from simreg.models.minifasnet import convert_minifasnet

from .running import Array, random, run

pytestmark = pytest.mark.weights

FOLDER = Path(__file__).resolve().parents[2] / "data" / "convert"
LISTED = 7
PIXELS = 192


class Weights(Protocol):
    def path(self, name: str) -> Path: ...


def recorded(name: str) -> dict[str, NDArray[Any]]:
    with np.load(FOLDER / f"{name}.npz") as archive:
        return dict(archive)


def nchw(picture: NDArray[Any]) -> Array:
    return np.ascontiguousarray(picture.astype(np.float32).transpose(2, 0, 1)[None])


@pytest.fixture(scope="module", params=["converted", "sped up"])
def finish(request: pytest.FixtureRequest) -> Any:
    """The last step of the conversion: none, or the rewriting for speed."""
    return speed_up if request.param == "sped up" else bytes


def test_the_detector_agrees_with_litert(weights: Weights, finish: Any) -> None:
    expected = recorded("detector")
    model = finish(convert_tflite(weights.path("blazeface-short-range.tflite").read_bytes()))
    boxes, scores = run(model, nchw(expected["picture"] / np.float32(127.5) - 1))
    np.testing.assert_allclose(boxes[:, ::LISTED], expected["regressors"], atol=1e-3)
    np.testing.assert_allclose(scores[:, ::LISTED], expected["classificators"], atol=1e-3)


def test_the_mesh_agrees_with_mediapipe(weights: Weights, finish: Any) -> None:
    expected = recorded("mesh")
    model = finish(convert_tflite(weights.path("attention-mesh.tflite").read_bytes()))
    found = [value.ravel() for value in run(model, nchw(expected["picture"] / np.float32(255)))]
    names = ("mesh", "lips", "left_eye", "right_eye", "left_iris", "right_iris", "presence")
    for name, values in zip(names, found, strict=True):
        np.testing.assert_allclose(values, expected[name], atol=1e-3, err_msg=name)
    np.testing.assert_allclose(refine(*found[:6]), expected["points"], atol=1e-3)


def test_the_recogniser_agrees_with_dlib(weights: Weights, finish: Any) -> None:
    expected = recorded("dlib")
    model = finish(convert_dlib_resnet(weights.path("dlib-resnet.dat").read_bytes()))
    (template,) = run(model, nchw(expected["picture"]))
    np.testing.assert_allclose(template[0], expected["template"], atol=2e-6)


@pytest.mark.parametrize(
    ("name", "convert", "side", "contrast"),
    [
        ("mobilefacenet.onnx", bytes, 112, 1),
        ("minifasnet-v2-2.7.pth", convert_minifasnet, 80, 60),
        ("minifasnet-v1se-4.0.pth", convert_minifasnet, 80, 60),
    ],
)
def test_other_networks_give_the_same_when_sped_up(
    weights: Weights, name: str, convert: Callable[[bytes], bytes], side: int, contrast: float
) -> None:
    model = convert(weights.path(name).read_bytes())
    picture = contrast * random(1, 3, side, side)
    (before,), (after,) = run(model, picture), run(speed_up(model), picture)
    np.testing.assert_allclose(after, before, rtol=1e-4, atol=1e-4 * np.abs(before).max())
