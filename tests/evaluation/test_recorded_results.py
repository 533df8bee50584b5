"""The results that are written up were measured with the code and the weights that are here."""

import csv
import gzip
import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from simreg.evaluation.algorithm import algorithm_digest
from simreg.models.manifest import load_manifest

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "docs" / "results"
NEWEST = sorted(RESULTS.glob("pad-20*.json"))[-1]
FACTS: dict[str, Any] = json.loads(NEWEST.read_text(encoding="utf-8"))

GOAL_APCER, GOAL_BPCER = 0.07, 0.05
"""The goals of the project; that of the APCER is for attacks that do not know the challenge."""


def script() -> ModuleType:
    """scripts/pad_results.py."""
    spec = importlib.util.spec_from_file_location("pad_results", ROOT / "scripts" / "pad_results.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows() -> list[dict[str, str]]:
    with gzip.open(NEWEST.with_suffix(".csv.gz"), "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_algorithm_is_the_one_that_was_measured() -> None:
    """Who changes a check, a limit or the preprocessing measures again, as docs/pad.md says how, and writes it down."""
    measured = {FACTS["algorithm_sha256"]} | {run["algorithm_sha256"] for run in FACTS["runs"].values()}
    assert measured == {algorithm_digest()}


def test_the_weights_are_those_that_were_measured() -> None:
    known = {entry.name: entry.sha256 for entry in load_manifest().entries}
    assert len(FACTS["models"]) >= 4
    for model in FACTS["models"]:
        assert model["sha256"] in known.values(), model["name"]


def test_the_page_is_what_the_figures_say() -> None:
    assert NEWEST.with_suffix(".md").read_text(encoding="utf-8") == script().page(FACTS["runs"], FACTS["day"])


@pytest.mark.parametrize("run", FACTS["runs"])
def test_the_figures_are_what_the_rows_say(run: str) -> None:
    mine = [row for row in rows() if row["run"] == run]
    figures = FACTS["runs"][run]
    assert len(mine) == sum(figures["presentations"].values())
    accepted = Counter(row["species"] for row in mine if row["label"] == "attack" and row["outcome"] == "accept")
    assert {one["species"]: one["iapar"]["errors"] for one in figures["attacks"] if one["iapar"]["errors"]} == accepted
    live = [row for row in mine if row["label"] == "bona-fide"]
    assert figures["bona_fide"]["bpcer"]["errors"] == sum(row["response"] == "attack" for row in live)


def test_attacks_that_do_not_know_the_challenge_stay_below_the_goal() -> None:
    drawn, known = FACTS["runs"]["challenge drawn"], FACTS["runs"]["challenge known"]
    assert max(one["apcer"]["rate"] or 0.0 for one in drawn["attacks"]) <= GOAL_APCER
    assert known["bona_fide"]["bpcer"]["rate"] <= GOAL_BPCER
