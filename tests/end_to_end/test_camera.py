"""A camera that may not be used, or is not there: words, a way on, and no attempt used up."""

import pytest

from browser.chromium import Chromium
from browser.page import Page
from end_to_end.actor import ANN
from end_to_end.conftest import PHONE, Windows
from end_to_end.house import House
from end_to_end.subscriber import Subscriber

pytestmark = [pytest.mark.weights, pytest.mark.material]


def test_permission_refused_and_then_given(house: House, phone: Windows, portrait: bytes) -> None:
    case, link = house.referenced(portrait)
    who = phone(camera="denied")
    who.opens(link)
    who.begins(ANN)
    who.camera("trouble")
    assert who.trouble() == "camera-refused"
    who.looks_right("camera-refused")
    assert house.result(case)["attempts"] == []
    who.page.allow("camera", "granted", house.url)
    who.page.click("#way-on")
    who.prompted()
    who.looks_right("prompt")


def test_permission_is_asked_for(house: House, phone: Windows, portrait: bytes) -> None:
    _, link = house.referenced(portrait)
    who = phone(camera="prompt")
    who.opens(link)
    who.begins(ANN)
    who.camera("trouble")
    assert who.trouble() == "camera-refused"


def test_no_camera(house: House, chromium_program: str, portrait: bytes, axe: str) -> None:
    case, link = house.referenced(portrait)
    with Chromium(chromium_program, "--use-fake-device-for-media-stream=device-count=0") as bare:
        page = Page(bare, PHONE)
        page.allow("camera", "granted", house.url)
        who = Subscriber(page, axe)
        who.opens(link)
        who.begins(ANN)
        who.camera("trouble")
        assert who.trouble() == "camera-none"
        who.looks_right("camera-none")
        page.click("#leave")
        who.sees("ready")
    assert house.result(case)["attempts"] == []
