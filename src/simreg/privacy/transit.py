"""Wraps keys by a key that never leaves a key management: the transit engine of HashiCorp Vault and OpenBao."""

import base64
import json
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from simreg.errors import InputError, SimregError
from simreg.privacy.seal import Sealed, bound

SECONDS = 5.0
MOST_BYTES = 65_536
LONGEST_NAME = 50
_TLS = "https"


class Transit:
    """A key of the transit engine at ``https://HOST/MOUNT/KEY``; its type must be ``aes256-gcm96`` or one that, like
    it, binds associated data. The token may encrypt and decrypt with this key, and nothing else.

    Raises InputError ``transit-address`` for another address; plain HTTP is for this very machine only.
    """

    def __init__(self, url: str, token: str, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        mount, _, name = parts.path.strip("/").rpartition("/")
        safe = parts.scheme == _TLS or parts.hostname in ("127.0.0.1", "::1", "localhost")
        if not (safe and parts.hostname and mount and name and len(name) <= LONGEST_NAME) or parts.query or "@" in url:
            sentence = "The address of the key in the key management cannot be used."
            raise InputError("transit-address", sentence, "Give https://HOST:8200/transit/KEY, and the token apart.")
        self.key_id = f"transit {name}"
        self._base = f"{parts.scheme}://{parts.netloc}/v1/{mount}"
        self._name, self._headers = name, {"X-Vault-Token": token, "X-Vault-Request": "true"}
        self._pool = urllib3.PoolManager(timeout=seconds, retries=False)

    def seal(self, data: bytes, *belongs_to: str | int) -> Sealed:
        """Wrap a key so that it opens only as what it belongs to. Raises SimregError ``key-management-away``."""
        answer = self._ask("encrypt", plaintext=_text(data), associated_data=_text(bound(belongs_to)))
        wrapped = answer.get("ciphertext")
        if not isinstance(wrapped, str) or not wrapped.isascii():
            raise _away("It answers otherwise than a transit engine does.")
        return Sealed(self.key_id, b"", wrapped.encode())

    def open(self, sealed: Sealed, *belongs_to: str | int) -> bytes:
        """The key again. Raises InputError ``sealed-unreadable``, SimregError ``key-management-away``."""
        if sealed.key_id != self.key_id:
            raise _unreadable()
        answer = self._ask(
            "decrypt", ciphertext=sealed.ciphertext.decode("ascii", "replace"), associated_data=_text(bound(belongs_to))
        )
        try:
            return base64.b64decode(answer["plaintext"], validate=True)
        except (KeyError, TypeError, ValueError):
            raise _away("It answers otherwise than a transit engine does.") from None

    def _ask(self, act: str, **body: str) -> dict[str, Any]:
        try:
            answer = self._pool.request(
                "POST", f"{self._base}/{act}/{self._name}", json=body, headers=self._headers, preload_content=False
            )
            status, told = answer.status, answer.read(MOST_BYTES)
            answer.release_conn()
        except (HTTPError, OSError) as error:
            raise _away(f"It cannot be reached ({type(error).__name__}).") from None
        if status == 400 and act == "decrypt":
            raise _unreadable()
        if status != 200:
            raise _away(f"It answers with status {status}.")
        try:
            data = json.loads(told)["data"]
        except (ValueError, KeyError, TypeError):
            data = None
        if not isinstance(data, dict):
            raise _away("It answers otherwise than a transit engine does.")
        return data


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _away(why: str) -> SimregError:
    sentence = f"The key management gives no key. {why}"
    return SimregError("key-management-away", sentence, "See that it runs, is unsealed, and that the token is good.")


def _unreadable() -> InputError:
    sentence = "What was sealed cannot be opened: the key is another one, or it was altered."
    return InputError("sealed-unreadable", sentence, "Give the deployment's own key, or take it anew.")
