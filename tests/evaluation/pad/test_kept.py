import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from evaluation.pad.made_up import CUT, PASSED, UNREADABLE, anything_judged, presentation
from simreg.errors import InputError
from simreg.evaluation.pad.kept import Kept, as_json, engine_digest, from_json, key_of
from simreg.evaluation.pad.types import Judged
from simreg.liveness.types import Action
from simreg.models.files import sha256
from synthetic.attempt import plain
from synthetic.engine import synthetic_engine, synthetic_threshold


@given(anything_judged())
def test_what_is_kept_comes_back_as_it_was(one: Judged) -> None:
    assert from_json(json.loads(json.dumps(as_json(one)))) == one


def test_a_whole_attempt_comes_back_with_its_curves() -> None:
    one = replace(PASSED, pad=plain().liveness)
    back = from_json(json.loads(json.dumps(as_json(one))))
    assert back.pad is not None
    assert back.pad.checks == plain().liveness.checks
    assert back.pad.seen == plain().liveness.seen
    assert len(back.pad.curves) == len(plain().liveness.curves)
    assert back.pad.curves[40].yaw == pytest.approx(plain().liveness.curves[40].yaw, abs=6e-4)


def test_results_are_there_the_next_time_even_after_a_line_that_broke_off(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    with Kept(path) as kept:
        kept.add("one", PASSED)
        kept.add("two", CUT)
    path.write_text(path.read_text()[:-30])
    with Kept(path) as kept:
        assert kept.results == {"one": PASSED}
        kept.add("three", UNREADABLE)
    assert Kept(path).results == {"one": PASSED, "three": UNREADABLE}


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"key": 1}', '{"key": "a", "error": null}', "null"])
def test_damaged_lines_are_left_out(tmp_path: Path, line: str) -> None:
    path = tmp_path / "kept.jsonl"
    path.write_text(line + "\n")
    assert Kept(path).results == {}


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught, Kept(tmp_path / "none" / "kept.jsonl"):
        pass
    assert caught.value.code == "output-unwritable"


def test_a_result_is_bound_to_files_challenge_networks_and_threshold(tmp_path: Path) -> None:
    file, reference = tmp_path / "one.mp4", tmp_path / "portrait.png"
    file.write_bytes(b"one")
    reference.write_bytes(b"two")
    one, engine = presentation(file=file, reference=reference), synthetic_engine()
    before = key_of(one, engine_digest(engine))
    assert before == key_of(replace(one, row=7, species="replay"), engine_digest(engine))
    others = [
        key_of(replace(one, challenge=(Action.BLINK,)), engine_digest(engine)),
        key_of(replace(one, reference=None), engine_digest(engine)),
        key_of(one, engine_digest(synthetic_engine(threshold=synthetic_threshold(0.6)))),
        key_of(one, engine_digest(replace(engine, models=(replace(engine.models[0], sha256=sha256(b"x")),)))),
    ]
    file.write_bytes(b"changed")
    others.append(key_of(one, engine_digest(engine)))
    assert len({before, *others}) == 6


def test_a_result_is_bound_to_the_code_that_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key_of(presentation(), "engine")
    monkeypatch.setattr("simreg.evaluation.pad.kept.code_digest", lambda: "other")
    assert key_of(presentation(), "engine") != before
