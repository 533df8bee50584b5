"""Sign-in by an identity provider: who it lets in gets in, and nobody else by any trick."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from console.house import Browser, House, words
from simreg.errors import InputError
from simreg.privacy.keys import keys_of
from simreg.service.access import Role
from simreg.service.provider import Provider
from simreg.settings import Settings
from simreg.storage.database import Database

EMAIL = "ann@operator.example"


class Fake:
    """A provider that does as the standard says, but for what a test changes."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.claims: dict[str, Any] = {}
        self.signed_by: Any = None
        self.algorithm = ""
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "one"}
        self.codes: dict[str, dict[str, str]] = {}
        self.issuer, self.now = "", 0.0
        self.seen: list[dict[str, str]] = []

    def authorize(self, address: str) -> tuple[str, str]:
        """What the provider's own page does: a code, and the state that it was given."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return code, query["state"]

    def token(self, form: dict[str, str]) -> tuple[int, Any]:
        self.seen.append(form)
        query = self.codes.pop(form["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if query is None or query["code_challenge"] != challenge or query["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        claims = {
            "iss": self.issuer,
            "aud": query["client_id"],
            "exp": int(self.now) + 300,
            "iat": int(self.now),
            "nonce": query["nonce"],
            "email": EMAIL,
            "email_verified": True,
        }
        claims |= self.claims
        if self.algorithm:
            return 200, {"id_token": by_hand(self.algorithm, claims, self.key.as_pem(private=False))}
        algorithms = [self.header["alg"]]
        return 200, {"id_token": jwt.encode(self.header, claims, self.signed_by or self.key, algorithms=algorithms)}

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, Any]:
        if path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            return 200, {"issuer": self.issuer} | {name: f"{self.issuer}/{at}" for name, at in names.items()}
        if path == "/keys":
            return 200, KeySet([self.key]).as_dict(private=False)
        return self.token(form) if path == "/token" else (404, {})


@pytest.fixture
def fake() -> Iterator[Fake]:
    made = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._sent({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._sent({name: values[0] for name, values in parse_qs(body).items()})

        def _sent(self, form: dict[str, str]) -> None:
            status, told = made.answer(self.path, form)
            data = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def house(database: Database, fake: Fake) -> House:
    settings = Settings(
        oidc_issuer=fake.issuer, oidc_client_id="simreg", public_url="http://testserver", second_factor="on"
    )
    house = House(database, settings)
    house.access.create_staff(EMAIL, Role.AGENT, None)
    fake.now = house.desk.now.timestamp()
    return house


def gone_to(browser: Browser) -> str:
    answer = browser.get("/staff/provider")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_whom_the_provider_lets_in_comes_to_their_pages(house: House, fake: Fake) -> None:
    browser = house.browser()
    assert "/staff/provider" in browser.get("/staff/sign-in").text
    code, state = fake.authorize(gone_to(browser))
    answer = browser.get(f"/staff/provider/back?code={code}&state={state}")
    assert answer.status_code == 200
    assert 'content="0;url=/staff"' in answer.text
    assert browser.get("/staff").headers["location"] == "/staff/cases"  # no code of an app beside it
    session = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("simreg_staff="))
    assert "SameSite=strict" in session


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"aud": ["another", "simreg"], "azp": "another"},
        {"exp": 1},
        {"exp": None},
        {"iat": 9_999_999_999},
        {"nonce": "another"},
        {"nonce": None},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": None},
        {"email": 7},
    ],
)
def test_a_token_that_says_anything_else_lets_nobody_in(claims: dict[str, Any], house: House, fake: Fake) -> None:
    fake.claims = claims
    refused(house, fake, "provider-refused")


def refused(house: House, fake: Fake, code_: str, **changed: str) -> None:
    browser = house.browser()
    code, state = fake.authorize(gone_to(browser))
    query = {"code": code, "state": state} | changed
    answer = browser.get("/staff/provider/back?" + "&".join(f"{name}={value}" for name, value in query.items()))
    assert answer.status_code == 403
    assert f'data-problem="{code_}"' in answer.text
    assert browser.get("/staff").headers["location"] == "/staff/sign-in"


def test_somebody_who_is_no_member_is_told_so(house: House, fake: Fake) -> None:
    for name in ("eve@operator.example", "<b>"):
        fake.claims = {"email": name}
        refused(house, fake, "provider-unknown")


def test_who_was_disabled_stays_out(house: House, fake: Fake) -> None:
    house.access.disable_staff(EMAIL)
    refused(house, fake, "provider-unknown")


def test_a_token_that_another_key_signed_lets_nobody_in(house: House, fake: Fake) -> None:
    fake.signed_by = RSAKey.generate_key(2048, {"kid": "one"})
    refused(house, fake, "provider-refused")


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_the_public_key_is_no_secret_to_sign_with(algorithm: str, house: House, fake: Fake) -> None:
    fake.algorithm = algorithm
    refused(house, fake, "provider-refused")


def by_hand(algorithm: str, claims: dict[str, Any], key: bytes) -> str:
    """A token whose signature is made with the public key as a secret, or is none."""
    parts = [json.dumps(one).encode() for one in ({"alg": algorithm, "kid": "one"}, claims)]
    signed = ".".join(base64.urlsafe_b64encode(one).decode().rstrip("=") for one in parts)
    signature = b"" if algorithm == "none" else hmac.digest(key, signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def test_a_key_that_is_new_at_the_provider_is_asked_for(house: House, fake: Fake) -> None:
    browser = house.browser()
    code, state = fake.authorize(gone_to(browser))
    assert browser.get(f"/staff/provider/back?code={code}&state={state}").status_code == 200
    fake.key = RSAKey.generate_key(2048, {"kid": "two"})
    fake.header = {"alg": "RS256", "kid": "two"}
    again = house.browser()
    code, state = fake.authorize(gone_to(again))
    assert again.get(f"/staff/provider/back?code={code}&state={state}").status_code == 200


@pytest.mark.parametrize("changed", [{"state": "another"}, {"state": ""}, {"code": ""}, {"code": "guess"}])
def test_an_answer_that_nobody_asked_for_lets_nobody_in(changed: dict[str, str], house: House, fake: Fake) -> None:
    refused(house, fake, "provider-refused", **changed)


def test_another_browser_s_answer_lets_nobody_in(house: House, fake: Fake) -> None:
    mine, theirs = house.browser(), house.browser()
    code, state = fake.authorize(gone_to(theirs))
    gone_to(mine)
    assert mine.get(f"/staff/provider/back?code={code}&state={state}").status_code == 403
    assert house.browser().get(f"/staff/provider/back?code={code}&state={state}").status_code == 403
    for cookie in ("", "AAAA", "é", "x" * 10_000):
        mine.client.cookies.set("simreg_provider", cookie.encode("ascii", "replace").decode(), path="/staff")
        assert mine.get(f"/staff/provider/back?code={code}&state={state}").status_code == 403


def test_a_sign_in_that_took_too_long_is_over(house: House, fake: Fake) -> None:
    browser = house.browser()
    code, state = fake.authorize(gone_to(browser))
    house.desk.later(601)
    assert browser.get(f"/staff/provider/back?code={code}&state={state}").status_code == 403


def test_a_code_is_worth_nothing_without_its_verifier(house: House, fake: Fake) -> None:
    victim, thief = house.browser(), house.browser()
    code, _ = fake.authorize(gone_to(victim))
    _, state = fake.authorize(gone_to(thief))
    assert thief.get(f"/staff/provider/back?code={code}&state={state}").status_code == 403


def test_a_provider_that_is_away_is_said(database: Database) -> None:
    settings = Settings(oidc_issuer="http://127.0.0.1:9", oidc_client_id="simreg", public_url="http://testserver")
    answer = House(database, settings).browser().get("/staff/provider")
    assert answer.status_code == 403
    assert "cannot be used" in words(answer)


def test_without_a_provider_there_is_no_such_way(database: Database) -> None:
    browser = House(database).browser()
    assert "/staff/provider" not in browser.get("/staff/sign-in").text
    assert browser.get("/staff/provider").status_code == 404
    assert browser.get("/staff/provider/back").status_code == 404


@pytest.mark.parametrize("issuer", ["http://provider.example", "provider.example", "https://"])
def test_a_provider_over_plain_http_is_refused(issuer: str) -> None:
    with pytest.raises(InputError):
        Provider(Settings(oidc_issuer=issuer, oidc_client_id="x"), keys_of(bytes(32)), None, None)  # type: ignore[arg-type]
