"""What holds for every page: who may come, the word of the form, headers, and errors in words."""

import re

import pytest

from console.house import PEOPLE, House, words
from simreg.console.door import EVERYBODY, MOST_BODY, Page
from simreg.console.routes import PAGES
from simreg.registration.types import Case
from simreg.service.access import Role

OPEN = {"/sign-in", "/static/{name}", "/provider", "/provider/back"}
"""Pages for whom nobody knows yet."""

GUARDED = [one for one in PAGES if one.roles]
POSTED = [one for one in GUARDED if one.method == "POST"]
NAMES = {role: name for name, role in reversed(PEOPLE.items())}


def named(one: Page) -> str:
    return f"{one.method} {one.path}"


def address(one: Page, case: Case) -> str:
    """An address of a page with this case in it."""
    filled = {"{case_id}": case.id, "{number}": "1", "{rest:path}": "nowhere", "{proposal}": "prop_none"}
    found = "/staff" + one.path
    for name, value in filled.items():
        found = found.replace(name, value)
    assert "{" not in found
    return found


@pytest.fixture
def case(house: House) -> Case:
    return house.desk.opened(profile="keeps", channel="shop", agent=house.actor("ann"))


def test_every_page_but_the_way_in_and_the_files_asks_who_comes() -> None:
    assert {one.path for one in PAGES if one.roles is EVERYBODY} == OPEN


@pytest.mark.parametrize("one", GUARDED, ids=named)
def test_nobody_gets_further_than_the_sign_in(one: Page, house: House, case: Case) -> None:
    browser = house.browser()
    for _ in range(2):
        where = address(one, case)
        answer = browser.get(where) if one.method == "GET" else browser.post(where, {})
        if one.data:
            assert (answer.status_code, answer.content) == (401, b"")
        else:
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/staff/sign-in")
        browser.client.cookies.set("simreg_staff", "srs_guess", path="/staff")
    assert house.desk.registration.case(case.id) == case


@pytest.mark.parametrize("one", GUARDED, ids=named)
def test_other_roles_are_told_plainly_that_a_page_is_not_theirs(one: Page, house: House, case: Case) -> None:
    for role in set(Role) - one.roles:
        browser = house.as_(NAMES[role])
        where = address(one, case)
        answer = browser.get(where) if one.method == "GET" else browser.post(where, {})
        assert answer.status_code == 403
        assert one.data or 'data-problem="role"' in answer.text
    assert house.desk.registration.case(case.id) == case
    assert house.desk.registration.looks(case.id) == []


@pytest.mark.parametrize("wrong", ["", "csrf_guess", "\ud800é"])
@pytest.mark.parametrize("one", POSTED, ids=named)
def test_a_form_without_its_word_does_nothing(one: Page, wrong: str, house: House, case: Case) -> None:
    for role in sorted(one.roles):
        browser = house.as_(NAMES[role])
        values = {
            "csrf": wrong.encode("utf-8", "replace").decode(),
            "reason": "cannot",
            "decision": "accept",
            "line": "+4917",
        }
        answer = browser.post(address(one, case), {name: value for name, value in values.items() if value})
        assert answer.status_code == 403
        assert 'data-problem="form-old"' in answer.text
        assert browser.get("/staff").status_code in (303, 403)
        assert 'action="/staff/sign-out"' in browser.get("/staff/nowhere").text  # still signed in
    assert house.desk.registration.cases().cases == (case,)


def test_another_s_word_is_not_one_s_own(house: House, case: Case) -> None:
    other = house.access.sign_in("bea", "correct horse battery").csrf
    values = {"csrf": other, "reason": "x", "version": str(case.version)}
    assert house.as_("ann").post(f"/staff/cases/{case.id}/cancellation", values).status_code == 403
    assert house.desk.registration.case(case.id) == case


@pytest.mark.parametrize("one", [one for one in GUARDED if one.method == "GET"], ids=named)
def test_a_sign_in_that_is_over_leads_to_the_sign_in_and_back(one: Page, house: House, case: Case) -> None:
    browser = house.as_(NAMES[sorted(one.roles)[0]])
    house.desk.later(house.settings.staff_s)
    answer = browser.get(address(one, case))
    if one.data:
        assert answer.status_code == 401
    else:
        back = f"?next={address(one, case)}" if one.path else ""
        assert answer.headers["location"] == f"/staff/sign-in{back}"


@pytest.mark.parametrize("one", PAGES, ids=named)
def test_nothing_is_kept_and_nothing_comes_from_elsewhere(one: Page, house: House, case: Case) -> None:
    browser = house.as_(NAMES[sorted(one.roles)[0]]) if one.roles else house.browser()
    where = address(one, case) if one.path != "/static/{name}" else "/staff/static/console.js"
    answer = browser.get(where) if one.method == "GET" else browser.post(where, {})
    assert answer.headers["cache-control"] == ("no-cache" if "/static/" in where else "no-store")
    assert "default-src '" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    inline = re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:|https?://", page_of(answer.text))
    assert inline is None


def page_of(text: str) -> str:
    """A page without the namespaces of its drawings, which name no address that is asked for."""
    return re.sub(r'xmlns="[^"]*"', "", text) if text.lstrip().startswith("<!doctype") else ""


@pytest.mark.parametrize(
    "where", ["/staff/nowhere", "/staff/cases/case_none", "/staff/cases/a%00b", "/staff/cases/%F0%9F"]
)
def test_what_is_not_there_is_told_with_a_way_on(where: str, house: House) -> None:
    answer = house.as_("ann").get(where)
    assert answer.status_code == 404
    assert 'href="/staff"' in answer.text
    assert "There is no" in words(answer)


def test_a_form_beyond_all_measure_is_not_read(house: House, case: Case) -> None:
    browser = house.as_("ann")
    answer = browser.post(f"/staff/cases/{case.id}/cancellation", {}, body=b"reason=" + b"x" * MOST_BODY)
    assert (answer.status_code, 'data-problem="form-large"' in answer.text) == (422, True)
    many = b"&".join(b"a%d=1" % number for number in range(60))
    answer = browser.post(f"/staff/cases/{case.id}/cancellation", {}, body=many)
    assert (answer.status_code, 'data-problem="form-unreadable"' in answer.text) == (422, True)
    assert browser.post(f"/staff/cases/{case.id}/cancellation", {}, body=b"\xff\xfe").status_code == 422


def test_a_fault_is_told_in_words_and_logged(house: House, monkeypatch: pytest.MonkeyPatch, caplog: object) -> None:
    browser = house.as_("ann")
    monkeypatch.setattr(house.desk.registration, "cases", lambda **_: 1 / 0)
    answer = browser.get("/staff/cases")
    assert answer.status_code == 500
    assert "Something is wrong with the server." in words(answer)
    assert "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in caplog.text  # type: ignore[attr-defined]


def test_the_pages_are_not_in_the_description_of_the_api(house: House) -> None:
    assert house.app.openapi()["paths"] == {}
