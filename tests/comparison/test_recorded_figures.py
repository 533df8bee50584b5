"""The thresholds that are shipped, the scores that are recorded, and what the networks give today, agree."""

import csv
import gzip
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from simreg.capture.picture import read_picture
from simreg.comparison.templates import compare
from simreg.comparison.thresholds import check_fits, same_person, threshold_for
from simreg.face.detector import BlazeFace
from simreg.face.mesh import AttentionMesh
from simreg.face.recogniser import OnnxRecogniser
from simreg.face.types import Box, Detection
from simreg.loading import preprocessing
from simreg.models.recogniser_file import BUILT_IN, built_in_recogniser
from simreg.models.session import open_session

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "docs" / "results"
sys.path.insert(0, str(ROOT / "scripts"))

import thresholds  # noqa: E402


@dataclass(frozen=True)
class Recorded:
    """Row by row: whether mated, and the similarity."""

    mated: NDArray[np.bool_]
    similarity: NDArray[np.float64]


def recorded(name: str) -> Recorded:
    with gzip.open(RESULTS / f"comparison-{name}.csv.gz", "rt", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["row"]) for row in rows] == list(range(1, len(rows) + 1))
    values = np.array([float(row["similarity"] or "nan") for row in rows])
    return Recorded(np.array([row["mated"] == "1" for row in rows]), values)


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("target", [1e-3, 1e-4, 1e-5])
def test_the_recorded_scores_have_the_rates_that_the_thresholds_state(name: str, target: float) -> None:
    threshold, scores = threshold_for(name, target), recorded(name)
    there = ~np.isnan(scores.similarity)
    mated, other = scores.similarity[scores.mated & there], scores.similarity[~scores.mated & there]
    assert len(mated) == threshold.mated
    assert np.mean(mated < threshold.value) == pytest.approx(threshold.fnmr, abs=2.5 / len(mated))
    assert np.count_nonzero(other >= threshold.value) <= 10 + 4 * target * len(other)


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_histogram_has_the_fmr_that_the_threshold_states(name: str) -> None:
    facts: dict[str, Any] = json.loads((RESULTS / f"comparison-{name}.json").read_text())
    threshold = threshold_for(name)
    counts = {float(edge): count for edge, count in facts["non_mated_histogram"].items()}
    assert sum(counts.values()) == threshold.non_mated == facts["non_mated"]
    above = sum(count for edge, count in counts.items() if edge >= threshold.value) / threshold.non_mated
    at_least = sum(count for edge, count in counts.items() if edge + 0.005 > threshold.value) / threshold.non_mated
    assert above <= threshold.fmr <= at_least
    assert facts["model_sha256"] == threshold.model_sha256
    assert facts["preprocessing"] == threshold.preprocessing


def test_the_default_recogniser_misses_at_most_one_in_fifty() -> None:
    assert threshold_for("mobilefacenet").fnmr <= 0.02


@pytest.mark.parametrize("name", BUILT_IN)
def test_no_recording_of_one_person_is_taken_for_two(name: str) -> None:
    with (RESULTS / "comparison-same-person.csv").open(newline="") as file:
        links = [float(row[f"weakest_link_{name}"]) for row in csv.DictReader(file) if row[f"weakest_link_{name}"]]
    assert len(links) > 20
    assert min(links) >= same_person(threshold_for(name))
    assert thresholds.SAME_PERSON[name] == same_person(threshold_for(name))


@pytest.mark.weights
@pytest.mark.material
@pytest.mark.parametrize("name", BUILT_IN)
def test_the_networks_still_give_the_recorded_similarities(name: str, material: Path, weights: Any) -> None:
    spec = built_in_recogniser(name)
    recogniser = OnnxRecogniser(spec.name, spec.sha256, open_session(weights.ready(spec.file)), preprocessing(spec))
    check_fits(threshold_for(name), recogniser)
    detector = BlazeFace(open_session(weights.ready("blazeface-short-range.tflite")))
    mesh = AttentionMesh(open_session(weights.ready("attention-mesh.tflite")))
    folder, scores = thresholds.read_folder(material / "lfw"), recorded(name)
    assert folder.mated.tolist() == scores.mated.tolist()
    rows = [*np.flatnonzero(scores.mated)[::170], *np.flatnonzero(~scores.mated)[::10_000]]
    made = {}
    for number in sorted({int(picture) for row in rows for picture in folder.pairs[row]}):
        image = read_picture(folder.root / "images" / folder.names[number]).image
        points = thresholds.find_points(image, detector, mesh)
        assert points is not None
        made[number] = recogniser.template(recogniser.chip(image, points))
    now = np.array([compare(made[one], made[other]) for one, other in folder.pairs[rows].tolist()])
    scale = float(np.std(scores.similarity[~scores.mated]))
    assert np.abs(now - scores.similarity[rows]).mean() < 0.03 * scale
    assert np.abs(now - scores.similarity[rows]).max() < 0.3 * scale


def test_the_labelled_face_is_the_middle_one_unless_it_is_much_smaller() -> None:
    def found(x: float, width: float) -> Detection:
        return Detection(Box(x - width / 2, 125 - width / 2, width, width), 0.9, np.zeros((6, 2), np.float32))

    middle, large, speck = found(120, 80), found(210, 100), found(125, 20)
    assert thresholds.labelled([large, middle], 250, 250) is middle
    assert thresholds.labelled([large, speck], 250, 250) is large
    assert thresholds.labelled([], 250, 250) is None
