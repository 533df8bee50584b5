"""From the link to the active line: the real server, real weights, and pictures of a real person."""

from pathlib import Path

import pytest

from end_to_end.actor import ANN
from end_to_end.conftest import Windows
from end_to_end.house import House

pytestmark = [pytest.mark.weights, pytest.mark.material]


def test_from_the_link_to_the_active_line(house: House, phone: Windows, portrait: bytes, tmp_path: Path) -> None:
    document = tmp_path / "document.png"
    document.write_bytes(portrait)
    case, link = house.opened()
    who = phone()
    who.opens(link)
    who.sees("consent")
    who.looks_right("consent")
    who.page.click("#agree")
    who.sees("document")
    who.looks_right("document")
    who.shows_document(document)
    who.sees("ready")
    who.looks_right("ready")
    who.begins(ANN)
    who.sees("accepted", 60)
    who.looks_right("accepted")
    told = house.result(case)
    assert (told["state"], told["accepted_by"]) == ("accepted", "face")
    (attempt,) = told["attempts"]
    assert len(attempt["reaction_ms"]) == 3
    assert who.page.read("#folio") == told["folio"]
    line = who.page.read("#line")
    house.call("POST", f"/v1/cases/{case}/activation", {})
    who.sees("activated")
    who.looks_right("activated")
    assert line in who.page.text()


def test_a_trial_by_keyboard_alone(house: House, phone: Windows) -> None:
    who = phone()
    who.opens(house.url)
    who.page.shows("main")
    who.looks_right("try")
    who.presses("#try")
    who.sees("consent")
    who.presses("#agree")
    who.sees("document")
    assert who.focused() == "title"
    who.presses("#own-face")
    who.page.shows("#shutter:not([disabled])")
    who.looks_right("document-camera")
    who.presses("#shutter")
    who.presses("#use-picture")
    who.sees("ready")
    who.presses("#cannot")
    who.page.shows("#movements")
    who.looks_right("cannot")
    names = who.page.evaluate("[...document.querySelectorAll('#movements input')].map((it) => it.name)")
    for action in ANN.cannot(names):
        who.presses(f"input[name={action}]", " ")
    who.presses("#save-cannot")
    who.presses("#begin")
    who.sees("accepted", 60)
    assert who.focused() == "title"
    who.sees("activated")  # in a trial the server does what the operator's system does
