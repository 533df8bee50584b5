"""Webhooks: looked after over HTTP, signed, sent to a real receiver, tried again, never sent where they must not go."""

import base64
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from api.house import House, problem
from service.desk import START
from simreg.api import sender
from simreg.service.webhooks import Delivery
from simreg.settings import Settings
from simreg.storage.database import Database

ID = "hook_00000000000000000000"


class Receiver:
    """Writes down what comes, and answers with these statuses in turn."""

    def __init__(self, *statuses: int) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        statuses_ = iter(statuses)
        came = self.came

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                came.append(({name.lower(): value for name, value in self.headers.items()} | {"path": self.path}, body))
                self.send_response(next(statuses_, 204))
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self._server.server_port}/hooks?a=b"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def trial(database: Database) -> House:
    """A server on one's own machine, whose webhooks may stay there."""
    return House(database, replace(Settings(), profile="test"))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver(500, 302)
    yield receiver
    receiver.close()


def made(house: House, url: str, *kinds: str) -> dict[str, Any]:
    answer = house.operator("POST", "/v1/webhooks", json={"url": url, "kinds": list(kinds)})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_messages_are_signed_and_tried_until_they_arrive(trial: House, receiver: Receiver) -> None:
    hook = made(trial, receiver.url, "case.created")
    case_id, _ = trial.opened()
    for wait in (0, 6, 31):  # after a 500 and a redirect, which is not followed
        trial.desk.later(wait)
        assert sender.send_due(trial.services) == 1
        assert sender.send_due(trial.services) == 0
    trial.desk.later(100_000)
    assert sender.send_due(trial.services) == 0
    assert [headers["path"] for headers, _ in receiver.came] == ["/hooks?a=b"] * 3
    assert len({headers["webhook-id"] for headers, _ in receiver.came}) == 1
    secret = base64.b64decode(hook["secret"].removeprefix("whsec_"))
    for headers, body in receiver.came:
        text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        assert headers["webhook-signature"] == "v1," + base64.b64encode(hmac.digest(secret, text, "sha256")).decode()
    told = json.loads(receiver.came[-1][1])
    assert (told["type"], told["data"]["case"]) == ("case.created", case_id)
    counts = trial.operator("GET", "/metrics").text
    assert 'simreg_webhook_tries_total{outcome="failed"} 2.0' in counts
    assert 'simreg_webhook_tries_total{outcome="delivered"} 1.0' in counts
    assert "simreg_webhooks_pending 0.0" in counts


def test_a_receiver_that_is_not_there_is_tried_again_later(trial: House) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        made(trial, f"http://127.0.0.1:{unused.getsockname()[1]}/")
        trial.opened()
        assert sender.send_due(trial.services) == 1
    assert trial.services.webhooks.waiting() == 1
    trial.desk.later(6)
    assert len(trial.services.webhooks.due()) == 1


def test_a_receiver_that_does_not_answer_is_given_up_in_time(trial: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        message = delivery(f"http://127.0.0.1:{silent.getsockname()[1]}/")
        with pytest.raises(sender.RefusedError, match="Timeout"):
            sender.send(message, 0.2, private=True, resolve=sender.addresses)


def delivery(url: str) -> Delivery:
    return Delivery("msg_1", "hook_1", url, "case.created", {"type": "case.created"}, START, 0, b"k" * 32)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),  # noqa: S104
        *("::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::a00:1"),
    ],
)
def test_private_addresses_are_not_reached_whatever_the_name(address: str) -> None:
    for found in ([address], ["93.184.216.34", address]):
        with pytest.raises(sender.RefusedError, match="private address"):
            sender.send(delivery("https://hooks.example/"), 1, private=False, resolve=lambda *_, found=found: found)


def test_the_address_that_was_looked_at_is_the_one_that_is_reached() -> None:
    asked: list[tuple[str, int]] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        came: list[bytes] = []

        def accept() -> None:
            connection, _ = server.accept()
            came.append(connection.recv(2000))
            connection.close()

        thread = threading.Thread(target=accept)
        thread.start()
        with pytest.raises(sender.RefusedError):
            sender.send(delivery(f"https://hooks.example:{port}/"), 2, private=True, resolve=resolve)
        thread.join(5)
    assert asked == [("hooks.example", port)]
    assert b"hooks.example" in came[0]  # the name goes with the TLS handshake, whose certificate must be for it


@pytest.mark.parametrize("url", ["http://hooks.example/", "http://localhost:1/"])
def test_only_https_unless_it_stays_on_this_machine(url: str) -> None:
    with pytest.raises(sender.RefusedError, match="not https"):
        sender.send(delivery(url), 1, private=False, resolve=lambda *_: ["93.184.216.34"])


def test_a_name_that_nobody_has() -> None:
    def resolve(*_: object) -> list[str]:
        raise socket.gaierror

    with pytest.raises(sender.RefusedError, match="host unknown"):
        sender.send(delivery("https://hooks.example/"), 1, private=False, resolve=resolve)


def test_the_signature_is_that_of_the_standard() -> None:
    headers = sender.signed(delivery("https://hooks.example/"), b"{}", 1_700_000_000)
    digest = hmac.new(b"k" * 32, b"msg_1.1700000000.{}", hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"


def test_webhooks_are_looked_after(house: House) -> None:
    hook = made(house, "https://hooks.example/one")
    path = f"/v1/webhooks/{hook['id']}"
    assert hook["secret"].startswith("whsec_")
    plain = {name: value for name, value in hook.items() if name != "secret"}
    assert house.operator("GET", path).json() == plain
    assert house.operator("GET", "/v1/webhooks").json() == {"webhooks": [plain]}
    changed = house.operator("PATCH", path, json={"kinds": ["case.accepted"], "disabled": True}).json()
    assert (changed["url"], changed["kinds"]) == (hook["url"], ["case.accepted"])
    assert changed["disabled_at"] == "2026-11-23T09:00:00Z"
    assert house.operator("DELETE", path).status_code == 204
    problem(house.operator("GET", path), 404, "webhook-unknown")
    problem(house.operator("PATCH", path, json={}), 404, "webhook-unknown")
    problem(house.operator("DELETE", path), 404, "webhook-unknown")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": "http://hooks.example/"}, "webhook-url"),
        ({"url": "https://hooks.example/", "kinds": ["case.eaten"]}, "webhook-kind"),
        ({}, "request-invalid"),
    ],
)
def test_webhooks_that_cannot_be(house: House, body: dict[str, Any], code: str) -> None:
    problem(house.operator("POST", "/v1/webhooks", json=body), 422, code)
