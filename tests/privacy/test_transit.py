"""A key of a key management wraps and opens keys, and nothing passes where it does not answer as it should."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from simreg.errors import InputError, SimregError
from simreg.privacy.seal import Sealed, Wrapper
from simreg.privacy.transit import Transit

TOKEN = "hvs.test"  # noqa: S105
DATA = os.urandom(32)


class Engine:
    """Does what the transit engine does, as its documentation says."""

    def __init__(self) -> None:
        self.cipher, self.answer, self.seen = AESGCM(os.urandom(32)), None, []  # type: tuple[AESGCM, Any, list[str]]

    def do(self, path: str, token: str, body: dict[str, str]) -> tuple[int, Any]:
        self.seen.append(path)
        if self.answer is not None:
            return self.answer  # type: ignore[no-any-return]
        if token != TOKEN:
            return 403, {"errors": ["permission denied"]}
        bound = base64.b64decode(body["associated_data"])
        if path == "/v1/transit/encrypt/simreg":
            nonce = os.urandom(12)
            sealed = nonce + self.cipher.encrypt(nonce, base64.b64decode(body["plaintext"]), bound)
            return 200, {"data": {"ciphertext": "vault:v1:" + base64.b64encode(sealed).decode(), "key_version": 1}}
        if path == "/v1/transit/decrypt/simreg":
            sealed = base64.b64decode(body["ciphertext"].removeprefix("vault:v1:"))
            try:
                plain = self.cipher.decrypt(sealed[:12], sealed[12:], bound)
            except InvalidTag:
                return 400, {"errors": ["cipher: message authentication failed"]}
            return 200, {"data": {"plaintext": base64.b64encode(plain).decode()}}
        return 404, {"errors": []}


@pytest.fixture
def engine() -> Iterator[tuple[Engine, str]]:
    made = Engine()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, told = made.do(self.path, self.headers["X-Vault-Token"], body)
            data = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made, f"http://127.0.0.1:{server.server_port}/transit/simreg"
    server.shutdown()
    server.server_close()


def test_a_key_comes_back_as_what_it_belongs_to_only(engine: tuple[Engine, str]) -> None:
    wrapper: Wrapper = Transit(engine[1], TOKEN)
    sealed = wrapper.seal(DATA, "dek_1", "case_1", "frame")
    assert DATA not in sealed.ciphertext
    assert base64.b64encode(DATA) not in sealed.ciphertext
    assert wrapper.open(sealed, "dek_1", "case_1", "frame") == DATA
    for other in (("dek_1", "case_2", "frame"), ("dek_1", "case_1frame"), ()):
        with pytest.raises(InputError) as caught:
            wrapper.open(sealed, *other)
        assert caught.value.code == "sealed-unreadable"


def test_what_another_key_sealed_is_not_even_sent(engine: tuple[Engine, str]) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        Transit(engine[1], TOKEN).open(Sealed("another", b"", b"vault:v1:AAAA"), "dek_1")
    assert engine[0].seen == []


@pytest.mark.parametrize(
    "answer",
    [
        (503, {"errors": ["Vault is sealed"]}),
        (200, b"not json"),
        (200, {"data": None}),
        (200, {"data": {}}),
        (200, {"data": {"ciphertext": 7, "plaintext": 7}}),
        (302, b""),
    ],
)
def test_another_answer_is_an_error_and_no_key(answer: Any, engine: tuple[Engine, str]) -> None:
    wrapper = Transit(engine[1], TOKEN)
    sealed = wrapper.seal(DATA, "dek_1")
    engine[0].answer = answer
    for ask in (lambda: wrapper.seal(DATA, "dek_1"), lambda: wrapper.open(sealed, "dek_1")):
        with pytest.raises(SimregError) as caught:
            ask()
        assert caught.value.code == "key-management-away"


def test_a_wrong_token_and_a_server_that_is_away_are_said(engine: tuple[Engine, str]) -> None:
    for wrapper in (Transit(engine[1], "another"), Transit("http://127.0.0.1:9/transit/simreg", TOKEN, 0.5)):
        with pytest.raises(SimregError) as caught:
            wrapper.seal(DATA, "dek_1")
        assert caught.value.code == "key-management-away"
        assert TOKEN not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://vault.example/transit/simreg",
        "https://vault.example/simreg",
        "https://vault.example",
        "https://hvs.x@vault.example/transit/simreg",
        "https://vault.example/transit/simreg?a=b",
        "ftp://vault.example/transit/simreg",
        "https://vault.example/transit/" + "a" * 60,
    ],
)
def test_an_address_that_is_none_or_not_safe_is_refused(url: str) -> None:
    with pytest.raises(InputError) as caught:
        Transit(url, TOKEN)
    assert caught.value.code == "transit-address"
