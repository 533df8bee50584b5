import re

import pytest

from simreg.errors import ModelError
from simreg.models.manifest import Entry, IndexMember, Upstream, load_manifest
from simreg.models.recogniser_file import BUILT_IN, built_in_recogniser

ENTRIES = load_manifest().entries


def test_names_the_files_that_the_rest_of_the_package_asks_for() -> None:
    assert [entry.name for entry in ENTRIES] == [
        "blazeface-short-range.tflite",
        "attention-mesh.tflite",
        "mobilefacenet.onnx",
        "dlib-resnet.dat",
        "minifasnet-v2-2.7.pth",
        "minifasnet-v1se-4.0.pth",
        "astronaut.png",
    ]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_pins_every_file_and_source(entry: Entry) -> None:
    assert re.fullmatch("[0-9a-f]{64}", entry.sha256)
    assert entry.size > 0
    assert entry.licence in {"Apache-2.0", "public domain"}
    for source in entry.sources:
        if isinstance(source, IndexMember):
            assert re.fullmatch("[0-9a-f]{64}", source.artefact.sha256)
            assert source.artefact.version in source.artefact.filename
        else:
            assert re.fullmatch("[0-9a-f]{40}", source.commit)


def test_upstream_is_the_raw_file_at_the_commit() -> None:
    source = Upstream("owner/repository", "0123456789" * 4, "some/file.onnx")
    assert source.url == f"https://raw.githubusercontent.com/owner/repository/{'0123456789' * 4}/some/file.onnx"
    assert str(source) == "https: owner/repository@0123456"


def test_the_index_alone_has_enough_for_a_verification() -> None:
    indexed = {entry.name for entry in ENTRIES if any(isinstance(source, IndexMember) for source in entry.sources)}
    assert load_manifest().lacking(indexed) == ()


def test_tells_what_lacks() -> None:
    manifest = load_manifest()
    assert manifest.lacking({"attention-mesh.tflite", "dlib-resnet.dat"}) == ("blazeface-short-range.tflite",)
    assert manifest.lacking({"attention-mesh.tflite", "blazeface-short-range.tflite"}) == (
        "a recogniser (mobilefacenet.onnx or dlib-resnet.dat)",
    )


def test_one_artefact_serves_all_its_members() -> None:
    source = ENTRIES[0].sources[0]
    assert isinstance(source, IndexMember)
    names = [entry.name for entry in load_manifest().siblings(source.artefact).values()]
    assert names == ["blazeface-short-range.tflite", "attention-mesh.tflite"]


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ModelError, match=r"arcface\.onnx.*mobilefacenet\.onnx") as caught:
        load_manifest().entry("arcface.onnx")
    assert caught.value.code == "unknown-weights"


@pytest.mark.parametrize("name", BUILT_IN)
def test_built_in_recognisers_are_of_the_manifest(name: str) -> None:
    spec = built_in_recogniser(name)
    entry = load_manifest().entry(spec.file)
    assert (spec.sha256, spec.licence, entry.role) == (entry.sha256, entry.licence, "recogniser")
