"""The second factor on its page: nothing else is open before."""

import base64
import re

import pytest

from console.house import House, words
from console.test_table import GUARDED, NAMES, address, named
from simreg.console.door import WAITING, Page
from simreg.privacy.totp import STEP_S, code_at
from simreg.service.locks import FAILURES
from simreg.settings import Settings
from simreg.storage.database import Database


@pytest.fixture
def house(database: Database) -> House:
    return House(database, Settings(second_factor="on"))


def secret_of(page: str) -> bytes:
    found = re.search(r'class="number secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    return base64.b32decode(found[1].replace(" ", ""))


def code(house: House, secret: bytes) -> str:
    return code_at(secret, int(house.desk.now.timestamp()) // STEP_S)


def enrolled(house: House, name: str) -> bytes:
    """Somebody who has set up a second factor, a minute ago."""
    browser = house.as_(name)
    secret = secret_of(browser.get("/staff/second").text)
    assert browser.send("/staff/second", code=code(house, secret)).status_code == 200
    house.desk.later(60)
    return secret


def test_it_is_set_up_at_the_first_sign_in(house: House) -> None:
    browser = house.as_("rex")
    assert browser.get("/staff").headers["location"] == "/staff/second"
    page = browser.get("/staff/second")
    assert "<svg" in page.text
    answer = browser.send("/staff/second", code=code(house, secret_of(page.text)))
    codes = re.findall(r"<li>([a-z0-9]{6}-[a-z0-9]{6})</li>", answer.text)
    assert len(codes) == 8
    assert browser.get("/staff").headers["location"] == "/staff/review"
    assert browser.get("/staff/second").headers["location"] == "/staff"


def test_it_is_asked_for_at_each_sign_in_and_its_secret_never_shown_again(house: House) -> None:
    secret = enrolled(house, "rex")
    browser = house.as_("rex")
    page = browser.get("/staff/second")
    assert "<svg" not in page.text.split("<main", 1)[1]
    assert browser.send("/staff/second", code="000000").status_code == 403
    assert browser.get("/staff/review").headers["location"] == "/staff/second"
    assert browser.send("/staff/second", code=code(house, secret)).headers["location"] == "/staff"
    assert browser.get("/staff/review").status_code == 200


@pytest.mark.parametrize("one", [one for one in GUARDED if one.path not in WAITING], ids=named)
def test_the_password_alone_opens_no_page(one: Page, house: House) -> None:
    case = house.desk.opened(profile="keeps", channel="shop", agent=house.actor("ann"))
    name = NAMES[sorted(one.roles)[0]]
    browser, signed = house.as_(name), house.access.sign_in(name, "correct horse battery")
    where = address(one, case)
    answer = browser.get(where) if one.method == "GET" else browser.post(where, {"csrf": signed.csrf})
    if one.data:
        assert answer.status_code == 401
    else:
        assert answer.headers["location"] == "/staff/second"
    assert house.desk.registration.case(case.id) == case


def test_guesses_lock(house: House) -> None:
    secret = enrolled(house, "rex")
    browser = house.as_("rex")
    for _ in range(FAILURES):
        browser.send("/staff/second", code="123456")
    answer = browser.send("/staff/second", code=code(house, secret))
    assert 'data-problem="sign-in-locked"' in answer.text
    assert "Too many wrong" in words(answer)


def test_it_speaks_chinese(house: House) -> None:
    browser = house.as_("rex")
    browser.client.cookies.clear()
    assert "动态码" in words(house.as_("rex").get("/staff/second?language=zh"))
