from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper

from simreg.errors import ModelError
from simreg.models import ready, store
from simreg.models.files import sha256
from simreg.models.recogniser_file import load_recogniser_file
from simreg.models.recogniser_session import open_recogniser
from simreg.models.session import open_session
from simreg.models.store import ModelStore


def mean_network(size: int = 112, length: int = 3) -> bytes:
    """ONNX that gives the mean of each channel; a length other than 3 is only declared."""
    nodes = [
        helper.make_node("GlobalAveragePool", ["picture"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["template"]),
    ]
    picture = helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["batch", 3, size, size])
    template = helper.make_tensor_value_info("template", TensorProto.FLOAT, ["batch", length])
    graph = helper.make_graph(nodes, "mean", [picture], [template])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString())


def test_runs_on_the_cpu(tmp_path: Path) -> None:
    (tmp_path / "mean.onnx").write_bytes(mean_network())
    session = open_session(tmp_path / "mean.onnx")
    assert session.get_providers() == ["CPUExecutionProvider"]
    (found,) = session.run(None, {"picture": np.full((1, 3, 112, 112), 7, np.float32)})
    assert found.tolist() == [[7, 7, 7]]


@pytest.mark.parametrize("data", [None, b"", b"no network", mean_network()[:50]])
def test_what_is_no_network_is_told(tmp_path: Path, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / "bad.onnx").write_bytes(data)
    with pytest.raises(ModelError, match=r"cannot load bad\.onnx") as error:
        open_session(tmp_path / "bad.onnx")
    assert error.value.code == "weights-unusable"


@pytest.mark.parametrize(
    ("size", "length", "why"),
    [(112, 3, None), (112, 512, r"gives \[\(1, 3\)\]"), (80, 3, "cannot be run on that")],
)
def test_an_operators_recogniser_must_be_what_its_file_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, length: int, why: str | None
) -> None:
    monkeypatch.setattr(store, "make_ready", lambda _, data: data)
    (tmp_path / "own.onnx").write_bytes(mean_network(size))
    (tmp_path / "own.toml").write_text(
        f"name = 'own'\nfile = 'own.onnx'\nsha256 = '{sha256(mean_network(size))}'\nlicence = 'CC0'\ninput_size = 112\n"
        f"colour = 'rgb'\nmean = 0\nstd = 1\ntemplate_length = {length}\nmirror = true\n"
    )
    spec, models = load_recogniser_file(tmp_path / "own.toml"), ModelStore(tmp_path / "cache", offline=True)
    if why is None:
        assert open_recogniser(spec, models).get_inputs()[0].name == "picture"
        return
    with pytest.raises(ModelError, match=why) as error:
        open_recogniser(spec, models)
    assert error.value.code == "recogniser-unfit"


def test_only_networks_are_made_ready() -> None:
    with pytest.raises(ModelError) as error:
        ready.make_ready("astronaut.png", b"")
    assert error.value.code == "not-a-network"


def test_the_converters_version_is_its_own_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "__file__", str(tmp_path / "ready.py"))
    (tmp_path / "convert").mkdir()
    versions = set()
    for source in ("a = 1", "a = 2"):
        (tmp_path / "convert" / "part.py").write_text(source)
        ready.converter_version.cache_clear()
        versions.add(ready.converter_version())
    ready.converter_version.cache_clear()
    assert len(versions) == 2
