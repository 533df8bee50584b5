import io
import os
import pickle
import sys
import types
from collections import OrderedDict
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simreg.errors import ModelError
from simreg.models.minifasnet import convert_minifasnet
from simreg.models.minifasnet.torch_file import read_tensors

MAGIC, LAYOUT, MACHINE = 0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}
TENSORS = {"a": np.arange(6, dtype="<f4").reshape(2, 3), "b": np.asarray(7, "<i8"), "c": np.ones((1, 1, 4), "<f4")}


@pytest.fixture(scope="module")
def torch() -> Any:
    """A module by the name of PyTorch that has what its pickles name."""
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    for kind in ("FloatStorage", "LongStorage"):
        setattr(torch, kind, type(kind, (), {"__module__": "torch"}))

    def _rebuild_tensor_v2() -> None: ...

    _rebuild_tensor_v2.__module__, _rebuild_tensor_v2.__qualname__ = "torch._utils", "_rebuild_tensor_v2"
    utils._rebuild_tensor_v2 = _rebuild_tensor_v2  # type: ignore[attr-defined]
    torch._utils = utils  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "torch", torch)
        patch.setitem(sys.modules, "torch._utils", utils)
        yield torch


class Stored:
    def __init__(self, torch: Any, key: str, array: Any) -> None:
        kind = torch.FloatStorage if array.dtype == np.float32 else torch.LongStorage
        self.pid = ("storage", kind, key, "cuda:0", array.size, None)


class Tensor:
    def __init__(self, torch: Any, key: str, array: Any, strides: tuple[int, ...] | None) -> None:
        steps = tuple(step // array.itemsize for step in array.strides) if strides is None else strides
        self.call = torch._utils._rebuild_tensor_v2
        self.arguments: tuple[Any, ...] = (Stored(torch, key, array), 0, array.shape, steps, False, OrderedDict())

    def __reduce__(self) -> tuple[Any, Any]:
        return self.call, self.arguments


class Pickler(pickle.Pickler):
    def persistent_id(self, thing: Any) -> Any:
        return thing.pid if isinstance(thing, Stored) else None


def torch_file(torch: Any, first: Any = MAGIC, strides: tuple[int, ...] | None = None) -> bytes:
    """A file of the older layout with `TENSORS`, as PyTorch writes it."""
    file = io.BytesIO()
    tensors = OrderedDict((name, Tensor(torch, name * 2, array, strides)) for name, array in TENSORS.items())
    for thing in (first, LAYOUT, MACHINE, tensors, [name * 2 for name in TENSORS]):
        Pickler(file, protocol=2).dump(thing)
    for array in TENSORS.values():
        file.write(np.int64(array.size).tobytes() + array.tobytes())
    return file.getvalue()


def test_reads_tensors_as_they_were_written(torch: Any) -> None:
    found = read_tensors(torch_file(torch))
    assert list(found) == list(TENSORS)
    for name, array in TENSORS.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


class Harm:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, Any]:
        return os.mkdir, (str(self.mark),)


def test_a_file_that_asks_for_a_function_is_refused_and_nothing_runs(torch: Any, tmp_path: Path) -> None:
    data = torch_file(torch, Harm(tmp_path / "harm"))
    with pytest.raises(ModelError, match=r"it asks for \w+\.mkdir"):
        read_tensors(data)
    assert not (tmp_path / "harm").exists()
    pickle.loads(data)  # noqa: S301
    assert (tmp_path / "harm").exists(), "the file does harm where everything is allowed"


@pytest.mark.parametrize("function", ["os.system", "builtins.eval", "torch._utils._rebuild_parameter"])
def test_no_other_name_is_given(function: str) -> None:
    module, name = function.rsplit(".", 1)
    with pytest.raises(ModelError, match=f"it asks for {function}"):
        read_tensors(f"c{module}\n{name}\n.".encode())


def test_refuses_another_layout_and_strided_tensors(torch: Any) -> None:
    with pytest.raises(ModelError, match="another layout"):
        read_tensors(torch_file(torch, MAGIC + 1))
    with pytest.raises(ModelError, match="strides"):
        read_tensors(torch_file(torch, strides=(1, 2)))


def test_every_shorter_file_is_refused(torch: Any) -> None:
    data = torch_file(torch)
    for length in range(len(data)):
        with pytest.raises(ModelError) as error:
            read_tensors(data[:length])
        assert error.value.code == "weights-unusable"


@given(st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(torch: Any, changes: list[tuple[int, int]]) -> None:
    data = bytearray(torch_file(torch))
    for place, value in changes:
        data[place % len(data)] = value
    try:
        read_tensors(bytes(data))
    except ModelError as error:
        assert error.code == "weights-unusable"  # noqa: PT017


def test_tensors_of_another_network_are_refused(torch: Any) -> None:
    with pytest.raises(ModelError, match=r"there is no 'conv1\.conv\.weight'"):
        convert_minifasnet(torch_file(torch))


@pytest.mark.material
@pytest.mark.parametrize("name", ["minifasnet-v2-2.7", "minifasnet-v1se-4.0"])
def test_gives_what_pytorchs_own_export_gives(material: Path, name: str) -> None:
    published = material / "models" / f"{name}.pth"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    ours = onnxruntime.InferenceSession(convert_minifasnet(published.read_bytes()), options)
    theirs = onnxruntime.InferenceSession(str(published.with_suffix(".onnx")), options)
    random = np.random.default_rng(1)
    for _ in range(10):
        picture = random.uniform(0, 255, (1, 3, 80, 80)).astype(np.float32)
        (expected,), (found,) = theirs.run(None, {"input": picture}), ours.run(None, {"input": picture})
        np.testing.assert_allclose(found, expected, rtol=0, atol=3e-5)
