from pathlib import Path

import pytest

from simreg.errors import ModelError
from simreg.models import store as store_module
from simreg.models.files import sha256
from simreg.models.store import PATIENCE_S, ModelStore, State

from .synthetic import DETECTOR, INDEX, MANIFEST, MESH, RECOGNISER, SyntheticNetwork


class World:
    """A cache, a local folder, a network and a clock; ``store()`` is a new process that finds them as they are."""

    def __init__(self, folder: Path) -> None:
        self.cache = folder / "cache"
        self.local = folder / "local"
        self.network = SyntheticNetwork()
        self.now = 1e9

    def put(self, name: str, data: bytes) -> None:
        self.local.mkdir(exist_ok=True)
        (self.local / name).write_bytes(data)

    def store(self, offline: bool = False) -> ModelStore:
        local = self.local if self.local.exists() else None
        return ModelStore(
            self.cache, local, None, offline, manifest=MANIFEST, network=self.network, clock=lambda: self.now
        )


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.delenv("SIMREG_MODELS", raising=False)
    return World(tmp_path)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what the stand-in for the converter was given; it turns bytes round."""
    names: list[str] = []

    def make(name: str, data: bytes) -> bytes:
        names.append(name)
        return data[::-1]

    monkeypatch.setattr(store_module, "make_ready", make)
    monkeypatch.setattr(store_module, "converter_version", lambda: "v1")
    return names


def code_of(error: pytest.ExceptionInfo[ModelError]) -> str:
    return error.value.code


def test_a_local_file_is_used_where_it_lies(world: World) -> None:
    world.put("detector.onnx", DETECTOR)
    store = world.store()
    assert store.path("detector.onnx") == world.local / "detector.onnx"
    assert store.origin("detector.onnx") == "local folder"
    assert world.network.asked == []


def test_the_variable_names_the_local_folder(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.put("detector.onnx", DETECTOR)
    monkeypatch.setenv("SIMREG_MODELS", str(world.local))
    store = ModelStore(world.cache, offline=True, manifest=MANIFEST)
    assert store.path("detector.onnx") == world.local / "detector.onnx"


def test_a_local_folder_that_is_not_there_is_told(world: World) -> None:
    with pytest.raises(ModelError) as error:
        ModelStore(world.cache, world.local / "nowhere")
    assert code_of(error) == "no-models-folder"


def test_an_altered_local_file_is_refused_and_nothing_is_taken_in_its_stead(world: World) -> None:
    world.network.index = INDEX
    world.store().path("detector.onnx")
    world.put("detector.onnx", b"Detector")
    store = world.store()
    for call in (store.path, store.present, store.state, store.available, store.ready):
        with pytest.raises(ModelError, match=sha256(b"Detector")) as error:
            call("detector.onnx")
        assert code_of(error) == "weights-altered"
    assert world.network.asked == ["some-wheel"]


def test_a_local_folder_under_a_files_name_is_told(world: World) -> None:
    (world.local / "detector.onnx").mkdir(parents=True)
    with pytest.raises(ModelError) as error:
        world.store().path("detector.onnx")
    assert code_of(error) == "weights-unreadable"


def test_one_fetch_of_an_artefact_brings_all_its_files(world: World) -> None:
    world.network.index = INDEX
    store = world.store()
    assert store.path("detector.onnx").read_bytes() == DETECTOR
    assert store.path("mesh.onnx").read_bytes() == MESH
    assert world.network.asked == ["some-wheel"]
    assert store.origin("mesh.onnx") == "package index: some-wheel 1.0"


def test_what_was_fetched_once_is_here_for_the_next_process_without_network(world: World) -> None:
    world.network.file = RECOGNISER
    world.store().path("recogniser.onnx")
    store = world.store(offline=True)
    assert store.path("recogniser.onnx").read_bytes() == RECOGNISER
    assert store.origin("recogniser.onnx") == "https: someone/something@ccccccc"


def test_a_damaged_file_in_the_cache_is_seen_and_fetched_again(world: World) -> None:
    world.network.file = RECOGNISER
    place = world.store().path("recogniser.onnx")
    place.write_bytes(RECOGNISER[:-1] + b"?")
    assert world.store().state("recogniser.onnx") is State.DAMAGED
    assert world.store().present("recogniser.onnx") is None
    assert world.store().path("recogniser.onnx").read_bytes() == RECOGNISER
    assert world.store().state("recogniser.onnx") is State.HERE


@pytest.mark.parametrize("name", ["detector.onnx", "recogniser.onnx"])
def test_a_fetched_file_of_another_digest_is_refused_and_not_kept(world: World, name: str) -> None:
    world.network = SyntheticNetwork({"in/detector": b"Detector", "in/mesh": MESH}, b"Recogniser")
    with pytest.raises(ModelError, match=r"another SHA-256 .* refused") as error:
        world.store().path(name)
    assert code_of(error) == "weights-unavailable"
    assert world.store().state(name) is State.ABSENT


def test_the_error_tells_what_was_tried_and_why_it_failed(world: World) -> None:
    world.put("detector.onnx", DETECTOR)
    with pytest.raises(ModelError) as error:
        world.store().path("recogniser.onnx")
    assert code_of(error) == "weights-unavailable"
    assert error.value.exit_status == 2
    assert f"not in {world.local}" in error.value.sentence
    assert "https: someone/something@ccccccc: upstream is down" in error.value.sentence
    assert "SIMREG_MODELS" in error.value.remedy
    assert world.store().origin("recogniser.onnx") == "not present"


def test_offline_asks_nobody(world: World) -> None:
    world.network = SyntheticNetwork(INDEX, RECOGNISER)
    store = world.store(offline=True)
    assert not store.available("detector.onnx")
    assert not store.available("recogniser.onnx")
    assert world.network.asked == []


def test_upstream_that_failed_is_left_alone_for_a_day(world: World) -> None:
    assert not world.store().available("recogniser.onnx")
    world.now += PATIENCE_S - 1
    with pytest.raises(ModelError, match=r"upstream is down \(not tried again within a day"):
        world.store().path("recogniser.onnx")
    assert len(world.network.asked) == 1
    world.now += 2
    assert not world.store().available("recogniser.onnx")
    assert len(world.network.asked) == 2


def test_installing_asks_upstream_again_and_clears_the_note(world: World) -> None:
    assert not world.store().available("recogniser.onnx")
    world.network.file = RECOGNISER
    assert not world.store().available("recogniser.onnx")
    assert world.store().path("recogniser.onnx", retry=True).read_bytes() == RECOGNISER
    world.store().path("recogniser.onnx").unlink()
    assert world.store().available("recogniser.onnx")


def test_a_note_from_the_future_or_that_is_damaged_holds_nobody_back(world: World) -> None:
    assert not world.store().available("recogniser.onnx")
    world.now -= 10
    assert not world.store().available("recogniser.onnx")
    assert len(world.network.asked) == 2
    for note in (world.cache / "attempts").iterdir():
        note.write_text("[]")
    assert not world.store().available("recogniser.onnx")
    assert len(world.network.asked) == 3


def test_the_index_is_always_asked_as_what_it_has_is_needed(world: World) -> None:
    assert not world.store().available("detector.onnx")
    world.network.index = INDEX
    assert world.store().available("detector.onnx")


def test_a_failed_attempt_that_cannot_be_noted_is_still_only_a_missing_file(world: World) -> None:
    world.cache.write_bytes(b"a file where the cache should be")
    assert not world.store().available("recogniser.onnx")


def test_a_cache_that_cannot_be_written_is_told(world: World) -> None:
    world.cache.write_bytes(b"a file where the cache should be")
    world.network.file = RECOGNISER
    with pytest.raises(ModelError) as error:
        world.store().available("recogniser.onnx")
    assert code_of(error) == "cache-unwritable"


def test_a_network_is_made_once(world: World, made: list[str]) -> None:
    world.network.index = INDEX
    path = world.store().ready("detector.onnx")
    assert path.suffix == ".onnx"
    assert path.read_bytes() == DETECTOR[::-1]
    assert world.store().ready("detector.onnx") == path
    assert made == ["detector.onnx"]


@pytest.mark.parametrize("suffix", ["", ".sha256"])
@pytest.mark.parametrize("damage", [None, b"", b"other"])
def test_a_network_that_is_damaged_or_gone_is_made_again(
    world: World, made: list[str], suffix: str, damage: bytes | None
) -> None:
    world.network.index = INDEX
    path = world.store().ready("detector.onnx")
    spoilt = path.with_name(path.name + suffix)
    spoilt.unlink() if damage is None else spoilt.write_bytes(damage)
    assert world.store().ready("detector.onnx").read_bytes() == DETECTOR[::-1]
    assert made == ["detector.onnx"] * 2


def test_another_converter_makes_its_own(world: World, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    world.network.index = INDEX
    path = world.store().ready("detector.onnx")
    monkeypatch.setattr(store_module, "converter_version", lambda: "v2")
    assert world.store().ready("detector.onnx") != path
    assert made == ["detector.onnx"] * 2


def test_an_operators_file_is_verified_and_made_ready(world: World, made: list[str]) -> None:
    world.put("own.onnx", b"own network")
    published = world.local / "own.onnx"
    assert world.store().ready_file(published, sha256(b"own network")).read_bytes() == b"krowten nwo"
    with pytest.raises(ModelError) as error:
        world.store().ready_file(published, "0" * 64)
    assert code_of(error) == "weights-altered"
    with pytest.raises(ModelError) as error:
        world.store().ready_file(world.local / "none.onnx", "0" * 64)
    assert code_of(error) == "weights-unreadable"
    assert made == ["own.onnx"]
