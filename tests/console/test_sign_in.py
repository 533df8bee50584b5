"""The way in and out."""

import pytest

from console.house import PASSWORD, House, hidden, words
from simreg.console.visit import TRIES
from simreg.service.locks import FAILURES, LOCKED_S
from simreg.settings import Settings
from simreg.storage.database import Database

HOMES = [("ann", "cases"), ("rex", "review"), ("cora", "changes"), ("otto", "changes"), ("ines", "inspect")]


@pytest.mark.parametrize(("name", "home"), [(name, f"/staff/{home}") for name, home in HOMES])
def test_each_role_comes_to_its_own_pages(name: str, home: str, house: House) -> None:
    browser = house.browser()
    assert browser.get("/staff").headers["location"] == "/staff/sign-in"
    answer = browser.sign_in(name)
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff")
    assert browser.get("/staff").headers["location"] == home
    assert name in words(browser.get(home))


def test_the_cookie_is_for_these_pages_only(house: House) -> None:
    told = house.browser().sign_in("ann").headers["set-cookie"]
    session = next(part for part in told.split(", ") if part.startswith("simreg_staff="))
    assert {"HttpOnly", "Path=/staff", "SameSite=strict"} <= set(session.split("; "))
    assert "Max-Age" not in session
    assert "Secure" not in session


def test_with_tls_the_cookies_go_over_tls_only(database: Database) -> None:
    house = House(database, Settings(public_url="https://lines.example"))
    answer = house.browser().get("/staff/sign-in?language=zh")
    cookies = answer.headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all("Secure" in cookie.split("; ") for cookie in cookies)


def test_what_is_wrong_is_not_told_apart(house: House) -> None:
    browser = house.browser()
    told = {words(browser.sign_in(name, word)) for name, word in (("ann", "wrong"), ("nobody", PASSWORD))}
    assert len({one.replace("nobody", "ann") for one in told}) == 1
    answer = browser.sign_in("ann", "hunter2hunter2")
    assert answer.status_code == 403
    assert "Name or password is not right." in words(answer)
    assert "hunter2hunter2" not in answer.text
    assert 'value="ann"' in answer.text


def test_wrong_passwords_lock_for_a_time(house: House) -> None:
    browser = house.browser()
    for _ in range(FAILURES):
        browser.sign_in("ann", "wrong password")
    answer = browser.sign_in("ann")
    assert answer.status_code == 403
    assert "Too many wrong passwords or codes. Try again in 15 minutes." in words(answer)
    house.desk.later(LOCKED_S)
    assert browser.sign_in("ann").status_code == 303


def test_another_site_can_sign_nobody_in(house: House) -> None:
    browser = house.browser()
    answer = browser.post("/staff/sign-in", {"name": "ann", "password": PASSWORD})
    assert (answer.status_code, 'data-problem="form-old"' in answer.text) == (403, True)
    elsewhere = hidden(house.browser().get("/staff/sign-in").text, "/staff/sign-in")["csrf"]
    answer = browser.post("/staff/sign-in", {"name": "ann", "password": PASSWORD, "csrf": elsewhere})
    assert answer.status_code == 403
    assert browser.get("/staff/cases").status_code == 303


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("/staff/cases/new", "/staff/cases/new"),
        ("//evil.example", "/staff"),
        ("https://evil.example/staff/cases", "/staff"),
        ("/staff/../v1/cases", "/staff"),
        ("/staffx", "/staff"),
        ("/staff/cases\r\nX: y", "/staff"),
        ('"><script>', "/staff"),
    ],
)
def test_one_comes_back_to_our_own_pages_only(wanted: str, got: str, house: House) -> None:
    assert house.browser().sign_in("ann", next=wanted).headers["location"] == got


def test_the_page_that_was_asked_for_comes_after_the_sign_in(house: House) -> None:
    browser = house.browser()
    page = browser.get(browser.get("/staff/cases/new").headers["location"])
    values = hidden(page.text, "/staff/sign-in") | {"name": "ann", "password": PASSWORD}
    assert browser.post("/staff/sign-in", values).headers["location"] == "/staff/cases/new"


def test_signing_out_ends_the_sign_in_everywhere(house: House) -> None:
    browser = house.as_("ann")
    token = browser.client.cookies["simreg_staff"]
    answer = browser.send("/staff/cases", "/staff/sign-out")
    assert answer.status_code == 303
    assert "You are signed out." in words(browser.get(answer.headers["location"]))
    browser.client.cookies.set("simreg_staff", token, path="/staff")
    assert browser.get("/staff/cases").status_code == 303


def test_many_tries_from_one_address_are_slowed_down_whoever_they_name(house: House) -> None:
    browser = house.browser()
    for number in range(TRIES):
        assert browser.sign_in(f"nobody{number}", "wrong password").status_code == 403
    answer = browser.sign_in("ann")
    assert answer.status_code == 429
    assert 'data-problem="sign-in-often"' in answer.text
