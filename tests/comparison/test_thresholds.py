from dataclasses import replace
from pathlib import Path

import pytest

from simreg.comparison.threshold_file import write_thresholds
from simreg.comparison.thresholds import check_fits, load_threshold, same_person, threshold_for
from simreg.errors import InputError, ModelError
from simreg.loading import preprocessing
from simreg.models.recogniser_file import BUILT_IN, built_in_recogniser
from synthetic.engine import SyntheticRecogniser, synthetic_threshold

ONE = synthetic_threshold()
STRICT = replace(ONE, value=0.6, target_fmr=1e-5)
LOOSE = replace(ONE, value=0.45, target_fmr=2e-3)


@pytest.mark.parametrize("name", BUILT_IN)
def test_each_built_in_recogniser_has_its_thresholds(name: str) -> None:
    loose, usual, strict = (threshold_for(name, target) for target in (1e-3, 1e-4, 1e-5))
    assert threshold_for(name) == usual
    assert loose.value < usual.value < strict.value
    assert loose.fnmr < usual.fnmr < strict.fnmr
    assert (usual.refer_from, strict.refer_from) == (loose.value, usual.value)
    assert all(one.fmr <= one.target_fmr for one in (loose, usual, strict))
    assert usual.non_mated > 1_000_000
    assert same_person(usual) > usual.refer_from


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_thresholds_are_bound_to_the_published_weights_and_their_preprocessing(name: str) -> None:
    spec = built_in_recogniser(name)
    assert threshold_for(name).recogniser == spec.name
    assert threshold_for(name).model_sha256 == spec.sha256
    assert threshold_for(name).preprocessing == str(preprocessing(spec))


def test_a_recogniser_without_measurement_has_no_threshold() -> None:
    for name in ("unheard-of", "../data/mobilefacenet", ""):
        with pytest.raises(ModelError) as caught:
            threshold_for(name)
        assert caught.value.code == "threshold-none"


def test_only_measured_targets_are_given() -> None:
    with pytest.raises(InputError) as caught:
        threshold_for("mobilefacenet", 1e-6)
    assert caught.value.code == "threshold-target"
    assert "0.0001" in caught.value.remedy


def test_a_threshold_fits_its_own_recogniser() -> None:
    check_fits(ONE, SyntheticRecogniser())


@pytest.mark.parametrize(
    ("changes", "told"), [({"model_sha256": "ab" * 32}, "abababababab"), ({"preprocessing": "other"}, "other")]
)
def test_a_threshold_of_another_model_is_refused(changes: dict[str, str], told: str) -> None:
    with pytest.raises(ModelError) as caught:
        check_fits(replace(ONE, **changes), SyntheticRecogniser())  # type: ignore[arg-type]
    assert caught.value.code == "threshold-other-model"
    assert told in caught.value.sentence
    assert caught.value.remedy


def test_the_thresholds_of_the_built_in_recognisers_do_not_fit_each_other() -> None:
    spec = built_in_recogniser("mobilefacenet")

    class Recogniser(SyntheticRecogniser):
        name, sha256, preprocessing = spec.name, spec.sha256, str(preprocessing(spec))

    check_fits(threshold_for("mobilefacenet"), Recogniser())
    with pytest.raises(ModelError, match="threshold for dlib-resnet"):
        check_fits(threshold_for("dlib-resnet"), Recogniser())


def test_an_operators_file_gives_its_only_threshold_or_the_one_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text(write_thresholds([LOOSE]))
    assert load_threshold(path) == LOOSE
    path.write_text(write_thresholds([LOOSE, ONE, STRICT]))
    assert load_threshold(path) == ONE
    assert load_threshold(path, 1e-5) == STRICT
    path.write_text(write_thresholds([LOOSE, STRICT]))
    with pytest.raises(InputError, match=r"holds no threshold for a target FMR of 0\.0001"):
        load_threshold(path)


def test_files_that_cannot_be_read_are_refused_without_a_traceback(tmp_path: Path) -> None:
    binary, large, damaged = tmp_path / "binary", tmp_path / "large", tmp_path / "damaged"
    binary.write_bytes(b"\xff\xfe\x00\x80" * 10)
    large.write_bytes(b" " * (1 << 21))
    damaged.write_text("{}")
    for path in (tmp_path / "none", tmp_path, binary, large):
        with pytest.raises(InputError) as caught:
            load_threshold(path)
        assert caught.value.code == "threshold-unreadable"
    with pytest.raises(InputError) as caught:
        load_threshold(damaged)
    assert caught.value.code == "threshold-damaged"


def test_where_same_person_was_not_measured_referral_stands_in() -> None:
    assert same_person(replace(ONE, same_person=0.47)) == 0.47
    assert same_person(replace(ONE, same_person=None)) == ONE.refer_from
