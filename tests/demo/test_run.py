"""The whole demonstration, with the project's own networks."""

from pathlib import Path

import pytest

from conftest import Weights
from demo.made_up import need_all
from simreg.cli.main import main
from simreg.decision.types import Outcome
from simreg.demo.run import demonstrate
from simreg.errors import InputError
from simreg.models.progress import NullProgress

pytestmark = pytest.mark.weights


@pytest.fixture
def in_place(weights: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    """The weights where a command looks for them."""
    need_all(weights)
    monkeypatch.setattr("simreg.demo.run.ModelStore", lambda **_: weights.store)


@pytest.mark.usefixtures("in_place")
def test_all_three_scenes_end_as_they_must(tmp_path: Path) -> None:
    shown = demonstrate(tmp_path / "new" / "folder", "zh", NullProgress())
    assert shown.as_expected
    outcomes = {scene.name: scene.result.decision.outcome for scene in shown.scenes}
    assert outcomes["ignores"] is not Outcome.ACCEPT
    assert outcomes["print"] is not Outcome.ACCEPT
    for scene in shown.scenes:
        assert scene.page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        assert scene.film.stat().st_size > 10_000
    assert all(f"{name}.html" in shown.page.read_text(encoding="utf-8") for name in outcomes)


@pytest.mark.usefixtures("in_place")
def test_a_folder_that_cannot_be_made_is_told_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["demo", "--out", str(tmp_path / "file" / "folder")]) == InputError.exit_status
    assert "output-unwritable" in capsys.readouterr().err
