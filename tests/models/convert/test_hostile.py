"""Damaged and hostile TFLite files end in the one error, quickly and without large allocations."""

import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.errors import ModelError
from simreg.models.convert.flatbuffer import MalformedError, root
from simreg.models.convert.schema import read_graph
from simreg.models.convert.tflite import convert_tflite

from .crops import Crop
from .running import random, refused_or_done
from .tflite_file import Step, Value, constant, tflite_file

CROP = Crop(0, 1, [0, 1, 2])
CONVOLUTION = {"padding": 0, "stride_x": 2, "stride_y": 2}


def small_file() -> bytes:
    """A file with operators of many kinds."""
    values = [
        Value("picture", (1, 6, 6, 2)),
        Value("landmarks", (1, 4, 3)),
        constant("half", random(4, 3, 3, 2), "f2"),
        Value("weights", (4, 3, 3, 2)),
        Value("mixed", (1, 3, 3, 4)),
        constant("amounts", [[0, 0], [0, 0], [0, 0], [0, 3]], "i4"),
        Value("padded", (1, 3, 3, 7)),
        constant("slope", random(1, 1, 7)),
        Value("bent", (1, 3, 3, 7)),
        Value("flat", (1, 63)),
        Value("matrix", (1, 4, 4)),
        Value("crop", (1, 3, 4, 2)),
    ]
    steps = [
        Step("DEQUANTIZE", ["half"], ["weights"]),
        Step("CONV_2D", ["picture", "weights"], ["mixed"], CONVOLUTION),
        Step("PAD", ["mixed", "amounts"], ["padded"]),
        Step("PRELU", ["padded", "slope"], ["bent"]),
        Step("RESHAPE", ["bent"], ["flat"]),
        Step("Landmarks2TransformMatrix", ["landmarks"], ["matrix"], custom=CROP.options()),
        Step("TransformTensorBilinear", ["picture", "matrix"], ["crop"], custom=CROP.sampling()),
    ]
    return tflite_file(values, steps, ["picture", "landmarks"], ["flat", "crop"])


FILE = small_file()


def test_the_file_itself_is_converted() -> None:
    assert convert_tflite(FILE)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(FILE) - 1))
def test_a_truncated_file_is_refused_or_complete_enough(length: int) -> None:
    refused_or_done(lambda: convert_tflite(FILE[:length]))


@pytest.mark.parametrize("length", [0, 1, 4, 7, 8, 20, len(FILE) // 2])
def test_half_a_file_is_refused(length: int) -> None:
    with pytest.raises(ModelError) as caught:
        convert_tflite(FILE[:length])
    assert caught.value.code == "weights-unreadable"
    assert caught.value.remedy


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_an_altered_file_is_converted_or_refused(data: st.DataObject) -> None:
    content = bytearray(FILE)
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    refused_or_done(lambda: convert_tflite(bytes(content)))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(FILE) // 4 - 1), st.sampled_from([2**32 - 1, 2**31 - 1, 2**31, 2**26, 2**20]))
def test_large_numbers_anywhere_do_no_harm(word: int, number: int) -> None:
    content = FILE[: 4 * word] + struct.pack("<I", number) + FILE[4 * word + 4 :]
    tracemalloc.start()
    refused_or_done(lambda: convert_tflite(content))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300e6


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(ModelError):
        convert_tflite(content)
    with pytest.raises(ModelError):
        convert_tflite(content[:4].ljust(4, b"\0") + b"TFL3" + content)


def test_a_tensor_of_another_size_than_its_values_is_refused() -> None:
    wrong = Value("weights", (4, 4), np.zeros(3, np.float32))
    with pytest.raises(MalformedError, match="another size"):
        read_graph(tflite_file([wrong], [], [], []))


@pytest.mark.parametrize("shape", [(2**30, 2**30), (-1, 4), (70_000, 1)])
def test_impossible_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(MalformedError, match="size"):
        read_graph(tflite_file([Value("x", shape)], [], ["x"], ["x"]))


@pytest.mark.parametrize("number", [2, -2, 2**31 - 1])
def test_a_step_that_reads_a_tensor_that_is_not_there_is_refused(number: int) -> None:
    values = [Value("x", (1, 2)), Value("y", (1, 2))]
    with pytest.raises(MalformedError, match="does not exist"):
        read_graph(tflite_file(values, [Step("RELU", [number], ["y"])], ["x"], ["y"]))


def test_padding_by_very_many_channels_is_refused() -> None:
    values = [
        Value("x", (1, 2, 2, 60_000)),
        constant("p", [[0, 0], [0, 0], [0, 0], [0, 5000]], "i4"),
        Value("y", (1, 2, 2, 65_000)),
    ]
    with pytest.raises(ModelError, match="too many channels"):
        convert_tflite(tflite_file(values, [Step("PAD", ["x", "p"], ["y"])], ["x"], ["y"]))


def test_weights_that_many_steps_widen_again_are_refused() -> None:
    count = 3000
    values = [constant("half", np.zeros(40_000), "f2"), *(Value(f"w{number}", (40_000,)) for number in range(count))]
    steps = [Step("DEQUANTIZE", ["half"], [f"w{number}"]) for number in range(count)]
    with pytest.raises(ModelError, match="too many weights"):
        convert_tflite(tflite_file(values, steps, ["half"], ["w0"]))


def test_a_flatbuffer_of_another_kind_is_refused() -> None:
    with pytest.raises(MalformedError, match="TFL3"):
        root(FILE[:4] + b"ABCD" + FILE[8:], b"TFL3")
