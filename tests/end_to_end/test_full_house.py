"""A server that has room for one capture: the next one waits, and then goes on by itself."""

from pathlib import Path

import pytest

from end_to_end.actor import ANN
from end_to_end.conftest import Windows
from end_to_end.house import House
from end_to_end.stage import Stage

pytestmark = [pytest.mark.weights, pytest.mark.material]


def test_the_second_waits_for_the_first(
    phone: Windows, stage: Stage, models: Path, portrait: bytes, tmp_path: Path
) -> None:
    with House(tmp_path, models, workers="1", captures="1") as small:
        (one, first_link), (two, second_link) = small.referenced(portrait), small.referenced(portrait)
        first, second = phone(at=small), phone(at=small)
        first.opens(first_link)
        first.begins(ANN)
        first.prompted()
        second.opens(second_link)
        second.begins(ANN)
        second.camera("waiting")
        second.looks_right("waiting")
        first.sees("accepted", 60)
        second.prompted()
        stage.rests()  # whoever acts was still moving for the first when the second's turn came
        second.page.shows('main[data-state="accepted"], main[data-state="again"]', 90)
        assert [small.result(case)["attempts"][0]["number"] for case in (one, two)] == [1, 1]
