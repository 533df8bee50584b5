import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simreg.errors import ModelError
from simreg.models.recogniser_file import built_in_recogniser, load_recogniser_file

GOOD = {
    "name": '"own"',
    "file": '"own.onnx"',
    "sha256": f'"{"AB" * 32}"',
    "licence": '"CC0"',
    "input_size": "112",
    "colour": '"bgr"',
    "mean": "127.5",
    "std": "[127.5, 128, 128.25]",
    "template_length": "512",
    "mirror": "false",
}
OPTIONAL = ("scale", "thresholds", "alignment", "centre", "lengths", "length_power")


def write(folder: Path, **changes: str | None) -> Path:
    lines = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
    path = folder / "own.toml"
    path.write_text("".join(f"{key} = {value}\n" for key, value in lines.items()), encoding="utf-8")
    return path


def test_reads_what_an_operator_wrote(tmp_path: Path) -> None:
    spec = load_recogniser_file(write(tmp_path, thresholds='"own.json"'))
    assert spec.file == str(tmp_path / "own.onnx")
    assert spec.thresholds == tmp_path / "own.json"
    assert spec.sha256 == "ab" * 32
    assert spec.mean == (127.5, 127.5, 127.5)
    assert (spec.alignment, spec.template_length, spec.mirror, spec.built_in) == ("arcface", 512, False, False)
    assert (spec.colour, spec.mean, spec.std, spec.mirror) == ("bgr", (127.5,) * 3, (127.5, 128.0, 128.25), False)


def test_scale_is_one_over_std(tmp_path: Path) -> None:
    by_scale = load_recogniser_file(write(tmp_path, std=None, scale="0.0078125"))
    by_std = load_recogniser_file(write(tmp_path, std="128.0"))
    assert (by_scale.mean, by_scale.std) == (by_std.mean, by_std.std)


def test_thresholds_may_be_left_out(tmp_path: Path) -> None:
    assert load_recogniser_file(write(tmp_path)).thresholds is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": None}, "lacks name"),
        ({"colour": None, "mirror": None}, "lacks colour, mirror"),
        ({"color": '"rgb"'}, "unknown keys: color"),
        ({"name": '""'}, "no plain text as name"),
        ({"name": '"a\\nb"'}, "no plain text as name"),
        ({"licence": "1"}, "no plain text as licence"),
        ({"file": '"own.pth"'}, r"is no \.onnx file"),
        ({"sha256": '"abc"'}, "64 hexadecimal digits"),
        ({"input_size": "128"}, "the alignment arcface gives 112 pixels"),
        ({"input_size": "112.0"}, "whole number"),
        ({"template_length": "0"}, "whole number"),
        ({"template_length": "true"}, "whole number"),
        ({"colour": '"RGB"'}, "it may be rgb or bgr"),
        ({"alignment": '"none"'}, "it may be arcface or dlib"),
        ({"alignment": "[]"}, "it may be arcface or dlib"),
        ({"mirror": "1"}, "it may be true or false"),
        ({"mean": "[1, 2]"}, "one number or three"),
        ({"mean": '[1, 2, "3"]'}, "one number or three"),
        ({"mean": "[1, 2, 3, 4]"}, "one number or three"),
        ({"mean": None}, "one number or three"),
        ({"mean": "nan"}, "one number or three"),
        ({"std": "inf"}, "one number or three"),
        ({"std": "0"}, "std that is not above 0"),
        ({"std": None}, "either std or scale"),
        ({"scale": "1"}, "either std or scale"),
        ({"std": None, "scale": "1e-300"}, "scale that is not above 0"),
        ({"name": "x"}, "is not TOML"),
        ({"lengths": "[1, 2]"}, "both lengths and length_power"),
        ({"length_power": "0.1"}, "both lengths and length_power"),
        ({"lengths": "[2, 1]", "length_power": "0.1"}, "the lower one first"),
        ({"lengths": "[0, 1]", "length_power": "0.1"}, "must be above 0"),
        ({"lengths": "[nan, 1]", "length_power": "0.1"}, "must be above 0"),
        ({"lengths": "[1]", "length_power": "0.1"}, "must be two numbers"),
        ({"lengths": "2", "length_power": "0.1"}, "must be two numbers"),
        ({"lengths": "[1, true]", "length_power": "0.1"}, "must be two numbers"),
        ({"lengths": "[1, 2]", "length_power": "-0.1"}, "a number from 0 to 1"),
        ({"lengths": "[1, 2]", "length_power": "true"}, "a number from 0 to 1"),
        ({"centre": "1"}, "no plain text as centre"),
        ({"centre": '"none.json"'}, "cannot be read"),
    ],
    ids=str,
)
def test_refuses_what_makes_no_sense(tmp_path: Path, change: dict[str, str | None], why: str) -> None:
    with pytest.raises(ModelError, match=why) as error:
        load_recogniser_file(write(tmp_path, **change))
    assert error.value.code == "bad-recogniser-file"
    assert str(tmp_path / "own.toml") in error.value.sentence


def test_reads_how_features_become_templates(tmp_path: Path) -> None:
    (tmp_path / "own.centre").write_text('{"made_by": "me", "centre": [0.5, -1, 0, 0.25]}', encoding="utf-8")
    changes = {"template_length": "4", "centre": '"own.centre"', "lengths": "[2, 8.5]", "length_power": "0.5"}
    spec = load_recogniser_file(write(tmp_path, **changes))
    assert (spec.centre, spec.lengths, spec.length_power) == ((0.5, -1.0, 0.0, 0.25), (2.0, 8.5), 0.5)
    plain = load_recogniser_file(write(tmp_path))
    assert (plain.centre, plain.lengths, plain.length_power) == ((), (1.0, 1.0), 0.0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[0.1, 0.1]", "no JSON object"),
        ("{}", "no JSON object"),
        ("", "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ('{"centre": [0.1]}', "does not hold template_length numbers"),
        ('{"centre": "12"}', "does not hold template_length numbers"),
        ('{"centre": [0.1, 2]}', "numbers from -1 to 1"),
        ('{"centre": [0.1, NaN]}', "numbers from -1 to 1"),
        ('{"centre": [0.1, true]}', "numbers from -1 to 1"),
    ],
    ids=lambda text: text[:20],
)
def test_refuses_a_centre_that_makes_no_sense(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "own.centre").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=why) as error:
        load_recogniser_file(write(tmp_path, template_length="2", centre='"own.centre"'))
    assert error.value.code == "bad-recogniser-file"


def test_refuses_what_is_no_text_or_no_file(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "own.toml", tmp_path / "none.toml", tmp_path):
        with pytest.raises(ModelError) as error:
            load_recogniser_file(path)
        assert error.value.code == "bad-recogniser-file"


VALUES: st.SearchStrategy[Any] = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.floats().map(str),
    st.sampled_from(["true", '"x"', "[]", "{}", "1979-05-27", '"../../x.onnx"', "[[1]]", "[1, 2, 3]", "[1.5, true, 3]"]),
)


@given(st.dictionaries(st.sampled_from([*GOOD, *OPTIONAL, "other"]), VALUES))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_values_are_read_or_refused_and_nothing_else(tmp_path: Path, changes: dict[str, str]) -> None:
    try:
        spec = load_recogniser_file(write(tmp_path, **changes))
    except ModelError as error:
        assert error.code == "bad-recogniser-file"  # noqa: PT017
    else:
        assert all(0 < part < 1e7 for part in spec.std)
        assert all(math.isfinite(part) for part in (*spec.mean, *spec.std))


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "own.toml").write_bytes(data)
    with pytest.raises(ModelError):
        load_recogniser_file(tmp_path / "own.toml")


def test_how_pictures_are_prepared_for_the_built_in_recognisers() -> None:
    first, second = (built_in_recogniser(name) for name in ("mobilefacenet", "dlib-resnet"))
    assert (first.alignment, first.input_size, first.mean[0], first.std[0]) == ("arcface", 112, 123.675, 58.395)
    assert (second.alignment, second.input_size, second.mean, second.std) == ("dlib", 150, (0, 0, 0), (1, 1, 1))
    assert (len(first.centre), first.lengths, first.length_power) == (128, (14, 21), 0.15)
    assert (second.centre, second.length_power) == ((), 0)
