"""Links that open nothing any more, and cases that are over."""

import pytest

from end_to_end.conftest import Windows
from end_to_end.house import House

pytestmark = [pytest.mark.weights, pytest.mark.material]


def test_a_link_whose_time_is_over(house: House, phone: Windows) -> None:
    case, link = house.opened()
    who = phone()
    who.opens(link)
    who.sees("consent")
    house.ages(case)
    house.comes_to(case, "expired")
    who.page.click("#agree")
    who.sees("expired")
    who.looks_right("expired")
    house.forgets_links(case)
    who.opens(link)
    who.sees("link-unknown")
    who.looks_right("link-unknown")


def test_a_link_that_never_was(house: House, phone: Windows) -> None:
    who = phone()
    who.opens(f"{house.url}/r#srl_nobody")
    who.sees("link-unknown")
    who.opens(f"{house.url}/r")
    who.sees("no-link")
    who.looks_right("no-link")


def test_a_link_after_withdrawal(house: House, phone: Windows, portrait: bytes) -> None:
    case, link = house.referenced(portrait)
    who = phone()
    who.opens(link)
    who.sees("ready")
    who.page.click("#withdraw")
    who.sees("withdraw")
    who.looks_right("withdraw")
    who.page.click("#withdraw-yes")
    who.sees("withdrawn")
    who.looks_right("withdrawn")
    other = phone()
    other.opens(link)
    other.sees("withdrawn")
    with pytest.raises(AssertionError, match="409"):
        house.call("POST", "/v1/subscriber/attempts", {}, token=link.split("#")[1])
    assert house.result(case)["state"] == "withdrawn"


def test_the_way_without_a_camera(house: House, phone: Windows) -> None:
    case, link = house.opened()
    who = phone()
    who.opens(link)
    who.page.click("#rather-not")
    who.sees("rather-not")
    who.looks_right("rather-not")
    who.page.click("#choose-alternative")
    who.sees("alternative")
    who.looks_right("alternative")
    assert house.result(case)["state"] == "alternative"


def test_an_order_that_is_taken_back(house: House, phone: Windows) -> None:
    case, link = house.opened()
    house.call("POST", f"/v1/cases/{case}/cancellation", {"reason": "ordered twice"})
    who = phone()
    who.opens(link)
    who.sees("cancelled")
    who.looks_right("cancelled")
