"""Around every route: sizes, kinds, headers, addresses, the log, and what is told of errors."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from api.house import ORDER, PICTURE_TYPE, PUBLIC, VIDEO_TYPE, House, problem
from simreg.api import edge
from simreg.errors import ModelError, SimregError
from simreg.limiter import MOST_ADDRESSES, Limiter, network
from simreg.live.pool import PoolFullError
from simreg.settings import Settings
from simreg.storage.database import Database
from simreg.web import files


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("POST", "/v1/cases", 64 * 1024),
        ("POST", "/v1/nothing", 64 * 1024),
        ("PUT", "/v1/subscriber/reference", 10_000_000),
        ("PUT", "/v1/cases/case_x/reference", 10_000_000),
        ("PUT", "/v1/attempts/att_x/recording", 300_000_000),
    ],
)
def test_what_says_that_it_is_too_large_is_not_read(house: House, method: str, path: str, limit: int) -> None:
    headers = {"Content-Length": str(limit + 1)}
    problem(house.client.request(method, path, headers=headers, content=b"x"), 413, "body-too-large")


def test_what_turns_out_too_large_is_not_read_to_its_end(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "LIMITS", [(verb, paths, 300_000) for verb, paths, _ in edge.LIMITS])
    given = 0

    def pieces() -> Iterator[bytes]:
        nonlocal given
        for _ in range(100):
            given += 1
            yield b" " * 20_000

    case_id, _ = house.referenced()
    attempt = house.attempt(case_id)
    path = f"/v1/attempts/{attempt['attempt']}/recording"
    for verb, where, kind in (
        ("POST", "/v1/cases", {"Content-Type": "application/json"}),
        ("PUT", f"/v1/cases/{case_id}/reference", PICTURE_TYPE),
    ):
        problem(house.operator(verb, where, content=pieces(), headers=kind), 413, "body-too-large")
    headers = VIDEO_TYPE | {"Authorization": f"Bearer {attempt['token']}"}
    problem(house.client.put(path, content=pieces(), headers=headers), 413, "body-too-large")
    assert house.record(attempt).status_code == 200  # the token is still good


@pytest.mark.parametrize(
    ("content", "media", "status", "code"),
    [
        (b"{", "application/json", 400, "json-invalid"),
        (b"[" * 60_000, "application/json", 400, "request-unreadable"),
        (b'"\xff"', "application/json", 400, "request-unreadable"),
        (b"\xff\xfe", "application/json", 400, "json-invalid"),
        (b"null", "application/json", 422, "request-invalid"),
        (b"[]", "application/json", 422, "request-invalid"),
        (b"", "application/json", 422, "request-invalid"),
        (b"{}", "text/plain", 415, "media-type"),
        (b"a=b", "application/x-www-form-urlencoded", 415, "media-type"),
    ],
)
def test_a_body_that_is_no_order(house: House, content: bytes, media: str, status: int, code: str) -> None:
    problem(house.operator("POST", "/v1/cases", content=content, headers={"Content-Type": media}), status, code)


def test_addresses_and_methods_that_are_not_there(house: House) -> None:
    problem(house.client.get("/v1/nothing"), 404, "path-unknown")
    problem(house.client.get("/v1/cases/"), 404, "path-unknown")
    problem(house.client.get("/web/../secret"), 404, "path-unknown")
    problem(house.operator("GET", "/v1/cases/case_x"), 404, "case-unknown")
    problem(house.operator("GET", "/v1/cases/%00%F0"), 404, "case-unknown")
    refused = house.client.put("/v1/cases")
    problem(refused, 405, "method-unknown")
    assert refused.headers["allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (PoolFullError("busy", "Full.", "Wait."), 503, "busy"),
        (SimregError("database-unreachable", "It does not answer.", "Wait."), 503, "database-unreachable"),
        (ModelError("weights-gone", "secret words", "x"), 500, "internal"),
        (ValueError("secret words"), 500, "internal"),
    ],
)
def test_faults_are_told_without_what_is_inside(
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    code: str,
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(house.services.registration, "case", fail)
    answer = house.operator("GET", "/v1/cases/case_x")
    problem(answer, status, code)
    assert "secret" not in answer.text + caplog.text
    assert ("retry-after" in answer.headers) is (status == 503)
    if isinstance(error, ValueError):
        assert "ValueError at" in caplog.text
        assert answer.headers["x-request-id"] in caplog.text


def test_the_log_has_no_tokens_and_no_queries(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "simreg.access")
    case_id, link = house.referenced()
    house.operator("GET", "/v1/cases", params={"line": "+8613800000001"})
    attempt = house.attempt(case_id)
    house.record(attempt)
    house.client.get(f"/r/{link}?x={house.key}")
    secrets = [house.key, link, attempt["token"], "861380", "192.0.2.7"]
    assert not [secret for secret in secrets if secret in caplog.text]
    assert re.search(r"GET /v1/cases 200 \d+ ms [0-9a-f]{16}", caplog.text)


def test_every_answer_has_the_headers(house: House) -> None:
    for path in ("/v1/health", "/v1/nothing", "/", "/r", "/metrics", "/v1/openapi.json"):
        headers = house.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["strict-transport-security"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert re.fullmatch(r"[0-9a-f]{16}", headers["x-request-id"])
    assert house.client.get("/v1/health").headers["cache-control"] == "no-store"


def test_pages_and_files(house: House) -> None:
    for path, name in files.PAGES.items():
        built = files.read(name)
        answer = house.client.get(path)
        assert built is not None
        assert (answer.content, answer.headers["content-type"]) == (built.body, built.media_type)
        assert answer.headers["content-security-policy"] == files.PAGE_HEADERS["Content-Security-Policy"]
        assert house.client.get(path, headers={"If-None-Match": built.etag}).status_code == 304
        assert house.client.head(path).status_code == 200
    component = house.client.get("/web/portrait-capture.js")
    assert component.headers["access-control-allow-origin"] == "*"
    problem(house.client.get("/web/nothing.js"), 404, "path-unknown")


def test_many_wrong_tokens_from_one_address_are_slowed_down(house: House) -> None:
    case_id, link = house.opened()
    answers = [house.subscriber("GET", "case", "srl_wrong") for _ in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {401}
    problem(answers[60], 429, "too-many-failures")
    assert int(answers[60].headers["retry-after"]) <= 60
    problem(house.operator("GET", "/v1/cases", "srk_wrong"), 429, "too-many-failures")
    assert house.subscriber("GET", "case", link).json()["case"] == case_id  # a good one always works
    house.client = house.client_at("198.51.100.1")
    problem(house.subscriber("GET", "case", "srl_wrong"), 401, "link-invalid")


@pytest.mark.parametrize(
    ("proxies", "told"), [((), "10.0.0.1"), (("10.0.0.1",), "203.0.113.9"), (("10.9.9.9",), "10.0.0.1")]
)
def test_only_a_known_proxy_is_believed(database: Database, proxies: tuple[str, ...], told: str) -> None:
    house = House(database, Settings(profile="test", public_url=PUBLIC, proxies=proxies), address="10.0.0.1")
    counted: list[str] = []
    house.services.failures.count = counted.append  # type: ignore[method-assign,assignment]
    house.subscriber("GET", "case", "srl_x", headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.9"})
    assert counted == [told]


def test_a_limiter_counts_by_address_and_forgets() -> None:
    now = [0.0]
    limiter = Limiter(2, 60, lambda: now[0])
    assert [limiter.count("192.0.2.1") for _ in range(3)] == [None, None, 60]
    assert limiter.count("192.0.2.2") is None
    now[0] = 20
    assert limiter.count("192.0.2.1") == 40
    now[0] = 60
    assert limiter.count("192.0.2.1") is None
    for number in range(MOST_ADDRESSES + 10):
        limiter.count(f"a{number}")
    assert len(limiter._seen) == MOST_ADDRESSES


def test_a_household_counts_as_one_address() -> None:
    assert network("2001:db8:1:2:3::4") == network("2001:db8:1:2:ffff::1") != network("2001:db8:1:3::1")
    assert network("::ffff:192.0.2.1") == "192.0.2.1"
    assert len(network("x" * 500)) == 64


def test_too_many_pictures_at_once_are_told_to_come_back(house: House) -> None:
    case_id, link = house.opened()
    house.subscriber("POST", "consent", link, json={"text_version": "1"})
    heavy = house.services.heavy
    while heavy.acquire(blocking=False):
        pass
    full = house.subscriber("PUT", "reference", link, content=b"x", headers=PICTURE_TYPE)
    problem(full, 503, "busy")
    assert full.headers["retry-after"] == "5"
    assert house.operator("GET", f"/v1/cases/{case_id}").json()["state"] == "consented"


def test_the_description_names_every_route_and_its_problems(house: House) -> None:
    described = house.client.get("/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    operations = [one for path in described["paths"].values() for one in path.values()]
    assert len({one["operationId"] for one in operations}) == len(operations) >= 26
    for one in operations:
        assert one["tags"]
        assert one["summary"]
        for status, answer in one["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"]
    schemes = described["components"]["securitySchemes"]
    assert set(schemes) == {"operatorKey", "subscriberLink", "captureToken"}
    assert "HTTPValidationError" not in described["components"]["schemas"]
    assert ORDER["transaction"] in described["components"]["schemas"]["Transaction"]["enum"]


def test_a_trial_server_sends_no_hsts(database: Database) -> None:
    house = House(database, replace(Settings(), profile="test"))
    assert "strict-transport-security" not in house.client.get("/v1/health").headers
