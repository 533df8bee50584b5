"""An agent's browser makes a key, somebody else agrees to it, and it signs: in a real browser, with the real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.chromium import Chromium
from browser.page import Page
from end_to_end.house import House
from end_to_end.test_staff import signed_in

pytestmark = [pytest.mark.weights, pytest.mark.material]


@pytest.fixture
def strict_house(models: Path, tmp_path: Path) -> Iterator[House]:
    """A server whose agents open cases on registered devices only."""
    with House(tmp_path, models, device_keys="on", workers="1") as house:
        yield house


def test_a_device_is_registered_and_signs(strict_house: House, browser: Chromium, axe: str) -> None:
    house = strict_house
    house.staff("otto", "operator")
    officer = signed_in(browser, house, axe, "cora", "compliance-officer")
    agent = signed_in(browser, house, axe, "ann", "agent")
    opens(house, agent.page)
    agent.page.shows('[data-problem="device-missing"]')
    agent.page.open(f"{house.url}/staff/device")
    agent.looks_right("staff-device")
    agent.page.goes("form[data-register] button")
    agent.page.shows('main [role="status"]')
    officer.page.open(f"{house.url}/staff/changes")
    officer.page.goes('button[value="agree"]')
    agent.page.open(f"{house.url}/staff/device")
    agent.page.shows("[data-device]")
    agent.looks_right("staff-device-registered")
    opens(house, agent.page)
    agent.page.shows("#live")
    assert house.call("GET", "/v1/cases")["cases"][0]["line"] == "+4915550009999"
    agent.page.close()
    officer.page.close()


def opens(house: House, page: Page) -> None:
    """Send an order."""
    page.open(f"{house.url}/staff/cases/new")
    page.write("#line", "+4915550009999")
    page.write("#shop", "North")
    page.goes("form.card button.main")
