"""The agent's list, and opening a case."""

import re
from dataclasses import replace

import pytest

from console.house import PASSWORD, Browser, House, words
from simreg.console import mine
from simreg.decision.profiles.types import Retention
from simreg.registration.types import Case
from simreg.service.access import Role

LINE, IDENTITY = "+8613800000001", "11010519491231002X"
XSS = "<script>alert(1)</script>\"'>"


def open_case(browser: Browser, profile: str = "test", **values: str) -> str:
    """Open a case by its form; the address of its page."""
    answer = browser.send(f"/staff/cases/new?profile={profile}", "/staff/cases/new", **{"line": LINE} | filled(values))
    assert answer.status_code == 303, words(answer)
    return answer.headers["location"]


def filled(values: dict[str, str]) -> dict[str, str]:
    return {"transaction": "new", "channel": "shop", "language": "zh"} | values


def case_at(house: House, address: str) -> Case:
    return house.desk.registration.case(address.rpartition("/")[2])


def test_an_agent_opens_a_case(house: House) -> None:
    browser = house.as_("ann")
    values = {"line": " +86 138 0000 0001 ", "iccid": "8986 0000 0000 0000 0001", "shop": "Ümit’s", "transaction": "port"}
    address = open_case(browser, **values)
    case = case_at(house, address)
    assert (case.line, case.iccid, case.shop) == (LINE, "89860000000000000001", "Ümit’s")
    assert (case.profile, case.transaction, case.channel, case.language) == ("test", "port", "shop", "zh")
    assert case.agent == house.actor("ann") == house.desk.registration.events(case.id)[0].actor
    page = words(browser.get(address))
    assert LINE in page
    assert "Waiting for the subscriber" in page
    assert "Attempts used: 0 of 3" in page
    assert case.folio in page
    assert "Ümit’s" in browser.get("/staff/cases/new").text  # the device remembers its shop


def test_the_same_form_sent_twice_opens_one_case(house: House) -> None:
    browser = house.as_("ann")
    values = filled({"line": LINE}) | {"csrf": house.access.session(browser.client.cookies["simreg_staff"]).csrf}
    values |= {"once": "once_1", "profile": "test"}
    one, two = (browser.post("/staff/cases/new", values).headers["location"] for _ in range(2))
    assert one == two
    answer = browser.post("/staff/cases/new", values | {"line": "+8613800000002"})
    assert (answer.status_code, 'data-problem="idempotency-other-request"' in answer.text) == (409, True)
    assert len(house.desk.registration.cases().cases) == 1


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"line": "abc"}, "order-line"),
        ({"line": ""}, "order-line"),
        ({"transaction": "sell"}, "order-transaction"),
        ({"channel": "street"}, "order-channel"),
        ({"language": "<b>"}, "order-language"),
        ({"iccid": "12"}, "order-iccid"),
        ({"shop": "\0"}, "text-invisible"),
        ({"shop": "x" * 65}, "text-length"),
        ({"lines_elsewhere": "-1"}, "order-lines"),
        ({"lines_elsewhere": "²"}, "order-lines"),
        ({"once": ""}, "idempotency-key"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_written_stays(values: dict[str, str], problem: str, house: House) -> None:
    browser = house.as_("ann")
    answer = browser.send("/staff/cases/new", None, **filled({"line": LINE, "iccid": "89860000000000000001"} | values))
    assert answer.status_code == 422
    assert f'data-problem="{problem}"' in answer.text
    assert values.get("iccid", "89860000000000000001") in answer.text
    assert house.desk.registration.cases().cases == ()


def test_the_identity_number_is_asked_for_where_it_is_needed_and_never_shown_again(house: House) -> None:
    browser = house.as_("ann")
    assert 'name="identity"' not in browser.get("/staff/cases/new").text
    page = browser.get("/staff/cases/new?profile=two-lines").text
    assert 'name="identity"' in page
    wrong = filled({"line": "abc", "identity": IDENTITY})
    answer = browser.send("/staff/cases/new?profile=two-lines", "/staff/cases/new", **wrong)
    assert answer.status_code == 422
    assert IDENTITY not in answer.text
    assert "Please enter the identity number again" in words(answer)
    without = browser.send("/staff/cases/new?profile=two-lines", "/staff/cases/new", **filled({"line": LINE}))
    assert 'data-problem="order-identity"' in without.text
    address = open_case(browser, "two-lines", identity=IDENTITY)
    assert case_at(house, address).subject_hash is not None
    assert IDENTITY not in browser.get(address).text


def test_a_person_with_all_lines_gets_no_more(house: House) -> None:
    for number in (1, 2):
        case = house.desk.accepted(line=f"+861380000010{number}", profile="two-lines", identity_number=IDENTITY)
        house.desk.registration.confirm_activation(case.id, "api:1")
    values = filled({"line": LINE, "identity": IDENTITY})
    answer = house.as_("ann").send("/staff/cases/new?profile=two-lines", "/staff/cases/new", **values)
    assert (answer.status_code, 'data-problem="lines-limit"' in answer.text) == (429, True)


def test_rules_that_are_not_offered_open_nothing(house: House) -> None:
    answer = house.as_("ann").get("/staff/cases/new?profile=./own.toml")
    assert (answer.status_code, 'data-problem="profile-unknown"' in answer.text) == (422, True)


def test_the_list_has_the_agent_s_own_cases_and_the_shop_s(house: House) -> None:
    ann, bea = house.as_("ann"), house.as_("bea")
    mine = case_at(house, open_case(ann, line="+8613800000011", shop="North"))
    hers = case_at(house, open_case(bea, line="+8613800000012", shop="North"))
    far = case_at(house, open_case(bea, line="+8613800000013", shop="South"))
    shown = words(ann.get("/staff/cases"))
    assert [case.line in shown for case in (mine, hers, far)] == [True, True, False]
    assert "the shop “North”" in shown
    found = words(ann.get("/staff/cases?line=%2B8613800000013"))
    assert far.folio in found
    assert mine.folio not in found
    house.desk.later(24 * 3600 + 1)
    assert "There are none yet." in words(house.as_("ann").get("/staff/cases"))


def test_an_agent_of_a_shop_is_always_there(house: House) -> None:
    house.access.create_staff("north", Role.AGENT, PASSWORD, "North")
    browser = house.as_("north")
    form = browser.get("/staff/cases/new").text
    assert re.search(r'<input id="shop"[^>]*value="North" readonly', form)
    assert case_at(house, open_case(browser, shop="South")).shop == "North"
    assert "the shop “North”" in words(browser.get("/staff/cases"))


def test_a_list_that_is_too_long_says_so(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mine, "MOST", 2)
    browser = house.as_("ann")
    for number in range(3):
        open_case(browser, line=f"+861380000002{number}")
        house.desk.later(1)
    shown = words(browser.get("/staff/cases"))
    assert "Only the newest 2 cases are shown." in shown
    assert "+8613800000020" not in shown


def test_a_line_that_is_none_is_told(house: House) -> None:
    browser = house.as_("ann")
    answer = browser.get("/staff/cases?line=abc")
    assert (answer.status_code, 'data-problem="order-line"' in answer.text) == (422, True)
    assert "no case of the line +999" in words(browser.get("/staff/cases?line=%2B999"))


def test_where_the_rules_say_so_the_agent_s_screen_forgets(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = house.as_("ann")
    case = house.desk.accepted(agent=house.actor("ann"), channel="shop")
    short = Retention(600, 600, 10**8, 10**8, 3600)
    own = house.desk.registration.profile_of(case)
    rules = replace(own, retention=short)
    monkeypatch.setattr(house.desk.registration, "profile_of", lambda _case: rules)
    house.desk.later(3599)
    assert browser.get(f"/staff/cases/{case.id}").status_code == 200
    assert case.folio in browser.get("/staff/cases").text
    house.desk.later(1)
    assert browser.get(f"/staff/cases/{case.id}").status_code == 404
    assert browser.get(f"/staff/cases/{case.id}/state").status_code == 404
    assert case.folio not in browser.get("/staff/cases").text
    assert case.folio not in browser.get("/staff/cases?line=%2B8613800000001").text


@pytest.mark.parametrize("field", ["line", "iccid", "shop", "lines_elsewhere", "transaction", "language", "identity"])
def test_what_is_written_into_the_form_stays_text(field: str, house: House) -> None:
    values = filled({"line": LINE, "identity": IDENTITY} | {field: XSS})
    answer = house.as_("ann").send("/staff/cases/new?profile=two-lines", "/staff/cases/new", **values)
    assert "<script>alert" not in answer.text
    assert "<script>alert" not in house.as_("ann").get("/staff/cases").text


def test_a_shop_s_name_and_a_search_stay_text(house: House) -> None:
    browser = house.as_("ann")
    address = open_case(browser, shop=XSS)
    assert case_at(house, address).shop == XSS
    for where in (address, "/staff/cases", "/staff/cases/new", "/staff/cases?line=%3Cscript%3Ealert(1)"):
        page = browser.get(where).text
        assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in browser.get("/staff/cases").text
    browser.client.cookies.set("simreg_shop", "not hex", path="/staff")
    assert browser.get("/staff/cases").status_code == 200
