"""Each operator against the same computed with numpy, in TFLite's order of axes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.errors import ModelError
from simreg.models.convert.ops.convolution import same_pads
from simreg.models.convert.tflite import convert_tflite

from .running import Array, random, run, run_step
from .tflite_file import Step, Value, constant, tflite_file

VALID, SAME = 1, 0
RELU, RELU6, TANH = 1, 3, 4
PLAIN = {"padding": VALID, "stride_x": 1, "stride_y": 1}


def windows(picture: Array, size: int, stride: int, fill: float) -> Array:
    """Windows under SAME padding: (rows, columns, size, size, channels)."""
    sides = [same_pads(extent, size, stride) for extent in picture.shape[1:3]]
    padded = np.pad(picture[0], [*sides, (0, 0)], constant_values=fill)
    found = np.lib.stride_tricks.sliding_window_view(padded, (size, size), axis=(0, 1))
    return found[::stride, ::stride].transpose(0, 1, 3, 4, 2)


@given(st.integers(1, 50), st.integers(1, 7), st.integers(1, 4))
def test_same_padding_gives_the_size_rounded_up(size: int, window: int, stride: int) -> None:
    before, after = same_pads(size, window, stride)
    assert 0 <= before <= after <= before + 1
    needed = (-(-size // stride) - 1) * stride + window
    assert before + after == max(needed - size, 0)


@pytest.mark.parametrize(("side", "size", "stride"), [(8, 3, 1), (8, 3, 2), (7, 3, 2), (9, 5, 2), (6, 2, 2)])
def test_convolution_with_same_padding(side: int, size: int, stride: int) -> None:
    picture, weights, bias = random(1, side, side, 3), random(4, size, size, 3, seed=1), random(4, seed=2)
    expected = np.einsum("rcijk,oijk->rco", windows(picture, size, stride, 0), weights) + bias
    constants = [constant("w", weights), constant("b", bias)]
    options = {"padding": SAME, "stride_x": stride, "stride_y": stride}
    found = run_step("CONV_2D", picture, constants, (1, *expected.shape), **options)
    np.testing.assert_allclose(found[0], expected, atol=1e-5)


def test_convolution_without_padding_and_bias() -> None:
    picture, weights = random(1, 4, 5, 2), random(3, 1, 1, 2, seed=1)
    found = run_step("CONV_2D", picture, [constant("w", weights)], (1, 4, 5, 3), **PLAIN)
    np.testing.assert_allclose(found, picture @ weights[:, 0, 0].T, atol=1e-5)


@pytest.mark.parametrize(("activation", "low", "high"), [(RELU, 0, np.inf), (RELU6, 0, 6)])
def test_activation_of_a_convolution(activation: int, low: float, high: float) -> None:
    picture, weights = 10 * random(1, 4, 5, 2), random(3, 1, 1, 2, seed=1)
    options = {**PLAIN, "activation": activation}
    found = run_step("CONV_2D", picture, [constant("w", weights)], (1, 4, 5, 3), **options)
    np.testing.assert_allclose(found, np.clip(picture @ weights[:, 0, 0].T, low, high), atol=1e-4)


@pytest.mark.parametrize("stride", [1, 2])
def test_depthwise_convolution(stride: int) -> None:
    picture, weights, bias = random(1, 6, 6, 4), random(1, 3, 3, 4, seed=1), random(4, seed=2)
    expected = np.einsum("rcijk,ijk->rck", windows(picture, 3, stride, 0), weights[0]) + bias
    constants = [constant("w", weights), constant("b", bias)]
    options = {"padding": SAME, "stride_x": stride, "stride_y": stride}
    found = run_step("DEPTHWISE_CONV_2D", picture, constants, (1, *expected.shape), **options)
    np.testing.assert_allclose(found[0], expected, atol=1e-5)


def test_max_pool_never_takes_the_padding() -> None:
    picture = random(1, 5, 5, 2) - 10
    expected = windows(picture, 3, 2, -np.inf).max(axis=(2, 3))
    options = {"padding": SAME, "stride_x": 2, "stride_y": 2, "width": 3, "height": 3}
    np.testing.assert_array_equal(run_step("MAX_POOL_2D", picture, [], (1, *expected.shape), **options)[0], expected)


@pytest.mark.parametrize(("kind", "function"), [("ADD", np.add), ("MUL", np.multiply)])
def test_sums_and_products_with_a_constant_for_each_channel(kind: str, function: np.ufunc) -> None:
    picture, other = random(1, 3, 4, 5), random(5, seed=1)
    found = run_step(kind, picture, [constant("k", other)], picture.shape)
    np.testing.assert_allclose(found, function(picture, other), atol=1e-6)


def test_relu_and_prelu() -> None:
    picture, slope = random(1, 3, 4, 5), random(1, 1, 5, seed=1)
    np.testing.assert_array_equal(run_step("RELU", picture, [], picture.shape), np.maximum(picture, 0))
    found = run_step("PRELU", picture, [constant("a", slope)], picture.shape)
    np.testing.assert_allclose(found, np.where(picture < 0, slope * picture, picture), atol=1e-6)


@pytest.mark.parametrize(
    ("source", "shape"), [((1, 4, 4, 6), (1, 48, 2)), ((1, 1, 1, 6), (1, 2, 3)), ((1, 6, 8), (1, 4, 4, 3))]
)
def test_reshape_keeps_tflites_order(source: tuple[int, ...], shape: tuple[int, ...]) -> None:
    values = random(*source)
    np.testing.assert_array_equal(run_step("RESHAPE", values, [], shape), values.reshape(shape))


@pytest.mark.parametrize("axis", [1, 3, -1])
def test_concatenation(axis: int) -> None:
    picture, other = random(1, 3, 3, 3), random(1, 3, 3, 3, seed=1)
    expected = np.concatenate([picture, other], axis)
    found = run_step("CONCATENATION", picture, [constant("k", other)], expected.shape, axis=axis)
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("amounts", [[[0, 0], [1, 2], [0, 3], [0, 0]], [[0, 0], [0, 0], [0, 0], [1, 2]]])
def test_padding_with_zeros(amounts: list[list[int]]) -> None:
    picture = random(1, 3, 3, 2)
    expected = np.pad(picture, amounts)
    found = run_step("PAD", picture, [constant("p", amounts, "i4")], expected.shape)
    np.testing.assert_array_equal(found, expected)


def test_strided_slice() -> None:
    picture = random(1, 6, 5, 4)
    limits = [constant("b", [0, 1, 0, 1], "i4"), constant("e", [1, 6, 5, 9], "i4"), constant("s", [1, 2, 1, 2], "i4")]
    found = run_step("STRIDED_SLICE", picture, limits, (1, 3, 5, 2))
    np.testing.assert_array_equal(found, picture[:, 1:6:2, :, 1::2])


def test_strided_slice_masks_leave_an_end_open() -> None:
    picture = random(1, 6, 5, 4)
    limits = [constant(name, values, "i4") for name, values in (("b", [0, 2, 2, 2]), ("e", [1, 4, 3, 3]), ("s", [1] * 4))]
    found = run_step("STRIDED_SLICE", picture, limits, (1, 4, 3, 2), begin_mask=0b0010, end_mask=0b1100)
    np.testing.assert_array_equal(found, picture[:, :4, 2:, 2:])


def test_weights_of_half_precision_are_widened() -> None:
    weights = random(3, 1, 1, 2).astype(np.float16)
    picture = random(1, 2, 2, 2, seed=1)
    values = [
        Value("in", picture.shape),
        constant("h", weights, "f2"),
        Value("w", weights.shape),
        Value("out", (1, 2, 2, 3)),
    ]
    steps = [Step("DEQUANTIZE", ["h"], ["w"]), Step("CONV_2D", ["in", "w"], ["out"], PLAIN)]
    model = convert_tflite(tflite_file(values, steps, ["in"], ["out"]))
    (found,) = run(model, picture.transpose(0, 3, 1, 2))
    np.testing.assert_allclose(found, picture @ weights[:, 0, 0].astype(np.float32).T, atol=1e-5)


@pytest.mark.parametrize(
    ("kind", "constants", "options"),
    [
        ("SIN", [], {}),
        ("RELU", [], {}),
        ("CONV_2D", [constant("w", np.ones((3, 1, 1, 2)))], {**PLAIN, "activation": TANH}),
        ("CONV_2D", [constant("w", np.ones((3, 1, 1, 2)))], {**PLAIN, "dilation_x": 2}),
        ("CONV_2D", [constant("w", np.ones((3, 1, 1, 2)))], {**PLAIN, "stride_x": 0}),
        ("CONV_2D", [constant("w", np.ones((3, 1, 1, 2)))], {**PLAIN, "padding": 5}),
        ("CONV_2D", [constant("w", np.ones((3, 1, 1, 5)))], PLAIN),
        ("CONV_2D", [], PLAIN),
        ("DEPTHWISE_CONV_2D", [constant("w", np.ones((1, 3, 3, 9)))], PLAIN),
        ("MAX_POOL_2D", [], {**PLAIN, "width": 0, "height": 3}),
        ("PAD", [constant("p", [[0, 0], [-1, 0], [0, 0], [0, 0]], "i4")], {}),
        ("CONCATENATION", [], {"axis": 7}),
        ("MUL", [constant("k", np.ones((7,)))], {}),
        ("STRIDED_SLICE", [constant(name, [1, 1], "i4") for name in "bes"], {}),
        ("STRIDED_SLICE", [constant(name, [1] * 4, "i4") for name in "bes"], {"shrink_axis_mask": 1}),
    ],
)
def test_what_is_not_supported_is_refused(kind: str, constants: list[Value], options: dict[str, int]) -> None:
    with pytest.raises(ModelError) as caught:
        run_step(kind, random(1, 4, 5, 2), constants, (1, 4, 5, 3), **options)
    assert caught.value.code == "weights-unreadable"


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(3, 9), st.integers(3, 9), st.integers(1, 3), st.integers(1, 5))
def test_convolutions_of_any_size(seed: int, rows: int, columns: int, stride: int, filters: int) -> None:
    picture, weights = random(1, rows, columns, 2, seed=seed), random(filters, 3, 3, 2, seed=seed + 1)
    expected = np.einsum("rcijk,oijk->rco", windows(picture, 3, stride, 0), weights)
    options = {"padding": SAME, "stride_x": stride, "stride_y": stride}
    found = run_step("CONV_2D", picture, [constant("w", weights)], (1, *expected.shape), **options)
    np.testing.assert_allclose(found[0], expected, atol=1e-5)
