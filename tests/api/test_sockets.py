"""A live capture over a real WebSocket of the app, with a real worker process and the synthetic engine."""

import functools
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketDenialResponse, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from api.house import PUBLIC, House
from live import film as live_film
from live.test_capture import FilmClock
from simreg.api import sockets
from simreg.live.capture import CaptureLimits, CaptureSocket
from simreg.live.pool import Pool
from simreg.settings import Settings
from simreg.storage.database import Database
from synthetic.attempt import follows
from synthetic.script import film

LIMITS = CaptureLimits(hello_s=5, place_s=0.3, silence_s=5, wait_s=0.05)
EASY = ["look-up", "look-down", "close-eyes", "open-mouth", "approach"]


@pytest.fixture
def live(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house with a worker that takes two captures; its clock keeps step with the film."""
    pool = Pool(live_film.engine, 1, 2, live_film.decode)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await pool.start()
        yield
        await pool.stop()

    quick = functools.partial(CaptureSocket, limits=LIMITS)
    monkeypatch.setattr(sockets, "CaptureSocket", lambda *a, **more: quick(*a, **more, clock=FilmClock()))
    settings = Settings(profile="test", public_url=PUBLIC, sockets_address=3, sockets_shop=1)
    house = House(database, settings, pool, lifespan)
    with house.client:
        yield house


def socket(house: House, origin: str | None = PUBLIC, client: TestClient | None = None) -> WebSocketTestSession:
    headers = {} if origin is None else {"Origin": origin}
    return (client or house.client).websocket_connect("/v1/capture", headers=headers)


def begun(house: House, **values: Any) -> tuple[str, str, str]:
    """A case whose attempt may begin, its link and its capture's token."""
    case_id, link = house.referenced(**values)
    answer = house.subscriber("POST", "attempts", link, json={"cannot": EASY})
    return case_id, link, str(answer.json()["token"])


def hello(page: WebSocketTestSession, token: str) -> dict[str, Any]:
    page.send_text(json.dumps({"type": "hello", "version": 1, "token": token}))
    return dict(page.receive_json())


def challenge_of(house: House, case_id: str) -> tuple[Any, ...]:
    """What only the server knows."""
    return house.desk.registration.attempts(case_id)[-1].challenge


def played(page: WebSocketTestSession, frames: list[bytes]) -> list[dict[str, Any]]:
    """Send the frames, at most two unanswered, until the server has enough; all that came down."""
    said: list[dict[str, Any]] = []
    waiting = 0
    for frame in frames:
        while waiting >= 2:
            said.append(page.receive_json())
            waiting -= said[-1]["type"] in ("seen", "dropped")
            if said[-1]["type"] == "judging":
                waiting = 0
                break
        if said and said[-1]["type"] == "judging":
            break
        page.send_bytes(frame)
        waiting += 1
    while not said or said[-1]["type"] not in ("done", "error"):
        said.append(page.receive_json())
    return said


def closed(page: WebSocketTestSession) -> int:
    """Read until the server closes; with which code it did."""
    try:
        while True:
            page.receive_json()
    except WebSocketDisconnect as end:
        return int(end.code)


def messages(challenge: tuple[Any, ...]) -> list[bytes]:
    return [live_film.message(frame) for frame in film(follows(*challenge))]


def test_from_the_link_to_the_outcome(live: House) -> None:
    case_id, link, token = begun(live)
    with socket(live) as page:
        ready = hello(page, token)
        assert ready == {"type": "ready", "attempt": 1, "of": 3, "line": "+8613800000001", "actions": 3, "seconds": 20}
        assert live.services.places.captures == 1
        done = played(page, messages(challenge_of(live, case_id)))[-1]
        assert closed(page) == 1000
    told = live.subscriber("GET", "case", link).json()
    assert (done["state"], done["folio"], done["attempts_left"]) == ("accepted", f"{told['folio']}-1", 2)
    assert (told["state"], told["accepted_by"]) == ("accepted", "face")
    attempt = live.operator("GET", f"/v1/cases/{case_id}/result").json()["attempts"][0]
    assert len(attempt["reaction_ms"]) == 3
    assert live.services.places.captures == 0
    counts = live.operator("GET", "/metrics").text.splitlines()
    assert "simreg_verdict_seconds_count 1.0" in counts
    assert 'simreg_capture_sockets_total{close="done"} 1.0' in counts
    assert 'simreg_frames_total{became="answered"} 0.0' not in counts
    with socket(live) as page:
        assert hello(page, token)["code"] == "token-invalid"
        assert closed(page) == 4401


def test_who_does_not_follow_may_try_again(live: House) -> None:
    case_id, link, token = begun(live)
    other = tuple(reversed(challenge_of(live, case_id)))
    wrong = other if other != challenge_of(live, case_id) else ("blink", "turn-left", "blink")
    with socket(live) as page:
        hello(page, token)
        done = played(page, messages(wrong))[-1]
    assert done["state"] == "referenced"
    assert live.subscriber("GET", "case", link).json()["result"]["outcome"] == "failed"


def test_a_lost_connection_is_taken_up_with_another_challenge(live: House) -> None:
    case_id, link, token = begun(live)
    with socket(live) as page:
        hello(page, token)
    again = live.subscriber("POST", "attempts", link, json={"cannot": EASY}).json()
    assert again["number"] == 1
    with socket(live) as page:
        hello(page, again["token"])
        assert played(page, messages(challenge_of(live, case_id)))[-1]["state"] == "accepted"


def test_a_second_page_takes_the_capture_over(live: House) -> None:
    case_id, link, token = begun(live)
    with socket(live) as first:
        hello(first, token)
        again = live.subscriber("POST", "attempts", link, json={"cannot": EASY}).json()
        with socket(live) as second:
            assert hello(second, again["token"])["type"] == "ready"
            assert first.receive_json()["code"] == "taken-over"
            assert closed(first) == 1000
            assert live.services.places.captures == 1
            assert played(second, messages(challenge_of(live, case_id)))[-1]["state"] == "accepted"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", PUBLIC + ".evil.example", "http://sim.example"])
def test_a_page_from_elsewhere_is_told_so_and_not_read(live: House, origin: str) -> None:
    _, _, token = begun(live)
    with socket(live, origin) as page:
        page.send_text(json.dumps({"type": "hello", "version": 1, "token": token}))
        assert closed(page) == 4403
    with socket(live) as page:
        assert hello(page, token)["type"] == "ready"  # the token was not used up


def test_what_is_no_browser_is_not_let_in(live: House) -> None:
    with pytest.raises((WebSocketDisconnect, WebSocketDenialResponse)), socket(live, None):
        pass


def test_origins() -> None:
    assert sockets.origins(Settings(public_url=PUBLIC, origins=("https://shop.example",))) == {
        PUBLIC,
        "https://shop.example",
    }
    assert "http://127.0.0.1:8000" in sockets.origins(Settings())
    assert "http://localhost:8001" not in sockets.origins(Settings())


def test_so_many_sockets_from_one_address(live: House) -> None:
    with socket(live), socket(live), socket(live):
        with socket(live) as page:
            told = page.receive_json()
            assert (told["code"], told["again"]) == ("too-many-sockets", True)
            assert closed(page) == 4429
        elsewhere = live.client_at("198.51.100.1")
        elsewhere.portal = live.client.portal
        _, _, token = begun(live)
        with socket(live, client=elsewhere) as page:
            assert hello(page, token)["type"] == "ready"


def test_so_many_captures_for_one_shop(live: House) -> None:
    _, _, token = begun(live, shop="s1")
    _, _, other = begun(live, shop="s1", line="+8613800000002")
    with socket(live) as page:
        hello(page, token)
        with socket(live) as refused:
            assert hello(refused, other)["code"] == "too-many-sockets"
            assert closed(refused) == 4429
    with socket(live) as page:
        assert hello(page, other)["type"] == "ready"


def test_a_full_house_asks_to_wait_and_keeps_the_token(live: House) -> None:
    tokens = [begun(live, line=f"+861380000001{number}")[2] for number in range(3)]
    with socket(live) as first, socket(live) as second:
        hello(first, tokens[0])
        hello(second, tokens[1])
        with socket(live) as third:
            assert hello(third, tokens[2])["type"] == "wait"
            assert closed(third) == 4429
    with socket(live) as third:
        assert hello(third, tokens[2])["type"] == "ready"


def test_a_message_that_is_too_large_ends_the_capture(live: House) -> None:
    _, _, token = begun(live)
    with socket(live) as page:
        hello(page, token)
        page.send_bytes(b"0" * (256 * 1024 + 1))
        assert page.receive_json()["code"] == "frame-too-large"
        assert closed(page) == 4413


def test_while_it_drains_captures_end_and_none_begins(live: House) -> None:
    case_id, _, token = begun(live)
    _, _, other = begun(live, line="+8613800000002")
    with socket(live) as page:
        hello(page, token)
        live.services.draining.set()
        with socket(live) as late:
            late.send_text(json.dumps({"type": "hello", "version": 1, "token": other}))
            assert closed(late) == 1012
        assert played(page, messages(challenge_of(live, case_id)))[-1]["state"] == "accepted"


def test_a_fault_inside_tells_nothing(live: House, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    def fail(*_: object) -> None:
        raise ValueError("secret words")

    _, _, token = begun(live)
    monkeypatch.setattr(live.services.registration, "claim_capture", fail)
    with socket(live) as page:
        page.send_text(json.dumps({"type": "hello", "version": 1, "token": token}))
        assert closed(page) == 1011
    assert "secret" not in caplog.text
    assert "ValueError at" in caplog.text
    assert live.services.places.captures == 0
    assert live.pool.running == 0


def test_the_limits_of_the_settings_are_used(database: Database) -> None:
    house = House(database, replace(Settings(), sockets_address=5, sockets_shop=6))
    assert (house.services.places._each_address, house.services.places._each_shop) == (5, 6)
