"""A capture that is broken off: nothing is lost, and it stays one attempt."""

import pytest

from end_to_end.actor import ANN
from end_to_end.conftest import Windows
from end_to_end.house import House
from end_to_end.stage import Stage

pytestmark = [pytest.mark.weights, pytest.mark.material]


def test_the_connection_is_cut_and_comes_back(house: House, phone: Windows, stage: Stage, portrait: bytes) -> None:
    case, link = house.referenced(portrait)
    who = phone()
    who.opens(link)
    who.begins(ANN)
    who.prompted(step=1)
    house.network.cut()
    who.camera("renewing")
    who.looks_right("renewing")
    stage.rests()
    house.network.mend()
    assert who.prompted() in ANN.actions
    who.sees("accepted", 60)
    (attempt,) = house.result(case)["attempts"]
    assert attempt["outcome"] == "accepted"
    assert who.page.evaluate("document.querySelector('#attempts')?.dataset.used ?? '1'") == "1"


def test_the_page_is_loaded_again(house: House, phone: Windows, stage: Stage, portrait: bytes) -> None:
    case, link = house.referenced(portrait)
    who = phone()
    who.opens(link)
    who.begins(ANN)
    who.prompted()
    who.page.reload()
    who.sees("elsewhere")
    who.looks_right("elsewhere")
    stage.rests()
    who.page.click("#continue")
    assert who.prompted() in ANN.actions, "what the person cannot do is forgotten"
    who.sees("accepted", 60)
    assert len(house.result(case)["attempts"]) == 1


def test_a_second_tab_takes_the_capture_over(house: House, phone: Windows, stage: Stage, portrait: bytes) -> None:
    case, link = house.referenced(portrait)
    first = phone()
    first.opens(link)
    first.begins(ANN)
    first.prompted()
    second = phone(beside=first)
    second.opens(link)
    second.sees("elsewhere")
    second.leaves_out(ANN)
    stage.rests()
    second.page.click("#continue")
    first.camera("trouble")
    assert first.trouble() == "taken-over"
    second.sees("accepted", 60)
    first.looks_right("taken-over")
    first.page.click("#leave")
    first.sees("accepted")
    assert len(house.result(case)["attempts"]) == 1


def test_the_person_stops(house: House, phone: Windows, portrait: bytes) -> None:
    case, link = house.referenced(portrait)
    who = phone()
    who.opens(link)
    who.begins(ANN)
    who.prompted()
    who.page.click("#stop")
    who.page.click("#stop-yes")
    who.sees("again")
    who.looks_right("again-stopped")
    assert house.result(case)["attempts"][0]["outcome"] == "abandoned"
