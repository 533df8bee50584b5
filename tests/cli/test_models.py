import argparse
from pathlib import Path

import pytest

from models.synthetic import DETECTOR, INDEX, MANIFEST, RECOGNISER, SyntheticNetwork
from simreg.cli import models as command
from simreg.cli.progress import Bar
from simreg.errors import ModelError
from simreg.models import session, store
from simreg.models.store import ModelStore


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SyntheticNetwork:
    """An empty cache, made-up weights, a stand-in for converter and onnxruntime, and this network."""
    network = SyntheticNetwork(INDEX, RECOGNISER)

    def synthetic_store(**arguments: object) -> ModelStore:
        return ModelStore(tmp_path / "cache", manifest=MANIFEST, network=network, **arguments)  # type: ignore[arg-type]

    monkeypatch.delenv("SIMREG_MODELS", raising=False)
    monkeypatch.setattr(command, "ModelStore", synthetic_store)
    monkeypatch.setattr(store, "make_ready", lambda _, data: data)
    monkeypatch.setattr(session, "open_session", lambda _: None)
    return network


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["models", *words])
    status: int = arguments.func(arguments)
    return status


def put(folder: Path, name: str, data: bytes) -> str:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return str(folder)


def test_list_tells_what_is_not_here_and_asks_nobody(
    network: SyntheticNetwork, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("list") == 0
    out = capsys.readouterr().out
    assert "recogniser.onnx: not here; would come from a local folder (SIMREG_MODELS), then https: someone" in out
    assert f"sha256 {MANIFEST.entries[0].sha256}" in out
    assert "CC0" in out
    assert network.asked == []


def test_check_asks_nobody_and_fails_where_nothing_is(
    network: SyntheticNetwork, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check") == 2
    out = capsys.readouterr().out
    assert "detector.onnx: not here; without it it is missed" in out
    assert "Incomplete: a verification needs detector.onnx, mesh.onnx, a recogniser (recogniser.onnx) as well." in out
    assert network.asked == []


def test_install_brings_what_is_needed_and_check_is_content(
    network: SyntheticNetwork, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("install") == 0
    out = capsys.readouterr().out
    assert "mesh.onnx: ready (package index: some-wheel 1.0)" in out
    assert "portrait.png: missing; without it it is missed\n    weights-unavailable" in out
    assert "Everything that a verification needs is here." in out
    assert run("check") == 0
    assert "recogniser.onnx: sound (https: someone/something@ccccccc)" in capsys.readouterr().out
    assert run("list") == 0
    assert "recogniser.onnx: here (https: someone/something@ccccccc)" in capsys.readouterr().out


def test_install_without_any_recogniser_is_incomplete(
    network: SyntheticNetwork, capsys: pytest.CaptureFixture[str]
) -> None:
    network.file = None
    assert run("install") == 2
    out = capsys.readouterr().out
    assert "upstream is down" in out
    assert "recogniser.onnx: missing; without it it is missed" in out
    assert "Incomplete: a verification needs a recogniser (recogniser.onnx) as well." in out


def test_install_asks_upstream_again_at_once(network: SyntheticNetwork) -> None:
    network.file = None
    assert run("install") == 2
    network.file = RECOGNISER
    assert run("install") == 0


def test_install_only_some(network: SyntheticNetwork, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("install", "--only", "recogniser.onnx") == 0
    assert network.asked == ["someone/something"]
    assert run("install", "--only", "portrait.png") == 2
    assert capsys.readouterr().out.count("ready (") == 1


def test_install_of_an_unknown_name_is_refused(network: SyntheticNetwork) -> None:
    with pytest.raises(ModelError) as error:
        run("install", "--only", "recogniser.onnx", "other.onnx")
    assert error.value.code == "unknown-weights"
    assert network.asked == []


def test_an_altered_local_file_is_a_fault_everywhere(
    network: SyntheticNetwork, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("install") == 0
    local = put(tmp_path / "local", "portrait.png", b"another picture")
    for words, status in (("install", 2), ("check", 2), ("list", 0)):
        capsys.readouterr()
        assert run(words, "--models", local) == status
        assert "weights-altered: " + str(Path(local) / "portrait.png") in capsys.readouterr().out


def test_check_sees_a_damaged_cache(
    network: SyntheticNetwork, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("install") == 0
    for path in (tmp_path / "cache" / "weights").glob("*-mesh.onnx"):
        path.write_bytes(b"damage")
    capsys.readouterr()
    assert run("check") == 2
    assert "mesh.onnx: damaged in the cache" in capsys.readouterr().out
    assert run("list") == 0
    assert "mesh.onnx: damaged in the cache; to be fetched again" in capsys.readouterr().out


def test_check_sees_a_network_that_does_not_load(
    network: SyntheticNetwork, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unusable(path: Path) -> None:
        raise ModelError("weights-unusable", f"{path.name} is no network.", "Do something.")

    assert run("install") == 0
    monkeypatch.setattr(session, "open_session", unusable)
    assert run("check") == 2
    assert "weights-unusable" in capsys.readouterr().out


def test_a_cache_that_cannot_be_written_stops_the_install(network: SyntheticNetwork, tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"")
    with pytest.raises(ModelError) as error:
        run("install")
    assert error.value.code == "cache-unwritable"


def test_a_local_folder_serves_without_network(network: SyntheticNetwork, tmp_path: Path) -> None:
    network.index = network.file = None
    local = put(tmp_path / "local", "detector.onnx", DETECTOR)
    assert run("install", "--only", "detector.onnx", "--models", local) == 0
    assert network.asked == []


def test_bars_take_unknown_totals_and_repeated_tasks(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar() as progress:
        progress.update("task", 1, 0)
        progress.update("task", 2, 2)
        progress.update("other", 0, 1)
    assert capsys.readouterr().out == ""
