"""A case as its agent sees it, and the agent's acts."""

import html
import re
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from console.house import Browser, House, hidden, words
from service.desk import ACCEPT, REFER, REFUSE
from simreg.errors import AccessError
from simreg.registration.types import Case, State
from simreg.service.types import Abandoned

XSS = "<script>alert(1)</script>\"'>"


def opened(house: House, **values: Any) -> Case:
    return house.desk.opened(agent=house.actor("ann"), channel="shop", **values)


def at(case: Case) -> str:
    return f"/staff/cases/{case.id}"


def link_of(page: str) -> str:
    """The subscriber's link on the page with the code."""
    found = re.search(r'<input id="address"[^>]*value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def read_code(page: str) -> str:
    """What a phone reads off the page: the squares are drawn anew from the path, and decoded."""
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', page)
    path = re.search(r'<path[^>]*stroke="#000"[^>]*\bd="([^"]*)"', page)
    assert box is not None
    assert path is not None
    picture = np.full((int(box[1]), int(box[1])), 255, np.uint8)
    x, y = 0.0, 0.0
    for kind, numbers in re.findall(r"([Mmh])([-\d. ]*)", path[1]):
        values = [float(one) for one in re.findall(r"-?\d*\.?\d+", numbers)]
        if kind == "h":
            picture[int(y), int(x) : int(x + values[0])] = 0
            x += values[0]
        else:
            x, y = (values[0], values[1]) if kind == "M" else (x + values[0], y + values[1])
    large = cv2.resize(picture, None, fx=6, fy=6, interpolation=cv2.INTER_NEAREST)
    return str(cv2.QRCodeDetector().detectAndDecode(large)[0])


def test_the_code_opens_this_case_on_the_subscriber_s_phone(house: House) -> None:
    browser, case = house.as_("ann"), opened(house)
    answer = browser.send(at(case), f"{at(case)}/link")
    assert answer.status_code == 200
    address = link_of(answer.text)
    assert read_code(answer.text) == address
    base, token = address.split("/r#")
    assert base == house.settings.public_url
    assert house.desk.registration.subscriber_case(token).id == case.id
    assert token not in browser.get(at(case)).text  # told only once
    assert browser.get(f"{at(case)}/link").headers["location"] == at(case)
    assert f'<a href="{base}' not in answer.text  # opening it here would leave the agent signed in


def test_handing_the_device_over_signs_the_agent_out(house: House) -> None:
    browser, case = house.as_("ann"), opened(house)
    cookie = browser.client.cookies["simreg_staff"]
    answer = browser.send(at(case), f"{at(case)}/hand-over")
    assert answer.status_code == 303
    page, token = answer.headers["location"].split("#")
    assert page == "/r"
    assert house.desk.registration.subscriber_case(token).id == case.id
    assert "simreg_staff" not in browser.client.cookies
    assert browser.get(at(case)).headers["location"] == f"/staff/sign-in?next={at(case)}"
    with pytest.raises(AccessError):
        house.access.session(cookie)


def test_no_link_leads_to_a_case_that_is_over_and_the_agent_stays(house: House) -> None:
    browser, case = house.as_("ann"), opened(house)
    values = hidden(browser.get(at(case)).text, f"{at(case)}/link")
    house.desk.registration.withdraw(case.id, "subscriber")
    for act in ("link", "hand-over"):
        answer = browser.post(f"{at(case)}/{act}", values)
        assert (answer.status_code, 'data-problem="case-over"' in answer.text) == (409, True)
        assert "The subscriber has withdrawn" in words(answer)
    assert f"{at(case)}/link" not in browser.get(at(case)).text


def follow(browser: Browser, case: Case, version: int) -> dict[str, object]:
    answer = browser.get(f"{at(case)}/state?version={version}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    return dict(answer.json())


def test_the_page_is_told_what_changed_and_nothing_else(house: House) -> None:
    browser, case = house.as_("ann"), opened(house)
    where = f"{at(case)}/state"
    assert browser.get(f"{where}?version={case.version}").status_code == 204
    house.desk.registration.consent(case.id, "subscriber", "1")
    told = follow(browser, case, case.version)
    assert (told["version"], told["state"], told["over"], told["said"]) == (
        2,
        "consented",
        False,
        "The subscriber has agreed",
    )
    assert set(told["parts"]) == {"live", "acts", "slip"}  # type: ignore[call-overload]
    page = browser.get(at(case)).text
    for part in dict(told["parts"]).values():  # type: ignore[call-overload]
        assert part.strip() in page
    house.desk.registration.withdraw(case.id, "subscriber")
    assert follow(browser, case, 2)["over"] is True


def test_attempts_reasons_and_next_steps_are_in_words(house: House) -> None:
    browser, case = house.as_("ann"), opened(house)
    house.desk.registration.consent(case.id, "subscriber", "1")
    house.desk.registration.set_reference(case.id, "subscriber", b"a document")
    house.desk.attempted(case, REFUSE)
    shown = words(browser.get(at(case)))
    assert "It did not work this time" in shown
    assert "Attempts used: 1 of 3" in shown
    assert "The face is not that of the document's portrait." in shown
    order = house.desk.begun(case)
    assert "Before the camera now" in words(browser.get(at(case)))
    house.desk.registration.end_attempt(order.attempt_id, order.run, Abandoned("stopped"))
    shown = words(browser.get(at(case)))
    assert "The subscriber stopped the capture before its end." in shown
    assert "The face is not that" not in shown
    house.desk.attempted(case, REFUSE)
    shown = words(browser.get(at(case)))
    assert "Not confirmed" in shown
    assert "Attempts used: 3 of 3" in shown
    assert f'action="{at(case)}/alternative"' in browser.get(at(case)).text


def test_a_lock_out_is_told_with_its_end(house: House) -> None:
    browser, case = house.as_("ann"), house.desk.referenced(profile="locks")
    for _ in range(2):
        house.desk.attempted(case, REFUSE)
    assert "Too many attempts failed in a short time." in words(browser.get(at(case)))
    house.desk.later(1800)
    assert "Too many attempts failed" not in words(browser.get(at(case)))


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_page(state: State, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    case = replace(house.desk.accepted(), state=state)
    monkeypatch.setattr(house.desk.registration, "case", lambda _id: case)
    for language, short in (("en", "for staff"), ("zh", "工作人员")):
        answer = house.as_("ann").get(f"{at(case)}?language={language}")
        assert answer.status_code == 200
        assert short in answer.text


def test_an_agent_carries_out_the_way_without_a_face(house: House) -> None:
    browser, case = house.as_("ann"), opened(house)
    answer = browser.send(at(case), f"{at(case)}/alternative", reason="cannot")
    assert (answer.status_code, answer.headers["location"]) == (303, at(case))
    assert "What you found" in words(browser.get(at(case)))
    values = {"document": "passport", "note": "Hologram and portrait as they should be.", "decision": "accept"}
    answer = browser.send(at(case), f"{at(case)}/alternative/end", **values)
    assert answer.status_code == 303
    after = house.desk.registration.case(case.id)
    assert (after.state, after.accepted_by) == (State.ACCEPTED, "alternative")
    event = house.desk.registration.events(case.id)[-1]
    assert (event.actor, event.data) == (house.actor("ann"), {name: values[name] for name in ("document", "note")})
    assert "the way without a face" in words(browser.get(at(case)))


def test_what_the_agent_does_not_confirm_is_refused(house: House) -> None:
    browser, case = house.as_("ann"), opened(house)
    browser.send(at(case), f"{at(case)}/alternative", reason="rather-not")
    for decision, document, problem in (("", "passport", "text-code"), ("maybe", "passport", "text-code")):
        answer = browser.send(at(case), f"{at(case)}/alternative/end", decision=decision, document=document, note="kept")
        assert (answer.status_code, f'data-problem="{problem}"' in answer.text) == (422, True)
    answer = browser.send(at(case), f"{at(case)}/alternative/end", decision="accept", document="A Card", note="kept note")
    assert answer.status_code == 422
    assert "kept note" in answer.text
    browser.send(at(case), f"{at(case)}/alternative/end", decision="refuse", document="passport", note="")
    assert house.desk.registration.case(case.id).state is State.REFUSED


def test_a_case_is_cancelled_with_a_reason(house: House) -> None:
    browser, case = house.as_("ann"), opened(house)
    answer = browser.send(at(case), f"{at(case)}/cancellation", reason="  ")
    assert (answer.status_code, 'data-problem="text-length"' in answer.text) == (422, True)
    assert browser.send(at(case), f"{at(case)}/cancellation", reason="Wrong line.").status_code == 303
    after = house.desk.registration.case(case.id)
    assert after.state is State.CANCELLED
    assert house.desk.registration.events(case.id)[-1].data == {"reason": "Wrong line."}
    assert "data-follow" not in browser.get(at(case)).text


@pytest.mark.parametrize("version", [None, "", "0", "2x", "²", "9" * 40])
def test_what_was_decided_on_an_older_page_is_not_done(version: str | None, house: House) -> None:
    browser, case = house.as_("ann"), opened(house)
    values = hidden(browser.get(at(case)).text, f"{at(case)}/cancellation") | {"reason": "x"}
    if version is None:
        house.desk.registration.consent(case.id, "subscriber", "1")
    else:
        values["version"] = version
    before = house.desk.registration.case(case.id)
    answer = browser.post(f"{at(case)}/cancellation", values)
    assert (answer.status_code, 'data-problem="case-changed"' in answer.text) == (409, True)
    assert "Somebody else was first" in words(answer)
    assert house.desk.registration.case(case.id) == before


def test_what_people_wrote_stays_text(house: House) -> None:
    browser, case = house.as_("ann"), opened(house)
    pages = [browser.send(at(case), f"{at(case)}/alternative", reason=XSS)]
    browser.send(at(case), f"{at(case)}/alternative", reason="cannot")
    values = {"document": XSS, "note": XSS, "decision": "accept"}
    pages += [browser.send(at(case), f"{at(case)}/alternative/end", **values)]
    browser.send(at(case), f"{at(case)}/alternative/end", **values | {"document": "passport"})
    pages += [browser.send(at(case), f"{at(case)}/cancellation", reason=XSS), browser.get(at(case))]
    assert all("<script>alert" not in page.text for page in pages)
    assert house.desk.registration.events(case.id)[-1].data == {"reason": XSS}


def test_an_agent_sees_no_picture(house: House) -> None:
    browser = house.as_("ann")
    case = house.desk.attempted(house.desk.referenced(profile="keeps", agent=house.actor("ann")), REFER)
    for where in (f"/staff/review/{case.id}/reference", f"/staff/review/{case.id}/frames/1", f"/staff/review/{case.id}"):
        assert browser.get(where).status_code == 403
    page = browser.get(at(case))
    assert "<img" not in page.text
    assert "A reviewer will look at it" in words(page)
    assert house.desk.registration.looks(case.id) == []


def test_the_pages_speak_chinese(house: House) -> None:
    browser, case = house.as_("ann"), opened(house)
    page = browser.get(f"{at(case)}?language=zh")
    assert '<html lang="zh-CN">' in page.text
    assert "等待用户" in page.text
    assert "等待用户" in browser.get(at(case)).text  # it stays chosen
    assert browser.get(f"{at(case)}/state?version=0").json()["said"] == "等待用户"
    house.desk.registration.withdraw(case.id, "subscriber")
    assert "用户已撤回" in browser.get(at(case)).text
    assert "Waiting" in house.as_("ann").get(at(opened(house)), **{"accept-language": "fr, en;q=0.5, zh;q=0.1"}).text
    assert "等待用户" in house.as_("ann").get(at(opened(house)), **{"accept-language": "zh-TW,en;q=0.5"}).text


def test_an_accepted_case_is_followed_until_its_line_is_on(house: House) -> None:
    browser = house.as_("ann")
    case = house.desk.attempted(house.desk.referenced(agent=house.actor("ann")), ACCEPT)
    assert "as soon as the operator’s system confirms it" in words(browser.get(at(case)))
    house.desk.registration.confirm_activation(case.id, "api:1")
    assert follow(browser, case, case.version)["said"] == "The line is active"
