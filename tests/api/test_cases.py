"""The operator's system walks through a case."""

import json
from typing import Any

import pytest

from api.house import ORDER, PICTURE_TYPE, PUBLIC, VIDEO_TYPE, House, problem
from service.desk import PICTURE, PICTURE_WITHOUT_FACE, REFER, REFUSE
from simreg.errors import InputError
from simreg.service.access import Scope


def test_from_the_order_to_the_active_line(house: House) -> None:
    case_id, _ = house.accepted(shop="s1", iccid="8949000000000000001", identity_number="A 1")
    result = house.operator("GET", f"/v1/cases/{case_id}/result").json()
    assert (result["state"], result["accepted_by"]) == ("accepted", "face")
    assert [one["outcome"] for one in result["attempts"]] == ["accepted"]
    assert "similarity" not in json.dumps(result)
    active = house.operator("POST", f"/v1/cases/{case_id}/activation")
    assert active.json()["state"] == "activated"
    problem(house.operator("POST", f"/v1/cases/{case_id}/activation"), 409, "case-over")
    assert house.operator("DELETE", f"/v1/activations/{ORDER['line']}").status_code == 204
    problem(house.operator("DELETE", f"/v1/activations/{ORDER['line']}"), 404, "line-unknown")


def test_the_identity_number_is_nowhere_in_the_answers(house: House) -> None:
    made = house.operator("POST", "/v1/cases", json=ORDER | {"identity_number": "SECRET42"})
    case_id = made.json()["id"]
    texts = [made.text, house.operator("GET", f"/v1/cases/{case_id}").text, house.operator("GET", "/v1/cases").text]
    assert not any("SECRET42" in text or "hash" in text for text in texts)


def test_the_same_idempotency_key_gives_the_same_case(house: House) -> None:
    headers = {"Idempotency-Key": "one"}
    first = house.operator("POST", "/v1/cases", json=ORDER, headers=headers)
    again = house.operator("POST", "/v1/cases", json=ORDER, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert house.operator("POST", "/v1/cases", json=ORDER, headers={"Idempotency-Key": "two"}).json() != first.json()
    other = house.operator("POST", "/v1/cases", json=ORDER | {"shop": "s2"}, headers=headers)
    problem(other, 409, "idempotency-other-request")
    problem(house.operator("POST", "/v1/cases", json=ORDER, headers={"Idempotency-Key": "a b"}), 422, "request-invalid")


def test_cases_are_listed_page_by_page(house: House) -> None:
    made = [house.opened(line=f"+861380000000{number}")[0] for number in range(3)]
    first = house.operator("GET", "/v1/cases", params={"limit": 2}).json()
    second = house.operator("GET", "/v1/cases", params={"limit": 2, "cursor": first["cursor"]}).json()
    assert {one["id"] for one in first["cases"] + second["cases"]} == set(made)
    assert second["cursor"] is None
    one_line = house.operator("GET", "/v1/cases", params={"line": "+8613800000001", "state": "created"}).json()
    assert [one["id"] for one in one_line["cases"]] == [made[1]]
    problem(house.operator("GET", "/v1/cases", params={"cursor": "x"}), 422, "cursor")
    problem(house.operator("GET", "/v1/cases", params={"limit": 0}), 422, "request-invalid")


def test_an_order_can_be_taken_back_if_it_is_as_it_was_seen(house: House) -> None:
    case_id, link = house.opened()
    path = f"/v1/cases/{case_id}/cancellation"
    problem(house.operator("POST", path, json={"reason": "twice", "version": 9}), 409, "case-changed")
    assert house.operator("POST", path, json={"reason": "twice", "version": 1}).json()["state"] == "cancelled"
    problem(house.operator("POST", f"/v1/cases/{case_id}/links"), 409, "case-over")
    assert house.subscriber("GET", "case", link).json()["state"] == "cancelled"


def test_the_link_leads_to_the_page_and_its_token_is_no_part_of_the_path(house: House) -> None:
    case_id, _ = house.opened()
    link = house.operator("POST", f"/v1/cases/{case_id}/links").json()
    assert link["url"] == f"{PUBLIC}/r#{link['token']}"


def test_a_document_without_a_portrait_is_an_answer(house: House) -> None:
    case_id, link = house.opened()
    house.subscriber("POST", "consent", link, json={"text_version": "1"})
    path = f"/v1/cases/{case_id}/reference"
    told = house.operator("PUT", path, content=PICTURE_WITHOUT_FACE, headers=PICTURE_TYPE).json()
    assert told["problem"]["code"] == "reference-no-face"
    assert house.operator("PUT", path, content=PICTURE, headers=PICTURE_TYPE).json()["problem"] is None
    problem(house.operator("PUT", path, content=PICTURE, headers={"Content-Type": "text/plain"}), 415, "media-type")


def test_a_recording_is_judged_against_the_challenge_that_was_told(house: House) -> None:
    case_id, _ = house.referenced()
    attempt = house.attempt(case_id)
    assert attempt["url"] == f"{PUBLIC}/v1/attempts/{attempt['attempt']}/recording"
    assert len(attempt["challenge"]) == 3
    house.pool.result = REFUSE
    told = house.record(attempt, b"x" * 2_500_000).json()
    assert (told["state"], told["attempts"][0]["outcome"]) == ("referenced", "failed")
    task = house.pool.judged[0]
    assert list(task.challenge) == attempt["challenge"]
    assert house.pool.bytes == [b"x" * 2_500_000]
    assert not task.recording.exists()


def test_an_upload_token_works_once_and_only_for_its_attempt(house: House) -> None:
    case_id, link = house.referenced()
    other, _ = house.referenced(line="+8613800000002")
    attempt, elsewhere = house.attempt(case_id), house.attempt(other)
    problem(house.record(elsewhere, token=attempt["token"]), 401, "token-invalid")
    problem(house.record(attempt, token=link), 401, "token-invalid")
    problem(house.record(attempt, token=house.key), 401, "token-invalid")
    assert house.record(attempt).status_code == 200
    problem(house.record(attempt), 401, "token-invalid")
    assert len(house.pool.judged) == 1


def test_a_live_token_is_not_good_for_a_recording(house: House) -> None:
    case_id, _ = house.referenced()
    attempt = house.attempt(case_id, recorded=False, cannot=["blink"])
    assert (attempt["challenge"], attempt["url"]) == (None, f"{PUBLIC}/v1/capture")
    told = house.operator("GET", f"/v1/cases/{case_id}/result").json()
    assert told["attempts"][0]["challenge"] == []  # not before it has ended
    problem(house.record(attempt), 401, "token-invalid")


@pytest.mark.parametrize(("code", "status"), [("video-damaged", 422), ("internal", 500), ("worker-lost", 503)])
def test_a_recording_that_cannot_be_read_ends_nothing(house: House, code: str, status: int) -> None:
    case_id, _ = house.referenced()
    house.pool.result = InputError(code, "It cannot be read.", "Record it again.")
    problem(house.record(house.attempt(case_id)), status, code)
    assert house.operator("GET", f"/v1/cases/{case_id}").json()["state"] == "capturing"
    assert house.attempt(case_id)["number"] == 1  # a new run of the same attempt


def test_a_referred_case_waits_for_a_reviewer(house: House) -> None:
    case_id, _ = house.referenced()
    house.pool.result = REFER
    assert house.record(house.attempt(case_id)).json()["state"] == "referred"
    problem(house.operator("POST", f"/v1/cases/{case_id}/activation"), 409, "act-not-possible")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"line": "call me"}, "request-invalid"),
        ({"transaction": "steal"}, "request-invalid"),
        ({"unknown": 1}, "request-invalid"),
        ({"lines_elsewhere": "2"}, "request-invalid"),
        ({"profile": "nowhere"}, "profile-unknown"),
        ({"profile": "two-lines"}, "order-identity"),
        ({"shop": "s\u0000"}, "text-invisible"),
        ({"identity_number": "---"}, "identity-number"),
    ],
)
def test_an_order_that_cannot_be_taken_is_refused(house: House, values: dict[str, Any], code: str) -> None:
    told = problem(house.operator("POST", "/v1/cases", json=ORDER | values), 422, code)
    assert "call me" not in json.dumps(told)


def test_lines_per_person_are_held(house: House) -> None:
    order = {"profile": "two-lines-everywhere", "identity_number": "A1", "lines_elsewhere": 2}
    problem(house.operator("POST", "/v1/cases", json=ORDER | order), 429, "lines-limit")


CALLS = (
    ("POST", "/v1/cases", Scope.CASES_WRITE),
    ("GET", "/v1/cases", Scope.CASES_READ),
    ("GET", "/v1/cases/case_x", Scope.CASES_READ),
    ("GET", "/v1/cases/case_x/result", Scope.CASES_READ),
    ("POST", "/v1/cases/case_x/cancellation", Scope.CASES_WRITE),
    ("POST", "/v1/cases/case_x/links", Scope.CASES_WRITE),
    ("PUT", "/v1/cases/case_x/reference", Scope.REFERENCES_WRITE),
    ("POST", "/v1/cases/case_x/attempts", Scope.CAPTURES_WRITE),
    ("POST", "/v1/cases/case_x/activation", Scope.ACTIVATIONS_WRITE),
    ("DELETE", "/v1/activations/+123", Scope.ACTIVATIONS_WRITE),
    ("POST", "/v1/webhooks", Scope.WEBHOOKS_WRITE),
    ("GET", "/v1/webhooks", Scope.WEBHOOKS_WRITE),
    ("GET", "/v1/webhooks/hook_x", Scope.WEBHOOKS_WRITE),
    ("PATCH", "/v1/webhooks/hook_x", Scope.WEBHOOKS_WRITE),
    ("DELETE", "/v1/webhooks/hook_x", Scope.WEBHOOKS_WRITE),
    ("GET", "/metrics", Scope.METRICS_READ),
)


@pytest.mark.parametrize(("method", "path", "scope"), CALLS)
def test_every_route_needs_its_scope_and_no_other(house: House, method: str, path: str, scope: Scope) -> None:
    headers = PICTURE_TYPE if path.endswith("reference") else VIDEO_TYPE if path.endswith("recording") else {}
    problem(house.client.request(method, path, headers=headers), 401, "key-invalid")
    others = house.new_key(*(frozenset(Scope) - {scope}))
    problem(house.operator(method, path, others, headers=headers), 403, "scope-missing")
    assert house.operator(method, path, house.new_key(scope), headers=headers).status_code not in (401, 403, 405)


def test_a_revoked_key_opens_nothing(house: House) -> None:
    for key in house.services.access.api_keys():
        house.services.access.revoke_api_key(key.id)
    told = house.operator("GET", "/v1/cases")
    problem(told, 401, "key-invalid")
    assert told.headers["www-authenticate"] == "Bearer"
