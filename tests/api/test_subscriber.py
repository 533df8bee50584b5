"""What the subscriber's page asks for."""

from dataclasses import replace

import pytest

from api.house import ORDER, PICTURE_TYPE, House, problem
from service.desk import PICTURE, PICTURE_WITHOUT_FACE, REFUSE
from simreg.api.rounds import rounds
from simreg.api.trial import activate_trials
from simreg.settings import Settings
from simreg.storage.database import Database

CASE = {
    *("case", "folio", "state", "version", "line", "transaction", "channel", "language", "demo", "now", "expires_at"),
    *("locked_until", "profile", "attempts", "consent", "accepted_by", "result", "next"),
}


def test_the_case_has_everything_that_the_page_shows(house: House) -> None:
    case_id, link = house.opened()
    told = house.subscriber("GET", "case", link).json()
    assert set(told) == CASE
    assert (told["case"], told["line"], told["state"], told["demo"]) == (case_id, ORDER["line"], "created", False)
    assert told["now"] == "2026-11-23T09:00:00Z"
    assert told["next"] == ["consent", "choose-alternative", "withdraw"]
    assert told["attempts"] == {"used": 0, "of": 3, "restarts_left": 2}
    kept = {one["what"]: one["seconds"] for one in told["profile"]["retention"]}
    assert (kept["frames"], kept["reference"]) == (0, 600)
    assert [one["how_long"]["zh"] for one in told["profile"]["retention"]][1] == "10 分钟"
    assert {"code", "en", "zh"} == set(told["profile"]["alternatives"][0])


def test_from_consent_to_the_result(house: House) -> None:
    case_id, link = house.opened()
    agreed = house.subscriber("POST", "consent", link, json={"text_version": "2026-11", "language": "zh"})
    assert agreed.status_code == 204
    told = house.subscriber("GET", "case", link).json()
    assert (told["consent"], told["language"]) == ({"text_version": "2026-11"}, "zh")
    no_face = house.subscriber("PUT", "reference", link, content=PICTURE_WITHOUT_FACE, headers=PICTURE_TYPE).json()
    assert set(no_face["problem"]) == {"code", "text", "remedy"}
    house.subscriber("PUT", "reference", link, content=PICTURE, headers=PICTURE_TYPE)
    begun = house.subscriber("POST", "attempts", link, json={"cannot": ["look-up"]})
    assert begun.status_code == 201
    assert begun.json() == {"token": begun.json()["token"], "url": "/v1/capture", "number": 1, "of": 3}
    house.subscriber("POST", "attempts", link)
    told = house.subscriber("GET", "case", link).json()
    assert told["attempts"] == {"used": 1, "of": 3, "restarts_left": 1}
    order = house.desk.registration.claim_capture(house.subscriber("POST", "attempts", link).json()["token"])
    house.desk.registration.end_attempt(order.attempt_id, order.run, REFUSE)
    result = house.subscriber("GET", "result", link).json()
    assert result["result"]["reasons"][0]["code"] == "non-match"
    assert result["result"] == house.subscriber("GET", "case", link).json()["result"]
    assert house.operator("GET", f"/v1/cases/{case_id}").json()["attempts"] == 1


def test_movements_that_cannot_be_done_are_not_asked_for(house: House) -> None:
    _, link = house.referenced()
    every = ["turn-left", "turn-right", "look-up", "look-down", "blink", "close-eyes", "open-mouth", "approach"]
    problem(house.subscriber("POST", "attempts", link, json={"cannot": every[1:]}), 422, "actions-too-few")
    token = house.subscriber("POST", "attempts", link, json={"cannot": every[2:]}).json()["token"]
    assert set(house.desk.registration.claim_capture(token).challenge) == {"turn-left", "turn-right"}
    problem(house.subscriber("POST", "attempts", link, json={"cannot": ["fly"]}), 422, "request-invalid")


@pytest.mark.parametrize("reason", ["rather-not", "cannot"])
def test_another_way_than_the_face(house: House, reason: str) -> None:
    _, link = house.opened()
    assert house.subscriber("POST", "alternative", link, json={"reason": reason}).status_code == 204
    assert house.subscriber("GET", "case", link).json()["state"] == "alternative"
    problem(house.subscriber("POST", "alternative", link, json={"reason": "lazy"}), 422, "request-invalid")


def test_the_consent_can_be_taken_back(house: House) -> None:
    _, link = house.referenced()
    assert house.subscriber("POST", "withdrawal", link).status_code == 204
    told = house.subscriber("GET", "case", link).json()
    assert (told["state"], told["next"]) == ("withdrawn", [])
    problem(house.subscriber("POST", "withdrawal", link), 409, "case-over")


def test_a_lock_out_says_until_when_it_holds(house: House) -> None:
    _, link = house.referenced(profile="locks")
    for _ in range(2):
        house.desk.later(10)
        order = house.desk.registration.claim_capture(house.subscriber("POST", "attempts", link).json()["token"])
        house.desk.registration.end_attempt(order.attempt_id, order.run, REFUSE)
    house.desk.later(60)
    answer = house.subscriber("POST", "attempts", link)
    told = problem(answer, 429, "locked-out")
    assert answer.headers["retry-after"] == str(1800 - 60)
    assert told["locked_until"] == house.subscriber("GET", "case", link).json()["locked_until"]
    _, other = house.referenced(profile="locks")  # another case of the same line
    assert problem(house.subscriber("POST", "attempts", other), 429, "locked-out")["locked_until"]
    assert house.subscriber("GET", "case", other).json()["locked_until"] == told["locked_until"]
    house.desk.later(1800)
    assert house.subscriber("GET", "case", link).json()["locked_until"] is None


def test_a_link_opens_its_own_case_until_its_time_is_over(house: House) -> None:
    first, link = house.opened()
    house.opened(line="+8613800000002")
    assert house.subscriber("GET", "case", link).json()["case"] == first
    for wrong in ("", "srl_x", house.key, link[:-1]):
        problem(house.subscriber("GET", "case", wrong), 401, "link-invalid")
    house.desk.later(86_400)
    house.desk.registration.expire_due()
    assert house.subscriber("GET", "case", link).json()["state"] == "expired"
    house.desk.later(86_400)
    problem(house.subscriber("GET", "case", link), 401, "link-invalid")


def trial_house(database: Database, **values: object) -> House:
    settings = replace(Settings(profile="two-lines", public_url="http://localhost:8000"), **values)  # type: ignore[arg-type]
    return House(database, settings)


def test_a_trial_case_is_activated_by_the_server_itself(database: Database) -> None:
    house = trial_house(database)
    answer = house.client.post("/v1/try")
    link = answer.json()["token"]
    told = house.subscriber("GET", "case", link).json()
    assert (answer.status_code, told["demo"], told["line"][:4]) == (201, True, "+999")
    house.subscriber("POST", "consent", link, json={"text_version": "1"})
    house.subscriber("PUT", "reference", link, content=PICTURE, headers=PICTURE_TYPE)
    house.record(house.attempt(told["case"]))
    real, _ = house.accepted(profile="test", agent="trial")
    assert activate_trials(house.services) == 1
    assert house.subscriber("GET", "case", link).json()["state"] == "activated"
    assert house.operator("GET", f"/v1/cases/{real}").json()["state"] == "accepted"
    assert "trials" in [one.name for one in rounds(house.services)]


def test_trial_cases_are_few_from_one_address(database: Database) -> None:
    house = trial_house(database, tries_address=2)
    assert [house.client.post("/v1/try").status_code for _ in range(2)] == [201, 201]
    refused = house.client.post("/v1/try")
    problem(refused, 429, "too-many")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert house.client_at("192.0.2.8").post("/v1/try").status_code == 201


def test_a_server_for_others_has_no_trial(house: House) -> None:
    problem(house.client.post("/v1/try"), 404, "demo-off")
    assert activate_trials(house.services) == 0
    assert "trials" not in [one.name for one in rounds(house.services)]


@pytest.mark.parametrize(
    ("demo", "host", "public_url", "shown"),
    [
        ("auto", "127.0.0.1", "http://localhost:8000", True),
        ("auto", "0.0.0.0", "http://localhost:8000", False),  # noqa: S104
        ("auto", "127.0.0.1", "https://sim.example", False),
        ("off", "127.0.0.1", "http://localhost:8000", False),
        ("on", "0.0.0.0", "https://sim.example", True),  # noqa: S104
    ],
)
def test_the_trial_is_for_one_s_own_machine_unless_it_is_asked_for(
    demo: str, host: str, public_url: str, shown: bool
) -> None:
    assert Settings(demo=demo, host=host, public_url=public_url).shows_demo is shown
