import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.errors import ModelError
from simreg.models.convert.dlib import convert_dlib_resnet
from simreg.models.convert.dlib_format import Reader, read_layers
from simreg.models.convert.flatbuffer import MalformedError

from . import dlib_file
from .running import refused_or_done, run

FILE = dlib_file.dlib_file()


@pytest.mark.parametrize("side", [27, 31, 39])
def test_the_network_gives_what_dlib_describes(side: int) -> None:
    picture = np.random.default_rng(side).integers(0, 256, (side, side, 3)).astype(np.float32)
    model = convert_dlib_resnet(dlib_file.dlib_file(side))
    both = np.stack([picture, picture[:, ::-1]]).transpose(0, 3, 1, 2)
    (found,) = run(model, np.ascontiguousarray(both))
    expected = [dlib_file.dlib_template(picture), dlib_file.dlib_template(picture[:, ::-1])]
    np.testing.assert_allclose(found, expected, atol=1e-4)


@given(st.integers(-(2**63) + 1, 2**63 - 1))
def test_whole_numbers_are_read_back(value: int) -> None:
    assert Reader(dlib_file.integer(value)).integer() == value


@given(st.floats(-1e6, 1e6))
def test_real_numbers_are_read_back(value: float) -> None:
    assert Reader(dlib_file.real(value)).real() == pytest.approx(value, abs=2**-24)


@settings(max_examples=60)
@given(st.integers(0, len(FILE) - 20))
def test_a_file_that_ends_too_soon_is_refused(length: int) -> None:
    with pytest.raises(ModelError) as caught:
        convert_dlib_resnet(FILE[:length])
    assert caught.value.code == "weights-unreadable"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_an_altered_file_is_converted_or_refused(data: st.DataObject) -> None:
    content = bytearray(FILE)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    refused_or_done(lambda: convert_dlib_resnet(bytes(content)))


@pytest.mark.parametrize("shape", [(2, 2**40, 2**20, 1, 1), (2, 2**63 - 1, 2**63 - 1, 2**63 - 1, 1), (2, -4, -1, 1, 1)])
def test_a_tensor_larger_than_the_file_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(MalformedError):
        Reader(dlib_file.integers(*shape) + b"0" * 100).tensor()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"loss_metric_2", b"loss_binary_2"),
        (b"input_rgb_image_sized", b"input_rgb_image_other"),
        (b"add_prev_", b"mul_prev_"),
        (b"affine_", b"relu__x"),
    ],
)
def test_another_network_is_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(ModelError) as caught:
        convert_dlib_resnet(FILE.replace(old, new))
    assert caught.value.code == "weights-unreadable"


def test_a_picture_that_is_too_small_or_too_large_is_refused() -> None:
    for side in (0, 3, 5000):
        with pytest.raises(ModelError):
            convert_dlib_resnet(dlib_file.dlib_file(side))


def test_layers_are_read_in_the_order_of_the_file() -> None:
    kinds = [layer.kind for layer in read_layers(FILE)]
    assert kinds[:5] == ["input_rgb_image_sized", "con_4", "affine_", "relu_", "max_pool_2"]
    assert kinds[-3:] == ["relu_", "avg_pool_2", "fc_2"]
