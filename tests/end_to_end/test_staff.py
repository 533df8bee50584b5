"""In the shop and behind it: an agent opens a case, the subscriber comes by the code, a reviewer decides."""

from pathlib import Path

import cv2
import pytest

from browser.chromium import Chromium
from browser.page import Look, Page
from end_to_end.actor import ANN, Actor
from end_to_end.conftest import Film, Windows
from end_to_end.house import PASSWORD, House
from end_to_end.stage import Stage
from end_to_end.subscriber import Subscriber

pytestmark = [pytest.mark.weights, pytest.mark.material]

DESK = Look(width=1280, height=900)


def signed_in(browser: Chromium, house: House, axe: str, name: str, role: str) -> Subscriber:
    """A member of the staff at their desk."""
    house.staff(name, role)
    member = Subscriber(Page(browser, DESK), axe)
    member.page.open(f"{house.url}/staff")
    member.looks_right("staff-sign-in")
    member.page.write("#name", name)
    member.page.write("#password", PASSWORD)
    member.page.goes("button.main")
    return member


def test_an_agent_opens_a_case_and_a_reviewer_decides(
    house: House, browser: Chromium, phone: Windows, stage: Stage, ann: Film, portrait: bytes, axe: str, tmp_path: Path
) -> None:
    agent = signed_in(browser, house, axe, "agent-one", "agent")
    agent.looks_right("staff-cases")
    agent.page.open(f"{house.url}/staff/cases/new")
    agent.page.write("#line", "+4915559000001")
    agent.looks_right("staff-order")
    agent.page.goes(".card button.main")
    agent.looks_right("staff-case")
    agent.page.goes('form[action$="/link"] button')
    agent.looks_right("staff-link")

    agent.page.screenshot(tmp_path / "code.png")
    code = cv2.imread(str(tmp_path / "code.png"))
    assert code is not None
    link, *_ = cv2.QRCodeDetector().detectAndDecode(code)
    assert link == agent.page.evaluate("document.querySelector('#address').value")
    before = agent.page.read("#live h1")
    who = phone()
    who.opens(link)
    who.page.click("#agree")
    who.sees("document")
    agent.page.wait(f"document.querySelector('#live h1').textContent.trim() !== {before!r}")

    document = tmp_path / "document.png"
    document.write_bytes(portrait)
    who.shows_document(document)
    stage.enter(Actor(ANN, ann, light=0.3))
    who.begins(ANN)
    who.sees("referred", 60)
    who.looks_right("referred")
    assert who.reasons()[0] == "light"

    reviewer = signed_in(browser, house, axe, "reviewer-one", "reviewer")
    reviewer.looks_right("staff-queue")
    reviewer.page.goes(".list a.stub")
    reviewer.page.wait("[...document.images].length > 0 && [...document.images].every((one) => one.naturalWidth > 0)")
    reviewer.looks_right("staff-review")
    reviewer.page.write("#reason", "The same person: mole on the left cheek.")
    reviewer.page.goes('button[value="accept"]')
    who.sees("accepted")
    agent.page.wait("document.querySelector('#live h1').textContent.includes('onfirmed')")
    agent.page.close()
    reviewer.page.close()


def test_an_inspector_and_a_compliance_officer_see_their_pages(house: House, browser: Chromium, axe: str) -> None:
    inspector = signed_in(browser, house, axe, "inspector-one", "inspector")
    inspector.looks_right("staff-inspect")
    for name in ("rates", "unusual", "cases?size=3", "reconcile"):
        inspector.page.open(f"{house.url}/staff/inspect/{name}")
        inspector.looks_right(f"staff-inspect-{name.partition('?')[0]}")
    officer = signed_in(browser, house, axe, "officer-one", "compliance-officer")
    officer.page.shows("#role")
    officer.looks_right("staff-changes")
    inspector.page.close()
    officer.page.close()
