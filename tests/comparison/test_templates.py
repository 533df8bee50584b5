import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from simreg.comparison.templates import compare, live_template


def unit(seed: int) -> NDArray[np.float32]:
    vector = np.random.default_rng(seed).normal(size=16)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


@given(st.lists(st.tuples(st.integers(0, 99), st.floats(0.01, 1)), min_size=1, max_size=8))
def test_the_similarity_is_the_weighted_mean_of_the_probes(probes: list[tuple[int, float]]) -> None:
    reference = unit(1000)
    templates, qualities = [unit(seed) for seed, _ in probes], [quality for _, quality in probes]
    expected = np.average([float(reference @ one) for one in templates], weights=qualities)
    assert compare(reference, live_template(templates, qualities)) == pytest.approx(expected, abs=1e-5)


def test_without_qualities_all_probes_count_alike() -> None:
    templates = [unit(1), unit(2), unit(3)]
    assert live_template(templates) == pytest.approx(np.mean(templates, axis=0), abs=1e-6)
    assert live_template(templates, [0.0, 0.0, 0.0]) == pytest.approx(live_template(templates))


def test_a_better_probe_counts_more() -> None:
    good, bad = unit(1), unit(2)
    assert compare(good, live_template([good, bad], [0.9, 0.1])) > compare(good, live_template([good, bad], [0.1, 0.9]))


def test_no_probe_makes_a_live_template_more_alike_than_the_best_probe() -> None:
    reference, templates = unit(5), [unit(6), unit(7), unit(8)]
    assert compare(reference, live_template(templates)) <= max(compare(reference, one) for one in templates)


def test_one_probe_is_the_live_template() -> None:
    assert live_template([unit(4)], [0.3]) == pytest.approx(unit(4))


def test_without_probes_there_is_no_live_template() -> None:
    with pytest.raises(ValueError, match="at least one probe"):
        live_template([])


def test_rounding_never_leads_beyond_one() -> None:
    long = np.float32(1.0000002) * unit(3)
    assert compare(long, long) == 1.0
    assert compare(long, -long) == -1.0
