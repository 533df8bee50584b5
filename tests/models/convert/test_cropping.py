import numpy as np
import onnx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.errors import ModelError
from simreg.models.convert.tflite import convert_tflite

from .crops import Crop, bilinear
from .running import Array, random, run
from .tflite_file import Step, Value, constant, tflite_file

POINTS = 9
EYE, MOUTH = Crop(0, 1, [0, 1, 2, 3, 4]), Crop(5, 6, [5, 6, 7, 8])
BACK = random(1, 6, 2, seed=9) + 2
FACTOR = np.array([[[1, 1, 1, 4], [1, 1, 1, 4], [1, 1, 1, 1], [1, 1, 1, 1]]], np.float32)


def crop_file(crops: list[Crop], rows: int, columns: int, channels: int) -> bytes:
    """Landmarks and a picture to crops and to points that are taken back from them."""
    values = [
        Value("landmarks", (1, POINTS, 3)),
        Value("picture", (1, rows, columns, channels)),
        constant("inside", BACK),
        constant("factor", FACTOR),
    ]
    steps = []
    for number, crop in enumerate(crops):
        matrix, scaled, pixels, points = (f"{stem}{number}" for stem in ("matrix", "scaled", "pixels", "points"))
        values += [Value(matrix, (1, 4, 4)), Value(scaled, (1, 4, 4)), Value(points, BACK.shape)]
        values.append(Value(pixels, (1, crop.height, crop.width, channels)))
        steps += [
            Step("Landmarks2TransformMatrix", ["landmarks"], [matrix], custom=crop.options()),
            Step("TransformTensorBilinear", ["picture", matrix], [pixels], custom=crop.sampling()),
            Step("MUL", [matrix, "factor"], [scaled]),
            Step("TransformLandmarks", ["inside", scaled], [points]),
        ]
    outputs = [f"{stem}{number}" for number in range(len(crops)) for stem in ("pixels", "points")]
    return tflite_file(values, steps, ["landmarks", "picture"], outputs)


def run_crops(crops: list[Crop], landmarks: Array, picture: Array) -> list[Array]:
    model = convert_tflite(crop_file(crops, *picture.shape[1:]))
    return run(model, landmarks[None], np.ascontiguousarray(picture.transpose(0, 3, 1, 2)))


def spread(seed: int) -> Array:
    """Landmarks that lie around a picture of about 12 pixels."""
    return (6 + 3 * random(POINTS, 3, seed=seed)).astype(np.float32)


@pytest.mark.parametrize("crops", [[EYE], [EYE, MOUTH]])
@pytest.mark.parametrize("seed", range(5))
def test_crops_are_sampled_where_they_lie(crops: list[Crop], seed: int) -> None:
    landmarks, picture = spread(seed), random(1, 12, 14, 3, seed=seed + 50)
    found = run_crops(crops, landmarks, picture)
    for crop, pixels in zip(crops, found[::2], strict=True):
        np.testing.assert_allclose(pixels, crop.sample(landmarks, picture), atol=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_points_come_back_from_a_crop(seed: int) -> None:
    landmarks = spread(seed)
    points = run_crops([EYE], landmarks, random(1, 12, 14, 3))[1][0]
    # The factor multiplies the shift alone: four times where the crop's corner lies.
    corner = EYE.place(landmarks, 0, 0)
    expected = [EYE.place(landmarks, u, v) + 3 * corner for u, v in BACK[0].tolist()]
    np.testing.assert_allclose(points, expected, atol=1e-3)


def test_crops_that_go_the_same_way_are_sampled_together() -> None:
    crops, weights = [EYE, MOUTH], random(5, EYE.height, EYE.width, 3, seed=4)
    values = [Value("landmarks", (1, POINTS, 3)), Value("picture", (1, 12, 14, 3)), constant("weights", weights)]
    steps = []
    for number, crop in enumerate(crops):
        matrix, pixels, out = (f"{stem}{number}" for stem in ("matrix", "pixels", "out"))
        values += [Value(matrix, (1, 4, 4)), Value(pixels, (1, 3, 4, 3)), Value(out, (1, 1, 1, 5))]
        steps += [
            Step("Landmarks2TransformMatrix", ["landmarks"], [matrix], custom=crop.options()),
            Step("TransformTensorBilinear", ["picture", matrix], [pixels], custom=crop.sampling()),
            Step("CONV_2D", [pixels, "weights"], [out], {"padding": 1, "stride_x": 1, "stride_y": 1}),
        ]
    model = convert_tflite(tflite_file(values, steps, ["landmarks", "picture"], ["out0", "out1"]))
    assert [node.op_type for node in onnx.load_model_from_string(model).graph.node].count("Gather") == 3
    landmarks, picture = spread(1), random(1, 12, 14, 3, seed=5)
    found = run(model, landmarks[None], np.ascontiguousarray(picture.transpose(0, 3, 1, 2)))
    for crop, brought_down in zip(crops, found, strict=True):
        expected = np.einsum("oijk,ijk->o", weights, crop.sample(landmarks, picture)[0])
        np.testing.assert_allclose(brought_down.ravel(), expected, atol=1e-3)


def test_outside_the_picture_is_zero() -> None:
    far = spread(0) + 100
    assert not run_crops([EYE], far, random(1, 12, 14, 3) + 10)[0].any()


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 2 * np.pi), st.floats(0.2, 2))
def test_a_crop_turns_with_its_landmarks(angle: float, size: float) -> None:
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    upright = random(POINTS, 2, seed=3)
    upright[1] = upright[0] + [1, 0]
    landmarks = np.zeros((POINTS, 3), np.float32)
    landmarks[:, :2] = 20 + size * upright @ turn
    rows, columns = np.mgrid[0:40, 0:40].astype(np.float32)
    ramp = np.stack([columns, rows], axis=-1)[None]
    pixels = run_crops([EYE], landmarks, ramp)[0]
    expected = EYE.sample(landmarks, ramp)
    np.testing.assert_allclose(pixels, expected, atol=2e-2)


def test_the_reference_itself_is_bilinear() -> None:
    picture = np.array([[[0.0], [1.0]], [[2.0], [3.0]]], np.float32)
    assert bilinear(picture, 0.5, 0.5) == 1.5
    assert bilinear(picture, 1.0, 1.0) == 3.0
    assert bilinear(picture, 1.01, 0.5) == 0.0


@pytest.mark.parametrize(
    "crop",
    [
        Crop(0, POINTS, [0, 1]),
        Crop(-1, 1, [0, 1]),
        Crop(0, 1, [0, POINTS]),
        Crop(0, 1, [0, 1], width=0),
        Crop(0, 1, [0, 1], height=-3),
        Crop(0, 1, [0, 1], width=100_000),
        Crop(0, 1, [0, 1], target=0.5),
        Crop(0, 1, [0] * 5000),
    ],
)
def test_impossible_crops_are_refused(crop: Crop) -> None:
    content = crop_file([crop], 12, 14, 3)
    with pytest.raises(ModelError) as caught:
        convert_tflite(content)
    assert caught.value.code == "weights-unreadable"


@pytest.mark.parametrize("custom", [b"", b"\x01", b"\xff" * 40, Crop(0, 1, [0, 1]).sampling()])
def test_unreadable_options_are_refused(custom: bytes) -> None:
    values = [Value("landmarks", (1, POINTS, 3)), Value("matrix", (1, 4, 4))]
    step = Step("Landmarks2TransformMatrix", ["landmarks"], ["matrix"], custom=custom)
    with pytest.raises(ModelError) as caught:
        convert_tflite(tflite_file(values, [step], ["landmarks"], ["matrix"]))
    assert caught.value.code == "weights-unreadable"
