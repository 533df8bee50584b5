"""Rights over HTTP."""

from api.house import ORDER, House
from simreg.service.access import Scope

NUMBER = "11010519491231002X"


def test_the_operator_tells_a_person_what_is_held_and_forgets_it(house: House) -> None:
    case_id, link = house.referenced(identity_number=NUMBER)
    answer = house.operator("POST", "/v1/rights/holdings", json={"identity_number": NUMBER})
    [held] = answer.json()["cases"]
    assert (held["line"], held["state"], held["consent_text"]) == (ORDER["line"], "referenced", "1")
    assert [one["act"] for one in held["events"]][:2] == ["open", "consent"]
    assert NUMBER not in answer.text
    gone = house.operator("POST", "/v1/rights/erasure", json={"identity_number": NUMBER}).json()
    assert (len(gone["erased"]), gone["kept"]) == (1, [])
    assert house.operator("GET", f"/v1/cases/{case_id}").status_code == 404
    assert house.subscriber("GET", "case", link).status_code in (401, 404)


def test_a_link_shows_what_is_held_once_the_case_has_proved_who_it_is(house: House) -> None:
    case_id, link = house.referenced(identity_number=NUMBER)
    assert house.subscriber("GET", "holdings", link).json()["code"] == "not-proved"
    assert house.subscriber("POST", "erasure", link).status_code == 409
    from service.desk import ACCEPT

    house.desk.attempted(house.desk.registration.case(case_id), ACCEPT)
    assert len(house.subscriber("GET", "holdings", link).json()["cases"]) == 1
    made = house.subscriber("POST", "disputes", link, json={"line": ORDER["line"], "reason": "sim-lost"})
    assert made.json()["line"] == ORDER["line"]
    assert house.operator("POST", "/v1/cases", json=ORDER).json()["code"] == "line-frozen"
    assert [one["reason"] for one in house.operator("GET", "/v1/freezes").json()["lines"]] == ["sim-lost"]
    assert house.operator("DELETE", f"/v1/freezes/{ORDER['line']}").status_code == 204
    assert house.operator("DELETE", f"/v1/freezes/{ORDER['line']}").json()["code"] == "line-not-frozen"
    assert house.subscriber("POST", "disputes", link, json={"line": "+49199999", "reason": "x"}).status_code == 404


def test_rights_need_their_scope(house: House) -> None:
    key = house.new_key(*(set(Scope) - {Scope.RIGHTS_WRITE}))
    for method, path in (
        ("POST", "/v1/rights/holdings"),
        ("POST", "/v1/rights/erasure"),
        ("GET", "/v1/freezes"),
        ("PUT", "/v1/freezes/+123"),
        ("DELETE", "/v1/freezes/+123"),
    ):
        assert house.operator(method, path, key, json={"identity_number": "A1"}).status_code == 403
