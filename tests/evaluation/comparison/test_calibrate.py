import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simreg.comparison.threshold_file import read_thresholds, write_thresholds
from simreg.errors import InputError
from simreg.evaluation.comparison.calibrate import calibrate

from .made_up import ORIGIN, scores


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.lists(st.floats(0.02, 0.1), min_size=1, max_size=3), st.floats(0.2, 1.5))
def test_thresholds_are_sound_and_bound_to_their_scores(seed: int, targets: list[float], apart: float) -> None:
    found = calibrate(scores(seed, people=20, apart=apart), targets, "tests")
    assert read_thresholds(write_thresholds(found), "made.json") == found
    assert [one.target_fmr for one in found] == sorted(set(targets), reverse=True)
    for one in found:
        assert one.fmr <= one.target_fmr
        assert one.refer_from <= one.value
        assert (one.recogniser, one.model_sha256, one.preprocessing) == (
            ORIGIN.recogniser,
            ORIGIN.model_sha256,
            ORIGIN.preprocessing,
        )
        assert (one.date, one.data_set, one.same_person) == (ORIGIN.date, ORIGIN.data_set, None)


@pytest.mark.parametrize("targets", [[], [0.0], [-1e-4], [0.2], [float("nan")], [0.05, 1.0]])
def test_targets_that_make_no_sense_are_refused(targets: list[float]) -> None:
    with pytest.raises(InputError) as caught:
        calibrate(scores(1), targets, "tests")
    assert caught.value.code == "calibrate-target"


def test_a_target_that_n_does_not_support_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        calibrate(scores(1), [0.1, 1e-4], "tests")
    assert caught.value.code == "too-few-comparisons"


def test_without_mated_comparisons_there_is_no_threshold() -> None:
    table = scores(1)
    table.similarity[table.pairs.mated] = float("nan")
    with pytest.raises(InputError) as caught:
        calibrate(table, [0.1], "tests")
    assert caught.value.code == "calibrate-no-mated"
