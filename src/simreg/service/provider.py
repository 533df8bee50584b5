"""Staff sign in with the operator's own identity provider: OpenID Connect Core 1.0, the code flow with PKCE (RFC 7636).

The provider says who somebody is; which role they have is decided here, where two people agree to it. It has to ask for a
second factor itself.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import urllib3
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from urllib3.exceptions import HTTPError

from simreg.errors import AccessError, InputError
from simreg.privacy.keys import Keys
from simreg.privacy.seal import NONCE_BYTES, Sealed, Sealer
from simreg.service.chance import Chance, new_token
from simreg.service.work import Clock
from simreg.settings import Settings, is_local

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
"""Of the provider's signatures: those with a public key only."""

SECONDS, MOST_BYTES = 5.0, 262_144
GOOD_FOR = timedelta(minutes=10)
LEEWAY_S = 60
KEPT = timedelta(hours=1)
"""How long what the provider says of itself is remembered."""

BACK = "/staff/provider/back"


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the browser goes, and what it keeps until it is back."""

    address: str
    kept: str = field(repr=False)


class Provider:
    """One identity provider. Raises InputError ``provider-address`` for one that cannot be used."""

    def __init__(self, settings: Settings, keys: Keys, clock: Clock, chance: Chance) -> None:
        parts = urlsplit(settings.oidc_issuer)
        local = is_local(parts.hostname or "")
        if not parts.hostname or not (parts.scheme == "https" or local) or not settings.oidc_client_id:
            sentence = "The identity provider's address cannot be used, or there is no client id."
            raise InputError(
                "provider-address", sentence, "Set SIMREG_OIDC_ISSUER (https://...) and SIMREG_OIDC_CLIENT_ID."
            )
        self._issuer, self._client = settings.oidc_issuer, settings.oidc_client_id
        self._secret, self._claim = settings.oidc_client_secret, settings.oidc_name_claim
        self._local, self._back = local, settings.public_url + BACK
        self._sealer, self._clock, self._chance = Sealer.of(keys), clock, chance
        self._pool = urllib3.PoolManager(timeout=SECONDS, retries=False)
        self._known: dict[str, tuple[Any, Any]] = {}

    def begin(self) -> Begun:
        """The beginning of a sign-in. Raises AccessError ``provider-away``."""
        state, nonce, verifier = (new_token(self._chance, word) for word in ("state", "nonce", "code"))
        challenge = _url64(hashlib.sha256(verifier.encode()).digest())
        query = {
            "response_type": "code",
            "scope": "openid email profile",
            "client_id": self._client,
            "redirect_uri": self._back,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        until = (self._clock() + GOOD_FOR).timestamp()
        kept = json.dumps({"state": state, "nonce": nonce, "verifier": verifier, "until": until})
        return Begun(f"{self._endpoint('authorization_endpoint')}?{urlencode(query)}", self._packed(kept))

    def finish(self, kept: str, query: Mapping[str, str]) -> str:
        """The name of whom the provider has let in. Raises AccessError ``provider-refused`` or ``provider-away``."""
        begun = self._unpacked(kept)
        good = hmac.compare_digest(str(begun["state"]).encode(), query.get("state", "").encode("utf-8", "replace"))
        if not good or begun["until"] < self._clock().timestamp() or not query.get("code"):
            raise _refused()
        form = {
            "grant_type": "authorization_code",
            "code": query["code"][:2048],
            "redirect_uri": self._back,
            "client_id": self._client,
            "code_verifier": begun["verifier"],
        }
        told = self._ask("POST", self._endpoint("token_endpoint"), form)
        return self._name(self._claims(str(told.get("id_token", ""))), str(begun["nonce"]))

    def _claims(self, token: str) -> dict[str, Any]:
        """What an ID token says, if the provider signed it. Keys that are not known are asked for once more."""
        for anew in (False, True):
            told: Any = self._read(self._endpoint("jwks_uri"), anew=anew)
            try:
                keys = KeySet.import_key_set(told)
                return dict(jwt.decode(token, keys, ALGORITHMS).claims)
            except (JoseError, ValueError, KeyError, TypeError):
                continue
        raise _refused()

    def _name(self, claims: dict[str, Any], nonce: str) -> str:
        now = self._clock().timestamp()
        audience = claims.get("aud")
        to_us = audience == self._client or (
            isinstance(audience, list) and self._client in audience and claims.get("azp", self._client) == self._client
        )
        times = [claims.get("exp"), claims.get("iat")]
        timely = all(isinstance(one, int | float) for one in times) and (
            times[0] > now - LEEWAY_S and times[1] < now + LEEWAY_S  # type: ignore[operator]
        )
        name = claims.get(self._claim)
        proved = self._claim != "email" or claims.get("email_verified") is True
        if claims.get("iss") != self._issuer or not to_us or not timely or not proved:
            raise _refused()
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode("utf-8", "replace"), nonce.encode()):
            raise _refused()
        if not isinstance(name, str):
            raise _refused()
        return name.lower()

    # --- the provider itself -----------------------------------------------------------------------------------------

    def _endpoint(self, name: str) -> str:
        told = self._read(self._issuer.rstrip("/") + "/.well-known/openid-configuration")
        address = told.get(name)
        if told.get("issuer") != self._issuer or not isinstance(address, str) or not self._safe(address):
            raise _away("It describes itself otherwise than OpenID Connect asks.")
        return address

    def _safe(self, address: str) -> bool:
        parts = urlsplit(address)
        return parts.scheme == "https" or (self._local and is_local(parts.hostname or ""))

    def _read(self, address: str, *, anew: bool = False) -> dict[str, Any]:
        known = self._known.get(address)
        if known is None or anew or known[0] <= self._clock():
            known = self._known[address] = self._clock() + KEPT, self._ask("GET", address)
        return dict(known[1])

    def _ask(self, method: str, address: str, form: dict[str, str] | None = None) -> dict[str, Any]:
        headers = {"Accept": "application/json"}
        if form is not None and self._secret:
            headers |= urllib3.make_headers(basic_auth=f"{quote(self._client, safe='')}:{quote(self._secret, safe='')}")
        body = None if form is None else urlencode(form)
        headers |= {} if form is None else {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            answer = self._pool.request(
                method, address, body=body, headers=headers, preload_content=False, redirect=False
            )
            status, told = answer.status, answer.read(MOST_BYTES)
            answer.release_conn()
            found = json.loads(told)
        except (HTTPError, OSError, ValueError) as error:
            raise _away(f"It gives no answer that can be read ({type(error).__name__}).") from None
        if form is not None and 400 <= status < 500:
            raise _refused()
        if status != 200 or not isinstance(found, dict):
            raise _away(f"It answers with status {status}.")
        return found

    # --- what the browser keeps --------------------------------------------------------------------------------------

    def _packed(self, text: str) -> str:
        sealed = self._sealer.seal(text.encode(), "provider")
        return _url64(sealed.nonce + sealed.ciphertext)

    def _unpacked(self, kept: str) -> dict[str, Any]:
        try:
            data = base64.urlsafe_b64decode(kept[:4096] + "=" * (-len(kept) % 4))
            sealed = Sealed(self._sealer.key_id, data[:NONCE_BYTES], data[NONCE_BYTES:])
            return dict(json.loads(self._sealer.open(sealed, "provider")))
        except (binascii.Error, ValueError, InputError):
            raise _refused() from None


def _url64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _refused() -> AccessError:
    return AccessError("provider-refused", "The identity provider did not let you in.", "Begin the sign-in anew.")


def _away(why: str) -> AccessError:
    return AccessError(
        "provider-away", f"The identity provider cannot be used. {why}", "Try again, or tell the operator."
    )
