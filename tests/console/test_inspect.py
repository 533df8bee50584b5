"""The inspector's pages."""

import io
import re
from datetime import timedelta

import pytest
from httpx2 import Response

from console.house import Browser, House, hidden, words
from service.desk import REFUSE
from simreg.log.leaves import Inspection, read_entry
from simreg.storage import log


def looks(house: House) -> list[Inspection]:
    with house.database.read() as tx:
        found = [read_entry(one)[0] for one in log.entries(tx, 0, log.frontier(tx).size)]
    return [one for one in found if isinstance(one, Inspection)]


@pytest.fixture
def busy(house: House) -> House:
    """A house in which something happened."""
    case = house.desk.accepted(line="+4911111", shop="north", agent=house.actor("ann"))
    house.desk.registration.confirm_activation(case.id, "api:1")
    house.desk.attempted(house.desk.referenced(line="+4922222", shop="south <b>"), REFUSE)
    return house


@pytest.mark.parametrize("page", ["", "/rates", "/unusual", "/cases", "/reconcile"])
def test_every_page_is_there_in_both_languages(page: str, busy: House) -> None:
    browser = busy.as_("ines")
    english = browser.get(f"/staff/inspect{page}")
    chinese = browser.get(f"/staff/inspect{page}?language=zh")
    assert (english.status_code, chinese.status_code) == (200, 200)
    assert 'aria-current="page"' in english.text
    assert re.search("[\u4e00-\u9fff]", words(chinese))
    assert "south <b>" not in english.text


def test_numbers_are_shown_and_each_look_is_in_the_log(busy: House) -> None:
    browser = busy.as_("ines")
    page = browser.get("/staff/inspect")
    assert "Opened 2" in words(page)
    assert '<svg class="bars"' in page.text
    assert re.search(r"north\s+1\s+1\s+0\s+1\s+0\s+1", words(page))
    assert "ann" in words(page)
    table = browser.get("/staff/inspect/numbers.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert "shop,north,1,1,1," in table.text
    assert '<svg class="interval"' in browser.get("/staff/inspect/rates").text
    assert [(one.look, one.actor) for one in looks(busy)] == [
        (look, busy.actor("ines")) for look in ("numbers", "numbers", "error-rates")
    ]


def test_a_time_can_be_chosen_and_a_wrong_one_is_told(busy: House) -> None:
    browser = busy.as_("ines")
    assert "Opened 0" in words(browser.get("/staff/inspect?since=2020-01-01&until=2020-02-01&zone=%2B08:00"))
    assert browser.get("/staff/inspect?since=0001-01-01&until=9999-12-30&zone=%2B14:00").status_code == 200
    for query in ("since=yesterday", "zone=Berlin", "since=2026-12-01&until=2026-11-01", "until=9999-12-31"):
        answer = browser.get(f"/staff/inspect?{query}")
        assert answer.status_code == 422
        assert 'data-problem="inspection-time"' in answer.text
    assert len(looks(busy)) == 2


def test_a_case_and_a_sample(busy: House) -> None:
    browser = busy.as_("ines")
    drawn = browser.get("/staff/inspect/cases?size=2")
    names = re.findall(r"/staff/inspect/case\?name=(case_[0-9a-z]+)", drawn.text)
    assert len(names) == 2
    one = browser.get(f"/staff/inspect/case?name={names[0]}")
    assert "case-opened" in one.text
    assert "+49" not in words(one).replace("+4915", "")
    assert browser.get("/staff/inspect/case?name=nothing").status_code == 404
    assert 'data-problem="sample-seed"' in browser.get("/staff/inspect/cases?size=2&seed=abc").text
    assert looks(busy)[1].case == names[0]


def sent(browser: Browser, file: bytes, **values: str) -> Response:
    """The form with a file, as a browser sends it."""
    page = "/staff/inspect/reconcile"
    form = {**hidden_of_upload(browser.get(page).text, page), "zone": "+00:00", **values}
    return browser.client.post(page, data=form, files={"file": ("lines.csv", io.BytesIO(file), "text/csv")})


def hidden_of_upload(page: str, action: str) -> dict[str, str]:
    return hidden(page.replace(' enctype="multipart/form-data"', ""), action)


def test_the_network_s_list_is_held_against_the_log(busy: House) -> None:
    at = (busy.desk.now + timedelta(minutes=5)).isoformat()
    browser = busy.as_("ines")
    clean = sent(browser, f"line,activated_at\n+4911111,{at}\n".encode())
    assert "Every activation has an acceptance of its own" in words(clean)
    found = sent(browser, f"line,activated_at,agent\n+4911111,{at},a\n+4933333,{at},<i>b\nx,{at},\n".encode())
    assert "Switched on, but never accepted 1" in words(found)
    assert "4933333" in found.text
    assert "<i>b" not in found.text
    assert "row-line" in found.text
    table = sent(browser, f"line,activated_at\n+4933333,{at}\n".encode(), format="csv")
    assert table.headers["content-disposition"] == 'attachment; filename="found.csv"'
    assert "activated-not-in-log,4933333," in table.text
    assert [one.look for one in looks(busy)] == ["reconciliation"] * 3
    assert looks(busy)[0].file != looks(busy)[1].file


@pytest.mark.parametrize(
    ("file", "code"),
    [(b"", "file-missing"), (b"a,b\n", "csv-columns"), (b"\xff\xfe", "csv-encoding"), (b"\n", "csv-empty")],
)
def test_a_list_that_is_none_is_told(file: bytes, code: str, busy: House) -> None:
    answer = sent(busy.as_("ines"), file)
    assert answer.status_code == 422
    assert f'data-problem="{code}"' in answer.text
    assert looks(busy) == []


def test_a_list_without_the_form_s_word_is_not_looked_at(busy: House) -> None:
    assert sent(busy.as_("ines"), b"line,activated_at\n", csrf="wrong").status_code == 403
    assert looks(busy) == []


def test_odd_multipart_is_refused(busy: House) -> None:
    browser = busy.as_("ines")
    for kind, body in (
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=a", b"--a\r\n\xff\xff"),
        ("multipart/form-data; boundary=", b""),
    ):
        headers = {"content-type": kind}
        answer = browser.client.post("/staff/inspect/reconcile", content=body, headers=headers, follow_redirects=False)
        assert answer.status_code in (403, 422)
